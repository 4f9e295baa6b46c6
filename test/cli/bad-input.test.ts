import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { systemMessage } from '../../src/cli/failure.ts';
import { openContext } from '../../src/index.ts';
import { goProject, type Result, restage, useFolders } from '../support/cli.ts';

const folderWith = useFolders();
/** The superuser reads and writes what the permissions forbid. */
const asUser = process.getuid?.() === 0 ? test.skip : test;

/** The message's line, the line of what to do, and nothing else anywhere. */
function expectRefusal(result: Result, status: number, message: RegExp): void {
  expect(result).toMatchObject({ status, stdout: '' });
  expect(result.stderr).toMatch(message);
  expect(result.stderr).toMatch(/^.+: .+ \[[a-z-]+\]\n {2}\S.*\n$/);
}

describe('a Dockerfile that cannot be had', () => {
  test('no such path', () => {
    expectRefusal(restage(['nowhere/at/all']), 2, /^nowhere\/at\/all: no such file or directory \[no-such-path\]/);
    expectRefusal(restage(['examples', '-f', 'nowhere']), 2, /^nowhere: .*\[no-such-path\]/);
    expectRefusal(restage(['package.json/Dockerfile']), 2, /\[no-such-path\]/);
  });

  test('a folder without one', () => {
    const folder = folderWith({ 'go.mod': '' });
    mkdirSync(join(folder, 'Dockerfile'));
    expectRefusal(restage([folder]), 2, /: there is no Dockerfile in this folder \[no-dockerfile\]/);
    expectRefusal(restage([folder, '-f', folder]), 2, /\[no-dockerfile\]/);
  });

  test('a build context that is none', () => {
    expectRefusal(
      restage(['examples/go-hello/before', '--context', 'nowhere']),
      2,
      /Dockerfile: the build context nowhere is not a directory \[no-such-directory\]/,
    );
  });

  asUser('one that may not be read', () => {
    const folder = folderWith(goProject);
    chmodSync(join(folder, 'Dockerfile'), 0);
    expectRefusal(restage([folder]), 2, /Dockerfile: cannot be read: permission denied \[unreadable\]/);
  });

  test('one that is a device, and a link that leads to itself', () => {
    const folder = folderWith(goProject);
    symlinkSync('loop', join(folder, 'loop'));
    expectRefusal(restage(['/dev/zero']), 2, /cannot be read: it is no regular file.*\[unreadable\]/);
    expectRefusal(restage([join(folder, 'loop')]), 2, /loop: cannot be read: too many symbolic links.*\[unreadable\]/);
  });

  test('system errors are told in words', () => {
    expect(systemMessage(new Error("EACCES: permission denied, open 'x'"))).toBe('permission denied');
    expect(systemMessage('odd')).toBe('odd');
  });
});

describe('a file that is no Dockerfile', () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ['empty', '', /Dockerfile: the file has no instructions \[empty\]/],
    ['binary', new Uint8Array([0x46, 0x52, 0x0a, 0x7f, 0x45, 0x4c, 0x46, 0x00]), /Dockerfile:2: the file is not text \(it holds a zero byte\) \[not-text\]/],
    ['UTF-16', Buffer.from('\uFEFFFROM node:20\n', 'utf16le'), /Dockerfile:1: .*\[not-text\]/],
    ['not UTF-8', Buffer.from('FROM node:20\n# caf\xe9\nRUN x\n', 'latin1'), /Dockerfile:2: the file is not text \(it is not UTF-8\) \[not-text\]/],
    ['a syntax error', 'FROM node:20\nWORKDIR\n', /Dockerfile:2: WORKDIR has no arguments \[syntax\]/],
    ['an unknown instruction', 'FROM node:20\n\nRUNN npm ci\n', /Dockerfile:3: unknown instruction RUNN \[unknown-instruction\]/],
    ['FROM with an unset ARG', 'ARG TAG\nFROM node:$TAG\n', /Dockerfile:2: .*TAG, which has no value \[unset-argument\]/],
    [
      'a COPY source that is missing',
      'FROM node:20\nCOPY lib /lib\nCMD node\n',
      /Dockerfile:2: COPY source lib is not in the build context \S+ \[missing-source\]/,
    ],
    ['5 MB', `FROM node:20\n${'# filler\n'.repeat(600_000)}`, /Dockerfile: the file is larger than 1 MiB, which no Dockerfile is \[file-too-large\]/],
  ])('%s', (_, Dockerfile, message) => {
    const folder = folderWith({ Dockerfile });
    expectRefusal(restage([folder]), 2, message);
    expectRefusal(restage(['-', '--context', folder], { input: Dockerfile }), 2, /^-(:\d+)?: /);
    expect(readdirSync(folder)).toEqual(['Dockerfile']);
  });

  test.each([
    ['{{ }}', 'FROM {{ base }}\n', /Dockerfile:1: the file is a template \(\{\{ base \}\}\)/],
    ['<% %>', 'FROM node:20\n<% if x %>\nRUN x\n<% end %>\n', /Dockerfile:2: .*\(<% if x %>\)/],
    ['@VAR@', 'FROM node:@VERSION@\n', /Dockerfile:1: .*\(@VERSION@\)/],
    ['a Windows base', 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nCMD x\n', /Dockerfile:1: .*is a Windows image \[windows-base\]/],
  ])('%s', (_, Dockerfile, message) => {
    const folder = folderWith({ Dockerfile });
    expectRefusal(restage([folder, '--write']), 3, message);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe(Dockerfile);
  });
});

