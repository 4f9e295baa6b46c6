import { describe, expect, it } from '@jest/globals';
import { builderStage, convertText, finalStage } from '../support/convert-text.ts';

const manifest = (dependencies: string[], more: Record<string, unknown> = {}) =>
  JSON.stringify({ name: 'app', dependencies: Object.fromEntries(dependencies.map((name) => [name, '1'])), ...more });
const START = 'CMD ["node", "server.js"]\n';
const dockerfile = (image: string, before = '') => `FROM ${image}\n${before}WORKDIR /app\nCOPY . .\nRUN npm install\n${START}`;

/** A lock file with these entries below node_modules. */
const lock = (packages: Record<string, Record<string, unknown>>) =>
  JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries(Object.entries(packages).map(([name, entry]) => [`node_modules/${name}`, entry])) });

function final(server: string, dependencies: string[] = [], files: Record<string, string> = {}, image = 'node:20'): string {
  return finalStage(convertText(dockerfile(image), { 'package.json': manifest(dependencies), 'server.js': server, ...files }));
}

describe('programs that the sources start', () => {
  it.each([
    ["const { exec } = require('child_process');\nexec('git log --oneline');\n", 'git'],
    ["import { spawn } from 'node:child_process';\nspawn('git', ['pull']);\n", 'git'],
    ["const cp = require('child_process');\ncp.execFileSync('git', []);\n", 'git'],
    ["const { promisify } = require('util');\nconst run = promisify(require('child_process').exec);\nrun(`git clone ${url}`);\n", 'git'],
    ["import { execa } from 'execa';\nawait execa('git', ['status']);\n", 'git'],
    ["import * as processes from 'child_process';\nprocesses.spawn('sh', ['-c', 'cd /tmp && git pull']);\n", 'git'],
    ["const { exec } = require('child_process');\nconst command = 'git gc';\nexec(command);\n", 'git'],
    ["const { exec } = require('child_process');\nexec('ls | curl -d @- example.com');\n", 'curl'],
  ])('are installed where the slim image lacks them: %j', (server, name) => {
    expect(final(server)).toContain(`apt-get install -y --no-install-recommends ${name}`);
  });

  it.each([
    ["const { fork } = require('child_process');\nfork('./worker.js');\n"],
    ["const { spawn } = require('child_process');\nspawn(process.execPath, ['x.js']);\n"],
    ["/a/.exec('git');\nconst { exec } = require('child_process');\nexec('ls');\n"],
    ["const { exec } = require('child_process');\nexec('no-such-program');\n"],
  ])('need nothing where they are Node itself or what every image has: %j', (server) => {
    expect(final(server)).toMatch(/^FROM node:20-slim\nWORKDIR/);
  });

  it('hold the full image where their names are computed', () => {
    const { code, message } = convertText(dockerfile('node:20'), {
      'package.json': manifest([]),
      'server.js': "const { exec } = require('child_process');\nexec(process.argv[2]);\n",
    });
    expect(code).toBe('nothing-to-gain');
    expect(message).toContain('server.js:2 starts a program whose name is only known at run time');
  });

  it('hold the full image where the sources are not in the context', () => {
    const text = 'FROM node:20\nRUN git clone https://example.com/app.git /app\nWORKDIR /app\nRUN npm install\nCMD ["npm", "start"]\n';
    expect(convertText(text, {})).toMatchObject({ code: 'nothing-to-gain', message: expect.stringContaining('no source of the program is in the context') });
  });

  it('do not count where the source never runs', () => {
    expect(final("require('./a');\n", [], { 'a.js': '', 'tools/release.js': "require('child_process').exec(process.argv[2]);\n" })).toContain(
      'FROM node:20-slim',
    );
  });

  it('come with packages as well, but not with those that serve the repository', () => {
    expect(final("require('simple-git')();\n", ['simple-git'])).toContain('apt-get install -y --no-install-recommends git');
    expect(final('', ['husky'])).toMatch(/^FROM node:20-slim\nWORKDIR/);
  });
});

describe('packages with compiled parts', () => {
  it('get the libraries that they are known to link to', () => {
    expect(final('', ['libpq'])).toContain('libpq5');
  });

  it('have theirs listed by the builder where nothing is known of them', () => {
    const files = { 'package.json': manifest(['own-addon']), 'server.js': '', 'package-lock.json': lock({ 'own-addon': { hasInstallScript: true } }) };
    const result = convertText(dockerfile('node:20'), files);
    expect(builderStage(result)).toContain("RUN find /app -name '*.node' -exec ldd '{}' ';'");
    expect(finalStage(result)).toMatch(/^FROM node:20-slim\nCOPY --from=builder \/native-packages \/native-packages\nRUN xargs/);
  });

  it('need none of that where they are no part of the program, or scripts alone', () => {
    const files = {
      'package.json': manifest(['core-js'], { devDependencies: { 'own-addon': '1' } }),
      'server.js': '',
      'package-lock.json': lock({
        'own-addon': { hasInstallScript: true, dev: true },
        'core-js': { hasInstallScript: true },
        fsevents: { hasInstallScript: true, os: ['darwin'] },
      }),
    };
    expect(builderStage(convertText(dockerfile('node:20'), files))).not.toContain('ldd');
  });

  it('never change their C library', () => {
    const pure = { 'package.json': manifest(['express']), 'server.js': '', 'package-lock.json': lock({ express: {} }) };
    expect(finalStage(convertText(dockerfile('node:20'), pure, { targetBase: 'alpine' }))).toContain('FROM node:20-alpine\n');
    const native = { ...pure, 'package-lock.json': lock({ express: {}, thing: { hasInstallScript: true } }) };
    expect(convertText(dockerfile('node:20'), native, { targetBase: 'alpine' })).toMatchObject({
      code: 'no-base-fits',
      message: expect.stringContaining('glibc'),
    });
    const known = { ...pure, 'package-lock.json': lock({ express: {}, bcrypt: {} }) };
    expect(convertText(dockerfile('node:20'), known, { targetBase: 'alpine' }).code).toBe('no-base-fits');
    expect(convertText(dockerfile('node:20'), { 'package.json': manifest(['express']), 'server.js': '' }, { targetBase: 'alpine' }).code).toBe('no-base-fits');
  });

  it('get openssl for prisma', () => {
    expect(final("require('@prisma/client');\n", ['@prisma/client'])).toMatch(/apt-get install -y --no-install-recommends .*\bopenssl\b/);
  });

  it('are refused where they drive a browser', () => {
    expect(convertText(dockerfile('node:20'), { 'package.json': manifest(['puppeteer']), 'server.js': '' }).code).toBe('browser-needed');
  });
});

