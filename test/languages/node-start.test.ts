import { describe, expect, it } from '@jest/globals';
import { convertText, finalStage } from '../support/convert-text.ts';

const SERVER = "require('express')().listen(8080);\n";

/** What becomes of an app with `next` and the like and one development dependency that is started by a command. */
function started(start: string, scripts: Record<string, string> = {}, { image = 'node:20', before = '', files = {}, dev = { sassy: '1' } }: Given = {}) {
  const manifest = { name: 'app', scripts, dependencies: { express: '4', jest: '29', next: '14', prisma: '5', turbo: '2' }, devDependencies: dev };
  return convertText(`FROM ${image}\n${before}WORKDIR /app\nCOPY . .\nRUN npm install\nCMD ${start}\n`, {
    'package.json': JSON.stringify(manifest),
    'server.js': SERVER,
    ...files,
  });
}

interface Given {
  image?: string;
  before?: string;
  files?: Record<string, string>;
  dev?: Record<string, string>;
}

const kept = (...given: Parameters<typeof started>) => started(...given).decisions.find(({ code }) => code === 'dev-dependencies-kept')?.message;

describe('a start that builds keeps what was installed for builds', () => {
  it.each([
    ['["npm", "run", "dev"]', { dev: 'next dev' }],
    ['npm run build && npm start', { build: 'next build', start: 'next start' }],
    ['["npm", "start"]', { prestart: 'next build', start: 'next start' }],
    ['["npx", "next"]', {}],
    ['["node", "node_modules/.bin/next", "dev"]', {}],
    ['["node", "--no-warnings", "./node_modules/next/dist/bin/next", "dev"]', {}],
    ['npx prisma db seed && node server.js', {}],
    ['npx jest && node server.js', {}],
    ['npx turbo run start', {}],
  ])('%s', (start, scripts) => {
    expect(kept(start, scripts)).toContain('which builds with what its settings name');
  });

  it.each([
    ['["npm", "start"]', { start: 'next start -p 80' }],
    ['["node", "node_modules/.bin/next", "start"]', {}],
    ['npx prisma migrate deploy && node server.js', {}],
    ['npx next --version && node server.js', {}],
  ])('but not one that serves: %s', (start, scripts) => {
    expect(kept(start, scripts)).toBeUndefined();
  });
});

describe('what the start names in node_modules is kept', () => {
  it.each([
    ['by a variable', '["node", "server.js"]', { before: 'ENV DATA=/app/node_modules/sassy/data\n' }, 'the variable DATA names sassy'],
    ['by a word', '["node", "--icu-data-dir=node_modules/sassy", "server.js"]', {}, 'the start command names sassy'],
    ['in a source', '["node", "server.js"]', { files: { 'server.js': `${SERVER}open('node_modules/sassy/a.css');` } }, 'server.js names sassy'],
    ['as a whole', '["node", "server.js"]', { files: { 'server.js': `${SERVER}serve('./node_modules');` } }, 'server.js names node_modules as a whole'],
  ])('%s', (_, start, more, message) => {
    expect(kept(start, {}, more)).toContain(message);
  });

  it('but what a variable names of the program itself is not', () => {
    expect(kept('["node", "server.js"]', {}, { before: 'ENV DATA=/app/node_modules/express PATH=/app/node_modules/.bin:$PATH\n' })).toBeUndefined();
  });
});

describe('a start that may use any tool of the image keeps all of it', () => {
  it.each([
    'npm rebuild && node server.js',
    'npm install $PLUGINS && node server.js',
    'npm i -g some-tool && node server.js',
    'yarn && node server.js',
    'pip3 install -r requirements.txt && node server.js',
    'make settings && node server.js',
    'npx node-gyp rebuild && node server.js',
    'npx some-tool && node server.js',
  ])('%s', (start) => {
    expect(started(start)).toMatchObject({ code: 'nothing-to-gain', message: expect.stringContaining('which may use any tool of the image') });
    const before = 'RUN apt-get update && apt-get install -y g++ make python3=3.11.* git\n';
    expect(started(start, {}, { image: 'node:20-slim', before }).code).toBe('nothing-to-gain');
  });

  it.each([
    ["require('child_process').execSync('npm install --no-save ' + name);\n"],
    ["require('child_process').spawn('yarn', ['add', name]);\n"],
    ["require('child_process').execFileSync('make', ['all']);\n"],
  ])('also where a source does: %j', (server) => {
    expect(started('["node", "server.js"]', {}, { files: { 'server.js': server } })).toMatchObject({
      code: 'nothing-to-gain',
      message: expect.stringContaining('which may use any tool of the image'),
    });
  });

  it.each(['yarn --version && node server.js', 'npm run other && node server.js', 'make --version && node server.js'])('but not for %s', (start) => {
    expect(started(start, { other: 'node server.js' }).code).toBe('converted');
  });
});

