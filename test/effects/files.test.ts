import { describe, expect, it } from '@jest/globals';
import { told } from './label.ts';

describe('files', () => {
  it.each([
    ['curl -L https://a.example/a > /usr/local/bin/a', 'both download /usr/local/bin/a'],
    ['gunzip -c a.gz > b', 'both copy /src/b'],
    ['echo x > /etc/a', 'both /etc/a'],
    ['echo x >> /etc/profile', 'both /etc/profile!'],
    ['cat a >> /etc/profile', 'both edit /etc/profile!'],
    ['printf "%s" x | tee /etc/a', 'both /etc/a'],
    ['cat a | tee /opt/a > /dev/null', 'both copy /opt/a'],
    ['dd if=/dev/zero of=/opt/a bs=1M count=1', 'both /opt/a'],
    ['git rev-parse HEAD > version', 'both copy /src/version'],
    ['cat <<EOF > /etc/a\nx\nEOF', 'both /etc/a'],
    ['rsync -a host:dir /opt', 'both download /opt/dir/'],
    ['sed s/a/b/ in > out', 'both copy /src/out'],
  ])('redirects: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });

  it.each([
    ['mkdir -p /opt/{a,b} -m 755', 'both make-directory /opt/a/ /opt/b/'],
    ['mkdir -pv a', 'both make-directory /src/a/'],
    ['install -d -o app /opt/a', 'both make-directory /opt/a/'],
    ['install -m 755 a /usr/local/bin/', 'both copy /usr/local/bin/a'],
    ['install -Dm644 a /opt/x/a', 'both copy /opt/x/a'],
    ['cp -r dist/. /opt/a', 'both copy /opt/a/'],
    ['cp a b /opt/', 'both copy /opt/a /opt/b'],
    ['cp *.so /usr/lib/', 'unknown'],
    ['cp *.conf /opt/conf/', 'both copy /opt/conf/'],
    ['cp $(find . -name x) /usr/bin/', 'unknown'],
    ['cp build/*/tool /usr/local/bin/', 'both copy /usr/local/bin/tool'],
    ['\\cp -f a /opt/b', 'both copy /opt/b'],
    ['cp --parents a/b /opt', 'both copy /opt/a/b'],
    ['mv foo-*/ /opt/foo', 'both copy /opt/foo/'],
    ['mv a-1/* .', 'both copy /src/'],
    ['mv a.list /etc/apt/sources.list.d/', 'runtime package-source /etc/apt/sources.list.d/a.list/'],
    ['rm -rf a b/*', 'both remove /src/a/! /src/b/*/!'],
    ['rm -f "$X"', 'both remove /!'],
    ['ln -s /opt/a/bin/a /usr/local/bin/a', 'both link /usr/local/bin/a'],
    ['ln -sf /dev/stdout /var/log/nginx/access.log', 'runtime link /var/log/nginx/access.log'],
    ['ln -s a b /opt/', 'both link /opt/a /opt/b'],
    ['ln -snf /usr/share/zoneinfo/UTC /etc/localtime', 'both link /etc/localtime'],
    ['chmod +x /a.sh', 'both chmod /a.sh!'],
    ['chmod -R 777 /opt/a', 'both chmod /opt/a/!'],
    ['chmod -x a', 'both chmod /src/a!'],
    ['chmod u+s,g+w a b', 'both chmod /src/a! /src/b!'],
    ['chown -R app:app /opt/a', 'both chown owner=app:app /opt/a/!'],
    ['chown -hR $U /opt/a', 'both chown /opt/a/!'],
    ['chgrp -R 0 /opt/a', 'both chgrp /opt/a/!'],
    ['touch a', 'both /src/a'],
    ['truncate -s 0 /var/log/a', 'both /var/log/a'],
    ['mkfifo /run/p', 'runtime /run/p'],
    ['mktemp -d', 'neutral'],
    ['fix-permissions /home/jovyan', 'both chmod /home/jovyan/!'],
    ['tee /opt/a', 'both /opt/a'],
    ['touch ~/.hushlogin', 'both /root/.hushlogin'],
  ])('commands on files: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });

  it.each([
    ["sed -i 's/a/b/' a b", 'both edit /src/a! /src/b!'],
    ["sed -i -e 's/a/b/' -e 's/c/d/' /etc/a", 'both edit /etc/a!'],
    ["sed -ri.bak 's/a/b/' a", 'both edit /src/a!'],
    ["sed -i'' 's/a/b/' a", 'both edit /src/a!'],
    ['sed -n 1p a', 'neutral'],
    ["awk '{print $1}' a", 'neutral'],
    ['awk \'{print > "b"}\' a', 'unknown'],
    ["perl -pi -e 's/a/b/' /etc/a", 'both edit /etc/a!'],
    ["perl -MCPAN -e 'install X'", 'runtime cpan-install compiles'],
    ['perl a.pl', 'unknown'],
    ['perl -e "print 1"', 'neutral'],
    ['patch -p1 < a.patch', 'both edit /src/!'],
    ['patch /etc/a a.patch', 'both edit /etc/a!'],
    ['patch -d /opt/a -p1', 'both edit /opt/a/!'],
    ['patchelf --set-rpath /x /opt/a', 'both edit /opt/a!'],
    ['patchelf --print-rpath a', 'neutral'],
    ['strip --strip-unneeded /usr/local/bin/*', 'build strip /usr/local/bin/*!'],
    ['sort -u a -o b', 'both edit /src/b'],
    ['sort a', 'neutral'],
    ['dos2unix -q a /opt/b', 'both edit /src/a! /opt/b!'],
    ['unix2dos a', 'both edit /src/a!'],
    ['dos2unix -n a b', 'both edit /src/b'],
    ['dos2unix --info a', 'neutral'],
    ['ffmpeg -version', 'neutral'],
    ['git --version', 'neutral'],
    ['/usr/bin/convert --version', 'neutral'],
    ['./ffmpeg -version', 'unknown'],
    ['own-tool --version', 'unknown'],
    ['ffmpeg -version -i a', 'unknown'],
    ['paxctl -cm /usr/bin/node', 'both edit /usr/bin/node!'],
    ['cut -d: -f1 a', 'neutral'],
    ['grep -q a b', 'neutral'],
    ['jq . a', 'neutral'],
  ])('commands on text: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });

  it.each([
    ['find / -name "*.pyc" -delete', 'both edit-tree /!'],
    ['find . -type f', 'neutral'],
    ['find /usr/local -depth -type d -name test -exec rm -rf {} +', 'both edit-tree /usr/local/!'],
    ['find /opt/a -type f -exec chmod 644 {} \\;', 'both chmod /opt/a/!'],
    ['find . -name "*.so" -exec cp {} /opt/lib \\;', 'both copy /opt/lib/'],
    ['find . -name "*.so" -exec cp {} /usr/lib \\;', 'unknown'],
    ['find /etc/apt -name x -exec sed -i s/a/b/ {} +', 'runtime package-source /etc/apt/!'],
    ['find /opt/a | xargs rm', 'both edit /opt/a/!'],
    ['find /opt/a -print0 | xargs -0 chown app', 'both chown owner=app /opt/a/!'],
    ['ls | xargs rm -rf', 'both remove /!'],
    ['cat p.txt | xargs apt-get install -y', 'unknown'],
    ['find / -type f -exec ls {} +', 'neutral'],
    ['find /usr -exec sh -c "ldd $1" sh {} \\;', 'neutral'],
    ['apt-mark showmanual | xargs apt-mark auto', 'neutral'],
    ['grep -rl a . | xargs sed -i s/a/b/', 'unknown'],
    ['xargs -a list -n1 echo', 'neutral'],
  ])('find and xargs: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });
});
