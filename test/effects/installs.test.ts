import { describe, expect, it } from '@jest/globals';
import { told } from './label.ts';

describe('installs of what was built', () => {
  it.each([
    ['./configure && make && make install', 'build configure /src/ | build compile /src/ | build install-built /usr/local/'],
    [
      './configure --prefix=/opt/a --sysconfdir=/etc/a && make -j4 && make install',
      'build configure /src/ | build compile /src/ | build install-built /opt/a/ /etc/a/',
    ],
    ['./configure --prefix=/usr && make install', 'build configure /src/ | unknown install-built'],
    ['./configure --sysconfdir=/etc && make install', 'build configure /src/ | unknown install-built'],
    [
      'mkdir build && cd build && cmake -DCMAKE_INSTALL_PREFIX=/opt/a .. && make install',
      'both make-directory /src/build/ | build configure /src/build/ | build install-built /opt/a/',
    ],
    [
      'cmake -S . -B build -D CMAKE_INSTALL_PREFIX:PATH=/opt/a && cmake --build build && cmake --install build',
      'build configure /src/build/ | build compile /src/build/ | build install-built /opt/a/',
    ],
    ['cmake -B build && cmake --build build --target install', 'build configure /src/build/ | build install-built /usr/local/'],
    ['cmake --install build --prefix /opt/b', 'build install-built /opt/b/'],
    ['meson setup build --prefix /opt/a && ninja -C build install', 'build configure /src/build/ | build install-built /opt/a/'],
    ['meson setup build && meson install -C build --destdir /out', 'build configure /src/build/ | build install-built /out/'],
    ['make install', 'unknown install-built'],
    ['make install PREFIX=/opt/a', 'build install-built /opt/a/'],
    ['make DESTDIR=/out install', 'build install-built /out/'],
    ['make -C lib PREFIX=/usr/local install', 'build install-built /usr/local/'],
    [
      './config --prefix=/opt/ssl --openssldir=/opt/ssl && make && make install_sw',
      'build configure /src/ | build compile /src/ | build install-built /opt/ssl/',
    ],
    ['./bootstrap.sh --prefix=/opt/boost && ./b2 install', 'build configure /src/ | build install-built /opt/boost/'],
    ['./b2 install --prefix=/opt/boost', 'build install-built /opt/boost/'],
    ['./configure --prefix=$PWD/out && make install', 'build configure /src/ | build install-built /src/out/'],
    ['./configure --prefix=$OUT && make install', 'build configure /src/ | unknown install-built'],
    ['./configure $FLAGS && make install', 'build configure /src/ | unknown install-built'],
    ['FLAGS="--prefix=/opt/a --x" && ./configure $FLAGS && make install', 'build configure /src/ | build install-built /opt/a/'],
    ['cmake $FLAGS . && make install', 'build configure /src/ | unknown install-built'],
    ['perl Makefile.PL && make && make install', 'build configure /src/ | build compile /src/ | build install-built /usr/local/'],
    ['./autogen.sh && ./configure && make install', 'build configure /src/ | build configure /src/ | build install-built /usr/local/'],
    ['./autogen.sh && make install', 'build configure /src/ | unknown install-built'],
    ['phpize && ./configure && make install', 'build configure /src/ | build configure /src/ | unknown install-built'],
    [
      './configure --prefix=/etc/nginx --sbin-path=/usr/sbin/nginx --conf-path=/etc/nginx/nginx.conf --http-log-path=/var/log/nginx/a.log && make install',
      'build configure /src/ | build install-built /etc/nginx/ /var/log/nginx/ /usr/sbin/nginx',
    ],
    [
      'cd /opt && wget https://a.example/a-1.tar.gz && tar xzf a-1.tar.gz && cd a-1 && ./configure && make install && rm -rf /opt/a-1*',
      'both download /opt/a-1.tar.gz | both download /opt/ | build configure /opt/a-1/ | build install-built /usr/local/ | both remove /opt/a-1*/! /opt/a-1.tar.gz/! /opt/a-1/!',
    ],
    [
      'cd / && wget https://a.example/a-1.tar.gz && tar xzf a-1.tar.gz && cd a-1 && make && make install PREFIX=/usr/local',
      'both download /a-1.tar.gz | both download /a-1/ | build compile /a-1/ | build install-built /usr/local/',
    ],
    ['./waf configure --prefix=/opt/x && ./waf build && ./waf install', 'build configure /src/ | build compile /src/ | build install-built /opt/x/'],
    ['scons install prefix=/opt/a', 'build install-built /opt/a/'],
  ])('write where they were configured to: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });
});