describe('programs that come ready made from elsewhere', () => {
  const runs = (name: string) => ({ 'server.js': `require('child_process').execFileSync('${name}', []);\n` });
  const outcome = (before: string, name: string, files = {}) => started('["node", "server.js"]', {}, { before, dev: {}, files: { ...runs(name), ...files } });

  it.each([
    ['COPY --from=example/kit:1 /kit /kit\nENV PATH=/kit/bin:$PATH\n', 'kit'],
    ['COPY --from=example/kit:1 /usr/bin/kit /usr/local/bin/\n', 'kit'],
    ['ADD https://example.org/kit /usr/local/bin/kit\n', '/usr/local/bin/kit'],
    ['RUN curl -fsSLo /usr/local/bin/kit https://example.org/kit && chmod +x /usr/local/bin/kit\n', 'kit'],
    ['RUN mkdir /opt/kit && curl -fsSL https://example.org/kit.tgz | tar -xz -C /opt/kit && ln -s /opt/kit/kit /usr/local/bin/kit\n', 'kit'],
    ['RUN curl -fsSLo /usr/local/bin/convert https://example.org/convert && chmod +x /usr/local/bin/convert\n', 'convert'],
    ['RUN ln -s /usr/bin/python3 /usr/local/bin/py\n', 'py'],
  ])('hold the image that they ran in: %j', (before, name) => {
    expect(outcome(before, name)).toMatchObject({ code: 'nothing-to-gain', message: expect.stringContaining('which line 2 brings') });
  });

  it.each([
    ['COPY --from=example/other:1 /usr/bin/other /usr/local/bin/\n', 'kit'],
    ['COPY --from=mwader/static-ffmpeg:7 /ffmpeg /usr/local/bin/\n', 'ffmpeg'],
    ['RUN curl -fsSLo /usr/local/bin/kubectl https://example.org/kubectl && chmod +x /usr/local/bin/kubectl\n', 'kubectl'],
    ['RUN curl -fsSLo /usr/local/bin/kit https://example.org/kit && chmod +x /usr/local/bin/kit\n', 'ls'],
  ])('do not where they need nothing or are not run: %j', (before, name) => {
    expect(finalStage(outcome(before, name))).toContain('FROM node:20-slim');
  });

  it('hold it where the start command runs them, or a package does', () => {
    const before = 'RUN curl -fsSLo /usr/local/bin/kit https://example.org/kit && chmod +x /usr/local/bin/kit\n';
    expect(started('kit setup && node server.js', {}, { before, dev: {} })).toMatchObject({
      code: 'nothing-to-gain',
      message: expect.stringContaining('runs kit'),
    });
    const manifest = JSON.stringify({ name: 'app', dependencies: { 'fluent-ffmpeg': '2' } });
    const video = { before: before.replaceAll('/kit', '/ffmpeg'), files: { 'package.json': manifest } };
    expect(started('["node", "server.js"]', {}, video)).toMatchObject({
      code: 'nothing-to-gain',
      message: expect.stringContaining('fluent-ffmpeg starts ffmpeg'),
    });
  });

  it('hold it where they are scripts of the context, for what these start is not read', () => {
    expect(outcome('COPY kit /usr/local/bin/kit\n', 'kit', { kit: '#!/bin/sh\ngit log\n' }).code).toBe('nothing-to-gain');
    expect(outcome('COPY kit /usr/local/bin/kit\n', 'kit', { kit: '#!/usr/bin/env node\n' }).code).toBe('converted');
  });
});
