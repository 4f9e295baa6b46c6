import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { applyPatch } from 'diff';
import { cli, goProject, restage, useFolders } from '../support/cli.ts';
import { root } from '../support/examples.ts';

const folderWith = useFolders();
const { Dockerfile: source } = goProject;

function read(folder: string, name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

describe('what is written', () => {
  test('by default a file beside the original, and the diff goes to stdout', () => {
    const folder = folderWith(goProject);
    const { status, stdout, stderr } = restage([folder]);
    expect(status).toBe(0);
    expect(read(folder, 'Dockerfile')).toBe(source);
    expect(read(folder, 'Dockerfile.multistage')).toBe(applyPatch(source, stdout));
    expect(stderr).toMatch(/^.*\/Dockerfile: golang:1.22 → scratch, about \d+ MB → \d+ MB \(estimate of the bases\)\n/);
    expect(stderr).toContain(`written to ${folder}/Dockerfile.multistage`);
  });

  test('nothing with --dry-run', () => {
    const folder = folderWith(goProject);
    const { status, stdout } = restage(['convert', '--dry-run'], { cwd: folder });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^--- a\/Dockerfile\n\+\+\+ b\/Dockerfile\n@@/);
    expect(readdirSync(folder).sort()).toEqual(Object.keys(goProject).sort());
  });

  test('the original with --write, which keeps its mode', () => {
    const folder = folderWith(goProject);
    chmodSync(join(folder, 'Dockerfile'), 0o640);
    expect(restage([join(folder, 'Dockerfile'), '--write']).status).toBe(0);
    expect(read(folder, 'Dockerfile')).toMatch(/^FROM golang:1.22 AS builder\n/);
    expect(statSync(join(folder, 'Dockerfile')).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).sort()).toEqual(Object.keys(goProject).sort());
    expect(restage([folder, '--write'])).toMatchObject({ status: 0, stdout: '', stderr: expect.stringContaining('[already-multi-stage]') });
  });

  test('what a link within the context leads to, and nothing outside of it', () => {
    const folder = folderWith({ ...goProject, 'docker/real': source });
    symlinkSync('docker/real', join(folder, 'inside'));
    expect(restage([folder, '-f', join(folder, 'inside'), '--write']).status).toBe(0);
    expect(read(folder, 'docker/real')).toContain('AS builder');
    const outside = folderWith({ Dockerfile: source });
    symlinkSync(join(outside, 'Dockerfile'), join(folder, 'outside'));
    const refused = restage([folder, '-f', join(folder, 'outside'), '--write']);
    expect(refused).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/outside: cannot be written: it is a link to .* \[unwritable\]/) });
    expect(read(outside, 'Dockerfile')).toBe(source);
  });

  test('nothing for standard input, whose diff is one of Dockerfile', () => {
    const folder = folderWith(goProject);
    const { status, stdout, stderr } = restage(['-', '--context', folder], { cwd: folder, input: source });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^--- a\/Dockerfile\n/);
    expect(stderr).toMatch(/^-: golang/);
    expect(restage(['-f', '-', folder], { input: source }).stdout).toBe(stdout);
    expect(existsSync(join(folder, 'Dockerfile.multistage'))).toBe(false);
    expect(restage(['-'], { cwd: folder, input: source })).toMatchObject({ status: 3, stderr: expect.stringContaining('-:3: ') });
  });
});

describe('where the Dockerfile is found', () => {
  test('Containerfile too', () => {
    const folder = folderWith({ ...goProject, Dockerfile: '', Containerfile: source });
    expect(restage(['-f', join(folder, 'Containerfile'), folder]).status).toBe(0);
    const other = folderWith({ 'go.mod': goProject['go.mod'], 'main.go': goProject['main.go'], Containerfile: source });
    expect(restage([other]).status).toBe(0);
    expect(existsSync(join(other, 'Containerfile.multistage'))).toBe(true);
  });

  test('-f as in docker build, or within PATH', () => {
    const folder = folderWith({ ...goProject, 'docker/api.Dockerfile': source });
    expect(restage(['.', '-f', 'docker/api.Dockerfile', '--dry-run'], { cwd: folder }).status).toBe(0);
    expect(restage([folder, '-f', 'docker/api.Dockerfile', '--dry-run'])).toMatchObject({
      status: 0,
      stderr: expect.stringContaining(`${folder}/docker/api.Dockerfile: `),
    });
  });

  test('a file with a context elsewhere', () => {
    const folder = folderWith({ ...goProject, 'docker/Dockerfile': source });
    expect(restage([join(folder, 'docker/Dockerfile'), '--context', folder, '--dry-run']).status).toBe(0);
  });
});

