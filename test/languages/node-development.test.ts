import { describe, expect, it } from '@jest/globals';
import { builderStage, convertText } from '../support/convert-text.ts';

const PRUNE = 'npm prune --omit=dev';
const SERVER = "const express = require('express');\nexpress().listen(8080);\n";

function manifest(dev: string[], more: Record<string, unknown> = {}): string {
  return JSON.stringify({ name: 'app', dependencies: { express: '4' }, devDependencies: Object.fromEntries(dev.map((name) => [name, '1'])), ...more });
}

function dockerfile(start: string, { image = 'node:20', install = 'npm install', env = '' } = {}): string {
  return `FROM ${image}\n${env}WORKDIR /app\nCOPY . .\nRUN ${install}\nCMD ${start}\n`;
}

const NODE = '["node", "server.js"]';

/** The builder of an app that is started by `start`, with these development dependencies. */
function builder(start: string, dev: string[], files: Record<string, string> = {}, more: Record<string, unknown> = {}): string {
  return builderStage(convertText(dockerfile(start), { 'package.json': manifest(dev, more), 'server.js': SERVER, ...files }));
}

/** What the conversion says of the development dependencies that it keeps. */
function keptBecause(start: string, dev: string[], files: Record<string, string> = {}, more: Record<string, unknown> = {}): string | undefined {
  const { decisions } = convertText(dockerfile(start), { 'package.json': manifest(dev, more), 'server.js': SERVER, ...files });
  return decisions.find(({ code }) => code === 'dev-dependencies-kept')?.message;
}

