import { describe, expect, it } from '@jest/globals';
import { told } from './label.ts';

describe('users', () => {
  it.each([
    ['useradd -ms /bin/bash app', 'runtime account users=app'],
    ['useradd -r -u 999 -g app app', 'runtime account users=app'],
    ['adduser -D -H -u 1000 app', 'runtime account users=app'],
    ['adduser --disabled-password --gecos "" app', 'runtime account users=app'],
    ['addgroup -S app && adduser -S -G app app', 'runtime account users=app | runtime account users=app'],
    ['usermod -aG docker app', 'runtime account users=app'],
    ['groupmod -g 99 users', 'runtime account users=users'],
    ['echo root:x | chpasswd', 'runtime account'],
    ['passwd -d root', 'runtime account users=root'],
    ['useradd $U', 'unknown'],
    ['su - app -c "git clone https://a.example/b.git /opt/b"', 'both download owner=app /opt/b/'],
    ['su app -c "make -C /opt/b"', 'build compile owner=app /opt/b/'],
    ['su -c "ls"', 'neutral'],
    ['gosu nobody true', 'neutral'],
    ['su-exec app touch /opt/a', 'both owner=app /opt/a'],
    ['runuser -u app -- mkdir /opt/a', 'both make-directory owner=app /opt/a/'],
    ['sudo -u app mkdir /opt/a', 'both make-directory owner=app /opt/a/'],
    ['sudo -E -H mkdir /opt/a', 'both make-directory /opt/a/'],
    ['chroot /mnt ls', 'unknown'],
    ['su - app -c "touch ~/a"', 'unknown'],
    ['su root -c "touch ~/a"', 'both /root/a'],
  ])('accounts, and commands of other users: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });
});
