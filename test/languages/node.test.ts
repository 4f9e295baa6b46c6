import { describe, expect, it } from '@jest/globals';
import { builderStage, convertText, finalStage } from '../support/convert-text.ts';

const manifest = (more: Record<string, unknown> = {}) => JSON.stringify({ name: 'app', dependencies: { express: '^4.0.0' }, ...more });
const SERVER = "const express = require('express');\nexpress().listen(8080);\n";
const APP = { 'package.json': manifest(), 'server.js': SERVER };
const START = 'CMD ["node", "server.js"]\n';

describe('what an install writes', () => {
  it('is node_modules alone where the sources come later', () => {
    const dockerfile = `FROM node:20\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\n${START}`;
    expect(finalStage(convertText(dockerfile, APP))).toBe(
      `FROM node:20-slim\nWORKDIR /app\nCOPY --from=builder /app/node_modules /app/node_modules\nCOPY . .\n${START}`,
    );
  });

  it('comes with the directory where the sources are there before', () => {
    const dockerfile = `FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm install\n${START}`;
    expect(finalStage(convertText(dockerfile, APP))).toBe(`FROM node:20-slim\nWORKDIR /app\nCOPY --from=builder /app /app\n${START}`);
  });

  it('is node_modules alone in the root directory', () => {
    const dockerfile = `FROM node:20\nCOPY . .\nRUN npm install\n${START}`;
    expect(finalStage(convertText(dockerfile, APP))).toBe(`FROM node:20-slim\nCOPY . .\nCOPY --from=builder /node_modules /node_modules\n${START}`);
  });

  it('lies beside the package.json above where npm runs below it', () => {
    const dockerfile = 'FROM node:16\nCOPY . .\nWORKDIR /app\nRUN ["npm", "install"]\nCMD ["npm", "run", "dev"]\n';
    const files = { ...APP, 'package.json': manifest({ scripts: { dev: 'nodemon server.js' }, devDependencies: { nodemon: '3' } }) };
    expect(finalStage(convertText(dockerfile, files))).toContain('COPY --from=builder /node_modules /node_modules\n');
  });

  it('is the whole directory where a lifecycle script runs', () => {
    const dockerfile = `FROM node:20\nWORKDIR /app\nCOPY package.json make.js ./\nRUN npm install\nCOPY server.js .\n${START}`;
    const files = { ...APP, 'make.js': '', 'package.json': manifest({ scripts: { postinstall: 'node make.js' } }) };
    expect(finalStage(convertText(dockerfile, files))).toContain('COPY --from=builder /app /app\nCOPY server.js .\n');
  });

  it('is node_modules alone where the only lifecycle script sets up git hooks', () => {
    const dockerfile = `FROM node:20\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\n${START}`;
    expect(finalStage(convertText(dockerfile, { ...APP, 'package.json': manifest({ scripts: { prepare: 'husky install' } }) }))).toContain(
      'COPY --from=builder /app/node_modules',
    );
  });

  it('refuses a build in the root directory', () => {
    const dockerfile = `FROM node:20\nCOPY . .\nRUN npm install && npm run build\n${START}`;
    expect(convertText(dockerfile, { ...APP, 'package.json': manifest({ scripts: { build: 'make' } }) })).toMatchObject({
      outcome: 'refused',
      code: 'tree-is-root',
      line: 3,
    });
  });

  it('reaches the directory above where the build names it', () => {
    const dockerfile = 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN cd web && npm ci && npm run build\nRUN cd api && npm ci\nCMD ["node", "api/server.js"]\n';
    const web = { 'web/package.json': manifest({ scripts: { build: 'vite build --outDir ../api/public' } }), 'web/main.js': '' };
    expect(finalStage(convertText(dockerfile, { ...web, 'api/package.json': manifest(), 'api/server.js': SERVER }))).toContain(
      'COPY --from=builder /app /app\n',
    );
  });
});

describe('nothing to gain', () => {
  it.each(['node:20-slim', 'node:20-alpine'])('on %s that only installs and runs', (image) => {
    const dockerfile = `FROM ${image}\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\n${START}`;
    expect(convertText(dockerfile, APP)).toMatchObject({ outcome: 'unchanged', code: 'nothing-to-gain' });
  });

  it('where nothing is installed, with the name of the smaller image', () => {
    const { code, help } = convertText(`FROM node:20\nADD server.js /server.js\nENTRYPOINT ["node", "server.js"]\n`, {
      'server.js': 'setInterval(() => {}, 1000);',
    });
    expect(code).toBe('nothing-to-gain');
    expect(help).toContain('node:20-slim');
  });

  it('but a small image whose build leaves compilers behind is converted', () => {
    const dockerfile = `FROM node:20-alpine\nRUN apk add --no-cache python3 make g++\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\n${START}`;
    const result = convertText(dockerfile, APP);
    expect(result.outcome).toBe('converted');
    expect(finalStage(result)).not.toContain('python3');
  });
});

