import { describe, expect, it } from '@jest/globals';
import { told } from './label.ts';

describe('archives', () => {
  it.each([
    ['tar xzf a.tgz', 'both download /src/'],
    ['tar -xzf a.tgz -C /opt', 'both download /opt/'],
    ['tar xf a.tar -C /', 'unknown unpack'],
    ['tar -xJf a.tar.xz -C /opt/a --strip-components=1', 'both download /opt/a/'],
    ['tar --strip-components=1 -C /opt/a -xz', 'both download /opt/a/'],
    ['curl -sL https://a.example/a.tgz | tar xz -C /opt/a', 'both download /opt/a/'],
    ['tar xzf a.tgz -C /usr/local/bin --strip-components=2 a/bin/tool', 'both download /usr/local/bin/tool/'],
    ['tar -xzf a.tgz -C /usr/local --strip-components 1', 'both download /usr/local/'],
    ['tar czf a.tgz dir', 'both copy /src/a.tgz'],
    ['tar tzf a.tgz', 'neutral'],
    ['tar -xOf a.tgz x', 'neutral'],
    ['tar -C /usr/local -xzf go1.22.0.linux-amd64.tar.gz', 'both download /usr/local/go/'],
    ['curl -sL https://go.dev/dl/go$V.linux-amd64.tar.gz | tar -xz -C /usr/local', 'both download /usr/local/go/'],
    ['unzip -q a.zip -d /opt/a', 'both download /opt/a/'],
    ['unzip a.zip', 'both download /src/'],
    ['unzip -o a.zip tool -d /usr/local/bin', 'both download /usr/local/bin/tool/'],
    ['unzip -p a.zip', 'neutral'],
    ['unzip a.zip -d /usr/local/bin', 'both download /usr/local/bin/'],
    ['zip -r a.zip dir', 'both copy /src/a.zip'],
    ['gunzip a.gz', 'both copy /src/a'],
    ['gunzip -c a.gz > b', 'both copy /src/b'],
    ['gzip -9 a', 'both copy /src/a.gz'],
    ['xz -d a.tar.xz', 'both copy /src/a.tar'],
    ['bunzip2 *.bz2', 'both edit /src/!'],
    ['7z x a.7z -o/opt/a', 'both download /opt/a/'],
    ['cpio -idmv', 'both download /src/'],
    ['jar xf a.war', 'both download /src/'],
    ['jar cf a.jar -C out .', 'build compile /src/a.jar'],
    ['ar x a.deb', 'build compile /src/'],
    ['dpkg-deb -x a.deb /opt/a', 'both download /opt/a/'],
    ['dpkg-deb --build pkg', 'both copy /src/pkg.deb'],
  ])('are packed and unpacked: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });
});