describe('a build context that is odd', () => {
  test('a loop of links, a link that leaves it, a file that may not be read: none is followed', () => {
    const folder = folderWith(goProject);
    symlinkSync('..', join(folder, 'up'));
    symlinkSync('.', join(folder, 'here'));
    symlinkSync('b', join(folder, 'a'));
    symlinkSync('a', join(folder, 'b'));
    symlinkSync('/etc/passwd', join(folder, 'secret.go'));
    chmodSync(join(folder, 'go.mod'), 0);
    expect(restage([folder, '--dry-run']).status).toBe(0);
    const context = openContext(folder);
    expect(context.files()?.filter((file) => file.includes('/'))).toEqual([]);
    expect([context.kind('secret.go'), context.read('secret.go'), context.kind('up/x'), context.read('here/../../x'), context.read('a')]).toEqual([
      'link',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('a link that leaves it is a source like any other', () => {
    const folder = folderWith({ ...goProject, Dockerfile: 'FROM golang:1.22\nCOPY out /out\nCMD ["/out"]\n' });
    symlinkSync('/etc', join(folder, 'out'));
    expect(restage([folder, '--dry-run'])).toMatchObject({ status: 0, stdout: '' });
  });

  test('too many files', () => {
    const folder = folderWith({ ...goProject, 'a/1': '', 'a/2': '', 'b/1': '' });
    expect(openContext(folder, undefined, 6).files()).toHaveLength(6);
    expect(openContext(folder, undefined, 5).files()).toBeUndefined();
  });

  test('100,000 files and one more', () => {
    const folder = folderWith({ ...goProject, Dockerfile: goProject.Dockerfile.replace('COPY . .', 'COPY *.go go.mod ./') });
    for (let index = 0; index < 100_001; index++) symlinkSync('x', join(folder, String(index)));
    expectRefusal(restage([folder]), 3, /Dockerfile:3: the build context \S+ holds more than 100,000 files \[context-too-large\]/);
  });
});

describe('a place that cannot be written', () => {
  asUser('a folder that is read-only', () => {
    const folder = folderWith(goProject);
    chmodSync(folder, 0o555);
    expectRefusal(restage([folder]), 2, /Dockerfile.multistage: cannot be written: permission denied \[unwritable\]/);
    expectRefusal(restage([folder, '--write']), 2, /Dockerfile: cannot be written: permission denied \[unwritable\]/);
    chmodSync(folder, 0o755);
  });

  test('a folder where the file should be', () => {
    const folder = folderWith({ ...goProject, 'Dockerfile.multistage/x': '' });
    expectRefusal(restage([folder]), 2, /Dockerfile.multistage: cannot be written: .*directory.* \[unwritable\]/);
    expect(
      readdirSync(folder)
        .filter((name) => !name.startsWith('Dockerfile.multistage'))
        .sort(),
    ).toEqual(Object.keys(goProject).sort());
  });
});
