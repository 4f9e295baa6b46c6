import { describe, expect, it } from '@jest/globals';
import { effectsOf, told } from './label.ts';

const COPY = 'COPY . /src\n';

describe('scripts and makefiles of the context', () => {
  it.each([
    ['a script', './build.sh', { 'build.sh': '#!/bin/sh\ngcc -o a a.c\n' }, 'build compile /src/a'],
    ['a script named to a shell with options', 'bash -ex build.sh', { 'build.sh': 'touch /opt/a\n' }, 'both /opt/a'],
    ['a sourced file', '. ./settings.sh', { 'settings.sh': 'mkdir -p /opt/a\n' }, 'both make-directory /opt/a/'],
    ['a makefile', 'make -j4 -s V=1', { Makefile: 'all:\n\tgcc -o a a.c\n' }, 'build compile /src/a'],
    ['a makefile elsewhere', 'make -C lib', { 'lib/Makefile': 'all:\n\tgcc -o a a.c\n' }, 'build compile /src/lib/a'],
    ['a makefile of another name', 'make -f a.mk', { 'a.mk': 'all:\n\tgcc -o a a.c\n' }, 'build compile /src/a'],
    ['an install that can be followed', 'make install', { Makefile: 'install:\n\tinstall -m 755 a /usr/local/bin/a\n' }, 'both copy /usr/local/bin/a'],
    ['a makefile that does what nobody knows', 'make', { Makefile: 'all:\n\tfrobnicate a\n' }, 'build compile /src/'],
    ['an install that does what nobody knows', 'make install', { Makefile: 'install:\n\tfrobnicate a\n' }, 'unknown'],
    ['a makefile with conditions', 'make', { Makefile: 'ifdef X\nall:\n\ttouch a\nendif\n' }, 'build compile /src/'],
  ])('%s', (_, run, files, effect) => {
    expect(told(run, files, COPY)).toBe(effect);
  });
});

describe('where a user is at home', () => {
  it.each([
    ['root', '', 'touch ~/a', 'both /root/a'],
    ['another', 'USER app\n', 'touch ~/a', 'unknown'],
    ['another with HOME', 'ENV HOME=/opt/app\nUSER app\n', 'touch ~/a $HOME/b', 'both /opt/app/a /opt/app/b'],
  ])('%s', (_, before, run, effect) => {
    expect(told(run, {}, before)).toBe(effect);
  });
});

describe('what is not known says why', () => {
  it.each([
    ['make install', 'make install writes where nobody can see: give it PREFIX=…'],
    [
      './configure --prefix=/usr && make install',
      "make install writes into /usr, where its files cannot be told from the system's: give it a prefix of its own",
    ],
    ['curl https://a.example/x.sh | sh', 'runs a script from https://a.example/x.sh'],
    ['dpkg -i a.deb', 'installs a package file that the final stage does not have: a.deb'],
    ['frobnicate --all', 'frobnicate --all'],
  ])('%s', (run, why) => {
    expect(effectsOf(run).findLast(({ role }) => role === 'unknown')?.why).toBe(why);
  });
});
