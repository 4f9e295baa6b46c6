import { expect, it } from '@jest/globals';
import { convertText } from '../support/convert-text.ts';

/** What comes out for an app of which the build runs this code. */
function convertWith(code: string, run = 'node tools/build.js', more: Record<string, string> = {}) {
  const dockerfile = `FROM node:20\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\nRUN ${run}\nCMD ["node", "app.js"]\n`;
  const manifest = JSON.stringify({ name: 'a', version: '1.0.0', dependencies: { express: '4' }, scripts: { build: 'node tools/build.js' } });
  return convertText(dockerfile, { 'package.json': manifest, 'app.js': 'require("express")\n', 'tools/build.js': code, ...more });
}

it.each([
  ['fs.writeFileSync(os.homedir() + "/.cache/models/a", data)', 'uses the home directory'],
  ['fs.writeFileSync(`${process.env.HOME}/.a`, data)', 'uses the home directory'],
  ['fs.writeFileSync("/etc/app.conf", data)', 'names /etc/app.conf'],
  ['fs.copyFileSync(source, "/models/a")', 'names /models/a'],
  ['const p = "/run/app"; fs.mkdirSync(p)', 'names /run/app'],
  ['fs.mkdirSync(path.join("/", "models"))', 'puts paths together from /'],
  ['require("child_process").execSync("useradd keeper")', 'starts useradd'],
  ['const { spawnSync } = require("child_process"); spawnSync("apt-get", ["install", "-y", "git"])', 'starts apt-get'],
  ['require("child_process").execSync("npm install -g serve")', 'installs by itself'],
])('a script of the build that reaches out of the project is not known: %s', (code, told) => {
  const { outcome, message } = convertWith(code);
  expect({ outcome, message }).toEqual({ outcome: 'refused', message: expect.stringContaining(told) });
});

it('so is a module that it loads, a script of package.json that runs it, and a variable that says where', () => {
  const models = { 'tools/models.js': 'fs.mkdirSync(os.homedir())\n' };
  expect(convertWith('require("./models")', 'node tools/build.js', models).message).toContain('uses the home directory');
  expect(convertWith('fs.mkdirSync("/etc/a/b")', 'npm run build').message).toContain('names /etc/a/b');
  expect(convertWith('fs.mkdirSync(process.env.PAGES)', 'PAGES=/srv/pages node tools/build.js').message).toContain('names /srv/pages');
});

it.each([
  ['npx prisma db push', 'file:/data/app.db', 'refused'],
  ['node tools/seed.js', 'sqlite:///data/app.db', 'refused'],
  ['npx prisma db push', 'file:./app.db', 'converted'],
  ['npx prisma generate', 'file:/data/app.db', 'converted'],
])('a database that a variable names elsewhere is filled there: %s, %s', (command, url, expected) => {
  expect(convertWith('', `DATABASE_URL=${url} ${command}`).outcome).toBe(expected);
});

it.each(["fs.writeFileSync('/etc/app.conf', '')", "fs.mkdirSync(os.homedir() + '/.app')", "cp.execSync('useradd keeper')"])(
  'code on the command line is read too: %s',
  (code) => {
    expect(convertWith('', `node -e "const fs = require('fs'), os = require('os'), cp = require('child_process'); ${code}"`).outcome).toBe('refused');
  },
);

it('globs are no comments', () => {
  expect(convertWith('glob("src/**/*.js"); fs.writeFileSync("/etc/app.conf", data); glob("lib/**/*.js")').outcome).toBe('refused');
});

it.each([
  ['vite.config.js', 'export default { build: { outDir: "/pages" } }'],
  ['webpack.config.cjs', 'module.exports = { output: { path: "/srv/pages" } }'],
  ['tsconfig.json', '{ "compilerOptions": { "outDir": "/pages" } }'],
  ['angular.json', '{ "options": { "outputPath": "/var/www/pages" } }'],
])('so is the configuration of build tools: %s', (file, text) => {
  expect(convertWith('', 'npx build', { [file]: text })).toMatchObject({ outcome: 'refused', code: 'unknown-command' });
  expect(convertWith('', 'npx build', { [file]: text.replace(/"\/[\w/]+"/, '"dist"') }).outcome).toBe('converted');
});

it('browsers that npx fetches are not seen', () => {
  expect(convertWith('', 'npx playwright install').message).toContain('below the home directory');
});

it.each([
  'fs.writeFileSync("dist/a.js", data)',
  'fs.writeFileSync(__dirname + "/dist/a.js", data)',
  'fs.writeFileSync(path.join(__dirname, "/dist/a.js"), data)',
  'fs.writeFileSync("/app/dist/a.js", data)',
  '// fs.writeFileSync("/etc/app.conf", data)',
  'fs.writeFileSync("/tmp/a", data); const secret = fs.readFileSync("/run/secrets/token")',
  'require("child_process").execSync("tsc -p .")',
  'export default { plugins: [{ src: "~/plugins/charts" }] }',
])('one that stays in the project is: %s', (code) => {
  expect(convertWith(code).outcome).toBe('converted');
});