describe('exit codes and streams', () => {
  test('--check: 1 where there is something to convert, and nothing written', () => {
    const folder = folderWith(goProject);
    expect(restage([folder, '--check'])).toMatchObject({ status: 1, stdout: expect.stringContaining('+FROM scratch') });
    expect(readdirSync(folder)).toHaveLength(3);
    expect(restage(['test/refused/already-multi-stage', '--check'])).toMatchObject({ status: 0, stdout: '' });
  });

  test.each([
    ['unchanged', 'already-multi-stage', 0],
    ['refused', 'unknown-command', 3],
    ['broken', 'unknown-instruction', 2],
  ])('%s', (_, code, status) => {
    const result = restage([`test/refused/${code}`]);
    expect(result).toMatchObject({ status, stdout: '' });
    expect(result.stderr).toMatch(new RegExp(`^test/refused/${code}/Dockerfile(:\\d+)?: .* \\[${code}\\]\n  \\S.*\n$`));
    expect(existsSync(`test/refused/${code}/Dockerfile.multistage`)).toBe(false);
  });

  test('--quiet leaves the result and the errors', () => {
    expect(restage(['examples/go-hello/before', '--dry-run', '--quiet'])).toMatchObject({ status: 0, stdout: expect.stringContaining('+FROM'), stderr: '' });
    expect(restage(['test/refused/already-multi-stage', '--quiet'])).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(restage(['test/refused/unknown-command', '--quiet']).stderr).toContain('[unknown-command]');
  });

  test('--explain says why on stderr, and leaves stdout as it is', () => {
    const plain = restage(['examples/go-hello/before', '--dry-run']);
    const { stdout, stderr } = restage(['examples/go-hello/before', '--dry-run', '--explain']);
    expect(stdout).toBe(plain.stdout);
    for (const title of ['Instructions', 'Bases']) expect(stderr).toMatch(new RegExp(`^${title}$`, 'm'));
    expect(stderr).toMatch(/^ {2}taken +\S+ +\S/m);
  });

  test('a reader that has seen enough is no fault', () => {
    const script = `"${process.execPath}" "${cli}" examples/go-hello/before --dry-run --json | head -c 1; echo " \${PIPESTATUS[0]}"`;
    expect(spawnSync('bash', ['-c', script], { cwd: root, encoding: 'utf8' })).toMatchObject({ stdout: '{ 0\n', stderr: expect.not.stringContaining('EPIPE') });
  });
});

describe('colours', () => {
  const args = ['examples/go-hello/before', '--dry-run'];
  const escape = '\u001b[';

  test.each<[string, string[], Record<string, string>, boolean]>([
    ['none without a terminal', [], {}, false],
    ['none without a terminal where CI is set', [], { CI: 'true' }, false],
    ['with FORCE_COLOR', [], { FORCE_COLOR: '1' }, true],
    ['none with FORCE_COLOR=0', [], { FORCE_COLOR: '0' }, false],
    ['NO_COLOR goes before FORCE_COLOR', [], { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    ['--color always goes before NO_COLOR', ['--color', 'always'], { NO_COLOR: '1' }, true],
    ['--color alone', ['--color'], {}, true],
    ['--color=never', ['--color=never'], { FORCE_COLOR: '1' }, false],
    ['--no-color', ['--no-color'], { FORCE_COLOR: '1' }, false],
  ])('%s', (_, options, env, colored) => {
    const { stdout, stderr } = restage([...args, ...options], { env });
    expect([stdout.includes(escape), stderr.includes(escape)]).toEqual([colored, colored]);
  });

  test('what steers a terminal does not get through', () => {
    const { stderr } = restage(['-'], { input: 'FROM node:20\nRU\u001b[31mN x\n' });
    expect(stderr).not.toContain('\u001b');
  });
});
