import { describe, expect, it } from '@jest/globals';
import { effectsOf, line, settledOf, told } from './label.ts';

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

describe('installs that write outside of their prefix', () => {
  const COPY = 'COPY . /src\n';

  it.each([
    ['CMakeLists.txt', 'install(FILES a.conf DESTINATION /etc/a)', 'cmake -B build && cmake --install build', 'unknown'],
    ['CMakeLists.txt', 'install(FILES a.conf DESTINATION /etc/a)', 'cmake -B build && DESTDIR=/out cmake --install build', 'build'],
    [
      'CMakeLists.txt',
      'install(FILES a.conf\n  DESTINATION etc/a)\nfind_library(M m PATHS /usr/lib /opt/m)',
      'cmake -B build && cmake --install build',
      'build',
    ],
    ['CMakeLists.txt', 'set(CMAKE_INSTALL_PREFIX /opt/a)', 'cmake . && make install', 'unknown'],
    ['CMakeLists.txt', 'set(CMAKE_INSTALL_PREFIX /opt/a)', 'cmake -DCMAKE_INSTALL_PREFIX=/opt/a . && make install', 'build'],
    ['CMakeLists.txt', 'install(TARGETS a DESTINATION ${CMAKE_SOURCE_DIR}/bin)', 'mkdir b && cd b && cmake .. && make install', 'unknown'],
    ['CMakeLists.txt', 'install(CODE "message(a)")', 'cmake -S . -B /tmp/b && cmake --install /tmp/b', 'unknown'],
    ['cmake/a.cmake', 'set(CONFDIR /etc/a)', 'cmake -S . -B /tmp/b && cmake --install /tmp/b', 'unknown'],
    ['meson.build', "install_data('a', install_dir: '/etc/a')", 'meson setup b && ninja -C b install', 'unknown'],
    ['meson.build', "meson.add_install_script('a.sh')", 'meson setup b && meson install -C b', 'unknown'],
    ['meson.build', "project('a', default_options: ['prefix=/opt/a'])", 'meson setup b && meson install -C b', 'unknown'],
    ['meson.build', "project('a', default_options: ['prefix=/opt/a'])", 'meson setup b --prefix /opt/b && meson install -C b', 'build'],
    ['configure.ac', 'AC_PREFIX_DEFAULT([/opt/a])', './configure && make install', 'unknown'],
    ['configure.ac', 'AC_PREFIX_DEFAULT([/opt/a])', './configure --prefix=/opt/b && make install', 'build'],
    ['Makefile.am', 'confdir = /etc/a', './configure && make install', 'unknown'],
    ['Makefile.am', 'install-data-hook:\n\tinstall -m 644 a $(DESTDIR)/etc/a', './configure && make install', 'unknown'],
    ['Makefile', 'install: $(wildcard *.x)\n\tinstall a $(PREFIX)/bin/a', 'make install PREFIX=/opt/a', 'unknown'],
    ['Makefile', 'install:\n\tinstall a $(PREFIX)/bin/a', 'make install PREFIX=/opt/a', 'build'],
    ['Makefile', 'install:\n\tinstall a $(PREFIX)/bin/a\n\tinstall a /etc/a.conf', 'make install PREFIX=/opt/a', 'both'],
    ['Makefile', 'install:: a\n\tinstall a /opt/a/a\ninstall::\n\tfrobnicate', 'make install', 'unknown'],
    ['Makefile', 'install: X=/etc\ninstall:\n\tinstall a $(X)/a', 'make install PREFIX=/opt/a', 'unknown'],
  ])('as %s says: %s; %s', (file, text, run, role) => {
    const files = { 'CMakeLists.txt': 'project(a C)\n', 'configure.ac': 'AC_INIT([a],[1])\n', [file]: `${text}\n` };
    expect(effectsOf(run, files, COPY).at(-1)?.role).toBe(role);
  });

  it.each([
    ['./configure --with-config-dir=/etc/a && make install', 'build install-built /usr/local/ /etc/a/'],
    ['./configure --with-systemdsystemunitdir=/lib/systemd/system && make install', 'unknown install-built'],
    ['./configure --with-statedir=/var/lib/a && make install', 'unknown install-built'],
    ['./configure --with-openssl=/opt/ssl --with-x-includes=/usr/include --with-zlib-dir=/usr && make install', 'build install-built /usr/local/'],
    ['./configure --with-config-dir=$A && make install', 'unknown install-built'],
    ['cmake -DCONFIG_DIR=/etc/a . && make install', 'build install-built /usr/local/ /etc/a/'],
    ['cmake -DCONFIG_DIR=/etc/a . && cmake --install . --prefix /opt/b', 'build install-built /opt/b/ /etc/a/'],
    ['cmake -DFoo_DIR=/opt/foo/lib/cmake . && make install', 'build install-built /usr/local/'],
    ['make PREFIX=/usr/local CONFDIR=/etc/a install', 'build install-built /usr/local/ /etc/a/'],
    ['make PREFIX=/usr/local INITDIR=/etc/init.d install', 'unknown install-built'],
    ['./configure --with-apxs=/usr/bin/apxs && make install', 'unknown install-built'],
    ['make USE_PGXS=1 PREFIX=/opt/a install', 'unknown install-built'],
    ['apt-get install -y postgresql-server-dev-15 && cmake . && make install', 'unknown install-built'],
    ['./configure && make install-init', 'unknown'],
    ['./configure && make install-strip', 'build install-built /usr/local/'],
    ['make DESTDIR=/out install-config', 'build install-built /out/'],
  ])('as words tell: %s', (run, effect) => {
    expect(told(run).split(' | ').at(-1)).toBe(effect);
  });

  it.each([
    ['WORKDIR /a-1\n', 'both download /a-1/'],
    ['WORKDIR /b\n', 'unknown unpack'],
  ])('are of an archive whose directory a later RUN builds in: %s', (next, effect) => {
    const before = `WORKDIR /b\nRUN cd / && tar xzf /b/a.tgz\n${next}`;
    const labelled = settledOf('./configure --prefix=/opt/a && make install', before);
    expect(labelled.flatMap(({ segments }) => segments ?? []).flatMap(({ effects }) => effects.map(line))[1]).toBe(effect);
  });

  it.each([
    ['postgresql-server-dev-15', ['bash'], 'build install-built /usr/local/'],
    ['postgresql-15 postgresql-server-dev-15', ['bash'], 'unknown install-built'],
    ['apache2-dev', ['bash', 'apache2'], 'unknown install-built'],
  ])('goes below its prefix where the image has no server that a module would be for: %s, %s', (packages, programs, effect) => {
    expect(told(`apt-get install -y ${packages} && cmake . && make install`, {}, '', programs).split(' | ').at(-1)).toBe(effect);
  });
});