describe('programs for the whole image', () => {
  const app = { 'package.json': manifest(['express']), 'server.js': '' };
  const text = (install: string, start: string) => `FROM node:20\nRUN ${install}\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD ${start}\n`;

  it('are installed again where they start the program', () => {
    expect(finalStage(convertText(text('npm install -g pm2@5', '["pm2-runtime", "server.js"]'), app))).toMatch(
      /^FROM node:20-slim\nRUN apt-get update [^#]* procps [^#]*\nRUN npm install -g pm2@5\n/,
    );
    expect(finalStage(convertText(text('yarn global add nodemon', '["nodemon", "server.js"]'), app))).toContain('RUN yarn global add nodemon\n');
  });

  it('are installed again where a source starts them', () => {
    const server = "require('child_process').exec('http-server public');\n";
    expect(finalStage(convertText(text('npm install -g http-server', '["node", "server.js"]'), { ...app, 'server.js': server }))).toContain(
      'RUN npm install -g http-server\n',
    );
  });

  it('are installed again where NODE_PATH makes modules of them', () => {
    expect(finalStage(convertText(text('npm install -g typescript\nENV NODE_PATH=/usr/local/lib/node_modules', '["node", "server.js"]'), app))).toContain(
      'RUN npm install -g typescript\n',
    );
  });

  it('stay behind where only the build uses them', () => {
    expect(finalStage(convertText(text('npm install -g typescript gulp-cli', '["node", "server.js"]'), app))).not.toContain('typescript');
  });

  it('bring the package manager that Corepack has fetched where it starts the program', () => {
    const files = { 'package.json': manifest(['express'], { packageManager: 'pnpm@9.1.0', scripts: { start: 'node server.js' } }), 'server.js': '' };
    const pnpm = 'FROM node:20\nRUN corepack enable\nWORKDIR /app\nCOPY . .\nRUN pnpm install\n';
    const started = finalStage(convertText(`${pnpm}CMD ["pnpm", "start"]\n`, files));
    expect(started).toContain('RUN corepack enable\n');
    expect(started).toContain('COPY --from=builder /root/.cache/node/corepack /root/.cache/node/corepack\n');
    expect(finalStage(convertText(`${pnpm}CMD ["node", "server.js"]\n`, files))).not.toContain('corepack');
  });
});

describe('packages of the system', () => {
  const text = (names: string) => `FROM node:20-alpine\nRUN apk add --no-cache ${names}\nWORKDIR /app\nCOPY . .\nRUN npm install && npm run build\n${START}`;
  const app = { 'package.json': manifest(['express'], { scripts: { build: 'make' }, devDependencies: { eslint: '1' } }) };

  it('stay behind where they only serve to compile', () => {
    expect(finalStage(convertText(text('git python3 make g++'), { ...app, 'server.js': '' }))).not.toMatch(/git|python3|make/);
  });

  it('are kept where the program starts them, or where nothing says what they are for', () => {
    expect(finalStage(convertText(text('git python3 make g++'), { ...app, 'server.js': "require('child_process').spawn('python3', ['x.py']);\n" }))).toContain(
      'python3',
    );
    expect(finalStage(convertText(text('python3 tini'), { ...app, 'server.js': '' }))).toContain('apk add --no-cache python3 tini');
  });
});

describe('what the start needs', () => {
  it('has the program of a health check', () => {
    const text = `FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm install\nHEALTHCHECK CMD curl -f http://localhost/ || exit 1\n${START}`;
    expect(finalStage(convertText(text, { 'package.json': manifest([]), 'server.js': '' }))).toContain('apt-get install -y --no-install-recommends curl');
  });

  it('has the certificates that the configuration names', () => {
    const text = `FROM node:20\nENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt\nWORKDIR /app\nCOPY . .\nRUN npm install\n${START}`;
    expect(finalStage(convertText(text, { 'package.json': manifest([]), 'server.js': '' }))).toContain(
      'COPY --from=builder /etc/ssl/certs/ca-certificates.crt',
    );
  });
});