describe('development dependencies stay in the builder', () => {
  it('where nothing that runs names them', () => {
    expect(builder(NODE, ['eslint', '@types/node'])).toContain(`RUN npm install\nRUN ${PRUNE}\n`);
  });

  it('where they serve what compiles: the starter of Nest', () => {
    const dev = ['@nestjs/cli', 'source-map-support', 'ts-node', 'tsconfig-paths', 'typescript'];
    expect(builder('["node", "dist/main"]', dev, { 'src/main.ts': "import express from 'express';\nexpress().listen(3000);\n" })).toContain(PRUNE);
    expect(keptBecause('["node", "-r", "source-map-support/register", "server.js"]', dev)).toContain('loads source-map-support');
    expect(keptBecause(NODE, dev, {}, { dependencies: { '@mikro-orm/core': '6' } })).toContain('@mikro-orm/core needs tsconfig-paths');
  });

  it('where only tests, build configuration and types name them', () => {
    const files = {
      'test/a.js': "require('mocha')",
      'webpack.config.js': "require('webpack')",
      'src/index.ts': "import type { Config } from 'webpack';\nimport express from 'express';\n",
    };
    expect(builder('["node", "dist/index.js"]', ['mocha', 'webpack'], files)).toContain(PRUNE);
  });

  it('where a source names them that the start command never reaches', () => {
    expect(builder(NODE, ['chokidar'], { 'scripts/watch.js': "require('chokidar')" })).toContain(PRUNE);
  });

  it('after the last build, in the directory of the install', () => {
    const text = 'FROM node:20\nWORKDIR /srv\nCOPY . .\nRUN cd app && npm ci && npm run build\nCMD ["node", "app/dist/main.js"]\n';
    const files = { 'app/package.json': manifest(['typescript'], { scripts: { build: 'tsc' } }), 'app/src/main.ts': "import express from 'express';\n" };
    expect(builderStage(convertText(text, files))).toContain(`npm run build\nRUN cd /srv/app && ${PRUNE}\n`);
  });

  it('by the means of the npm that the image has', () => {
    const files = { 'package.json': manifest(['eslint']), 'server.js': SERVER };
    expect(builderStage(convertText(dockerfile(NODE, { image: 'node:14' }), files))).toContain('npm prune --production\n');
    expect(builderStage(convertText(dockerfile(NODE, { image: 'node:8' }), files))).not.toContain('prune');
    expect(builderStage(convertText(dockerfile(NODE, { image: 'node:14', install: 'npm i -g npm@8 && npm install' }), files))).toContain(`${PRUNE}\n`);
  });

  it('with the options that shaped the tree', () => {
    const files = { 'package.json': manifest(['eslint']), 'server.js': SERVER };
    expect(builderStage(convertText(dockerfile(NODE, { install: 'npm ci --legacy-peer-deps --no-audit' }), files))).toContain(`${PRUNE} --legacy-peer-deps\n`);
    expect(builderStage(convertText(dockerfile(NODE), { ...files, '.npmrc': 'legacy-peer-deps=true\n' }))).toContain(`${PRUNE} --legacy-peer-deps\n`);
  });

  it('by yarn and pnpm', () => {
    const files = { 'package.json': manifest(['eslint']), 'server.js': SERVER };
    const yarn = { ...files, 'yarn.lock': '# yarn lockfile v1\n\nexpress@4:\n  version "4.0.0"\n' };
    expect(builderStage(convertText(dockerfile(NODE, { install: 'yarn --frozen-lockfile' }), yarn))).toContain(
      'RUN yarn install --production --ignore-scripts --frozen-lockfile --prefer-offline\n',
    );
    const pnpm = { 'package.json': manifest(['husky'], { scripts: { prepare: 'husky' } }), 'server.js': SERVER, 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" };
    expect(builderStage(convertText(dockerfile(NODE, { install: 'npm i -g pnpm@9 && pnpm install' }), pnpm))).toContain(
      'RUN CI=true pnpm prune --prod --ignore-scripts\n',
    );
  });
});

describe('development dependencies are kept', () => {
  it.each([
    ['starts the program', '["npm", "start"]', 'tsx', { scripts: { start: 'tsx server.js' } }],
    ['wraps the start', '["npm", "start"]', 'cross-env', { scripts: { start: 'cross-env A=1 node server.js' } }],
    ['is run before the start', '["npm", "start"]', 'rimraf', { scripts: { prestart: 'rimraf tmp', start: 'node server.js' } }],
    ['is started by npx', '["npx", "nodemon", "server.js"]', 'nodemon', {}],
    ['is loaded by -r', '["node", "-r", "ts-node/register", "server.js"]', 'ts-node', {}],
    ['is loaded by --import', '["node", "--import=tsx/esm", "server.js"]', 'tsx', {}],
    ['brings a program of another name', '["npx", "tsc", "--watch"]', 'typescript', {}],
  ])('where one %s', (_, start, name, more) => {
    expect(keptBecause(start, [name], {}, more)).toContain(name);
  });

  it('where a source that runs names one', () => {
    expect(keptBecause(NODE, ['morgan'], { 'server.js': "require('./lib/log');\n", 'lib/log.js': "const m = require('morgan');\n" })).toBe(
      'development dependencies are kept: lib/log.js names morgan',
    );
  });

  it('where sources that are compiled name one', () => {
    expect(keptBecause('["node", "dist/index.js"]', ['lodash'], { 'src/index.ts': "import _ from 'lodash';\n" })).toContain('src/index.ts names lodash');
  });

  it('where a module is loaded by a computed name, but not where it is a file of the program', () => {
    expect(keptBecause(NODE, ['eslint'], { 'server.js': 'require(process.env.PLUGIN);\n' })).toContain('computed name');
    expect(builder(NODE, ['eslint'], { 'server.js': 'fs.readdirSync(__dirname).forEach((file) => require(path.join(__dirname, file)));\n' })).toContain(PRUNE);
  });

  it('where another package loads one by a name that no source holds', () => {
    expect(keptBecause(NODE, ['sqlite3'], {})).toContain('sqlite3');
  });

  it('where a source names a package that only a development dependency brings', () => {
    const lock = {
      lockfileVersion: 3,
      packages: { 'node_modules/express': {}, 'node_modules/eslint': { dev: true, dependencies: { chalk: '1' } }, 'node_modules/chalk': { dev: true } },
    };
    expect(keptBecause(NODE, ['eslint'], { 'server.js': "require('chalk');\n", 'package-lock.json': JSON.stringify(lock) })).toContain('server.js names chalk');
  });

  it('where the build makes the program anew from sources that name one', () => {
    const files = { 'dist/index.js': "require('express');\n", 'src/index.ts': "import _ from 'lodash';\n" };
    const text = dockerfile('["node", "dist/index.js"]', { install: 'npm ci && npm run build' });
    const result = convertText(text, { 'package.json': manifest(['lodash'], { scripts: { build: 'tsc' } }), ...files });
    expect(result.decisions.map(({ message }) => message).join()).toContain('src/index.ts names lodash');
  });

  it('in a workspace', () => {
    expect(keptBecause(NODE, ['eslint'], {}, { workspaces: ['packages/*'] })).toContain('workspace');
  });

  it('where the last build step runs as another user', () => {
    const text = `FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm install\nUSER node\nRUN npm run build\nCMD ${NODE}\n`;
    const result = convertText(text, { 'package.json': manifest(['eslint'], { scripts: { build: 'make' } }), 'server.js': SERVER });
    expect(result.decisions.map(({ message }) => message).join()).toContain('another user');
  });
});

describe('the prune step', () => {
  it('has the caches of the install', () => {
    const files = { 'package.json': manifest(['eslint']), 'server.js': SERVER, 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" };
    const text = `FROM node:20\nRUN npm i -g pnpm@9\nWORKDIR /app\nCOPY . .\nRUN --mount=type=cache,target=/pnpm/store pnpm install\nCMD ${NODE}\n`;
    expect(builderStage(convertText(text, files))).toContain('RUN --mount=type=cache,target=/pnpm/store CI=true pnpm prune --prod\n');
  });
});

describe('no prune is added', () => {
  it.each([
    ['npm ci --omit=dev', ''],
    ['npm install --production', ''],
    ['yarn --production', ''],
    ['npm ci', 'ENV NODE_ENV=production\n'],
    ['npm ci && npm prune --production', ''],
  ])('to %s %s', (install, env) => {
    expect(
      builderStage(convertText(dockerfile(NODE, { install, env }), { 'package.json': manifest(['eslint']), 'server.js': SERVER, 'yarn.lock': '' })),
    ).not.toMatch(/prune --omit|--ignore-scripts/);
  });

  it('but where NODE_ENV is overruled', () => {
    expect(
      builderStage(
        convertText(dockerfile(NODE, { install: 'npm ci --include=dev', env: 'ENV NODE_ENV=production\n' }), {
          'package.json': manifest(['eslint']),
          'server.js': SERVER,
        }),
      ),
    ).toContain(PRUNE);
  });
});

describe('what stands in other files or comes from elsewhere', () => {
  const files = (more: Record<string, string>) => ({
    'package.json': JSON.stringify({
      scripts: { build: 'tsc', start: 'node dist/a.js' },
      dependencies: { express: '4' },
      devDependencies: { typescript: '5', 'sequelize-cli': '6' },
    }),
    'src/a.ts': 'import express from "express";\nexpress();\n',
    ...more,
  });
  const dockerfile = (more = '', cmd = '["npm", "start"]') =>
    `FROM node:20\nWORKDIR /app\nCOPY package.json .\nRUN npm install\n${more}COPY . .\nRUN npm run build\nCMD ${cmd}\n`;

  it.each([
    ['modules that a COPY puts beside', 'COPY vendor ./node_modules/mylib\n', {}, '["npm", "start"]'],
    [
      'programs that npx runs',
      '',
      { 'src/migrate.ts': 'import { execSync } from "child_process";\nexecSync("npx sequelize-cli db:migrate");\n' },
      '["npm", "start"]',
    ],
    ['the file that pm2 reads', 'RUN npm install -g pm2\n', { 'ecosystem.config.js': 'module.exports = {}' }, '["pm2-runtime", "ecosystem.config.js"]'],
  ])('keeps development dependencies for %s', (_, more, extra: Record<string, string>, cmd) => {
    const conversion = convertText(dockerfile(more, cmd), files({ 'vendor/index.js': '', ...extra }));
    expect(conversion.dockerfile ?? '').not.toContain('npm prune');
  });
});

it('refuses a script that writes where nobody sees it', () => {
  const files = {
    'package.json': JSON.stringify({ scripts: { build: 'tsc && cp -r public /srv/www' }, dependencies: { express: '4' } }),
    'server.js': 'require("express")',
  };
  const dockerfile = 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm install && npm run build\nCMD ["node", "server.js"]\n';
  expect(convertText(dockerfile, files)).toMatchObject({ code: 'unknown-command', line: 4, message: expect.stringContaining('/srv/www') });
});