describe('front ends', () => {
  const files = {
    'package.json': manifest(),
    'server.js': "const express = require('express');\nexpress().use(express.static('client/build')).listen(8080);\n",
    'client/package.json': JSON.stringify({ name: 'client', scripts: { build: 'react-scripts build' }, dependencies: { react: '18', 'react-scripts': '5' } }),
    'client/src/index.js': "import React from 'react';\n",
  };

  it('leave their node_modules in the builder once they are built', () => {
    const dockerfile = `FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm install\nRUN cd client && npm install && npm run build\n${START}`;
    expect(builderStage(convertText(dockerfile, files))).toContain('npm run build\nRUN rm -rf client/node_modules\n');
  });

  it('keep them where the server names node_modules', () => {
    const dockerfile = `FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm install\nRUN cd client && npm install && npm run build\n${START}`;
    const server = `${files['server.js']}express.static('client/node_modules');\n`;
    expect(builderStage(convertText(dockerfile, { ...files, 'server.js': server }))).not.toContain('rm -rf');
  });

  it('cross as built files alone where a server of static files is installed for the image', () => {
    const dockerfile = 'FROM node:20\nWORKDIR /site\nCOPY . .\nRUN npm install && npm run build\nRUN npm install -g serve\nCMD ["serve", "-s", "build"]\n';
    const site = { 'package.json': JSON.stringify({ scripts: { build: 'react-scripts build' }, dependencies: { 'react-scripts': '5' } }), 'src/index.js': '' };
    expect(finalStage(convertText(dockerfile, site))).toBe(
      'FROM node:20-slim\nWORKDIR /site\nCOPY --from=builder /site/build /site/build\nRUN npm install -g serve\nCMD ["serve", "-s", "build"]\n',
    );
  });

  it('cross whole where the server reads a configuration', () => {
    const dockerfile =
      'FROM node:20\nWORKDIR /site\nCOPY . .\nRUN npm install && npm run build\nRUN npm install -g serve\nCMD ["serve", "-c", "../serve.json", "build"]\n';
    const site = { 'package.json': JSON.stringify({ scripts: { build: 'react-scripts build' }, dependencies: { 'react-scripts': '5' } }), 'serve.json': '{}' };
    expect(finalStage(convertText(dockerfile, site))).toContain('COPY --from=builder /site /site\n');
  });

  it('cross whole where the output goes elsewhere', () => {
    const dockerfile = 'FROM node:20\nWORKDIR /site\nCOPY . .\nRUN npm install && npm run build\nRUN npm install -g serve\nCMD ["serve", "-s", "build"]\n';
    const site = {
      'package.json': JSON.stringify({ scripts: { build: 'BUILD_PATH=out react-scripts build' }, dependencies: { 'react-scripts': '5' } }),
      'src/index.js': '',
    };
    expect(finalStage(convertText(dockerfile, site))).toContain('COPY --from=builder /site /site\n');
  });
});

describe('who owns what', () => {
  it('makes the directory that is given to a user before it is filled', () => {
    const dockerfile =
      'FROM node:20\nRUN mkdir -p /srv/app && chown node:node /srv/app\nWORKDIR /srv/app\nUSER node\nCOPY --chown=node:node . .\nRUN npm install\nCMD ["node", "server.js"]\n';
    expect(finalStage(convertText(dockerfile, APP))).toBe(
      'FROM node:20-slim\nRUN mkdir -p /srv/app && chown node:node /srv/app\nWORKDIR /srv/app\nUSER node\nCOPY --from=builder --chown=node /srv/app /srv/app\nCMD ["node", "server.js"]\n',
    );
  });
});

describe('the start in a workspace', () => {
  it('is followed into the package that it names', () => {
    const files = {
      'package.json': JSON.stringify({ private: true, workspaces: ['packages/*'] }),
      'packages/api/package.json': JSON.stringify({ name: 'api', scripts: { start: 'node main.js' } }),
      'packages/api/main.js': "require('child_process').exec('git log');\n",
      'yarn.lock': '# yarn lockfile v1\n',
    };
    const dockerfile = 'FROM node:20\nWORKDIR /repo\nCOPY . .\nRUN yarn install\nCMD ["yarn", "workspace", "api", "start"]\n';
    expect(finalStage(convertText(dockerfile, files))).toContain('--no-install-recommends git');
  });
});

describe('the order of the builder', () => {
  const dockerfile = `FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\n${START}`;
  const locked = { ...APP, 'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: {} }) };

  it('puts the install before the sources where nothing of these can change it', () => {
    expect(builderStage(convertText(dockerfile, { ...locked, '.dockerignore': 'node_modules\n' }))).toContain(
      'COPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\n',
    );
  });

  it('stays where the context may bring its own node_modules, or where scripts read the sources', () => {
    expect(builderStage(convertText(dockerfile, locked))).toContain('COPY . .\nRUN npm ci\n');
    const scripts = { ...locked, '.dockerignore': 'node_modules\n', 'package.json': manifest({ scripts: { prepare: 'node build.js' } }) };
    expect(builderStage(convertText(dockerfile, scripts))).toContain('COPY . .\nRUN npm ci\n');
  });
});

describe('Yarn without node_modules', () => {
  const berry = { ...APP, 'yarn.lock': '__metadata:\n  version: 8\n\n"express@npm:^4.0.0":\n  version: 4.0.0\n  resolution: "express@npm:4.0.0"\n' };
  const dockerfile = 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN yarn install --immutable\nCMD ["yarn", "node", "server.js"]\n';

  it('is refused where packages run from the global cache', () => {
    expect(convertText(dockerfile, { ...berry, '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.1.0.cjs\n' })).toMatchObject({
      code: 'cache-is-program',
      line: 4,
    });
  });

  it('crosses whole where the cache lies in the project', () => {
    expect(finalStage(convertText(dockerfile, { ...berry, '.yarnrc.yml': 'enableGlobalCache: false\n' }))).toContain('COPY --from=builder /app /app\n');
  });
});
