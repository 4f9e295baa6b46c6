import { describe, expect, it } from '@jest/globals';
import type { Base } from '../../src/knowledge/base.ts';
import { describeBase } from '../../src/knowledge/bases.ts';
import { packageOfProgram, programsOfPackage, providesProgram } from '../../src/knowledge/programs.ts';

function base(reference: string): Base {
  const found = describeBase(reference);
  if (found === undefined) throw new Error(reference);
  return found;
}

describe('providesProgram', () => {
  it.each([
    ['node:20', 'git', true],
    ['node:20', 'convert', true],
    ['node:20', 'gcc', true],
    ['node:20-slim', 'git', false],
    ['node:20-slim', 'npm', true],
    ['node:20-slim', '/usr/local/bin/node', true],
    ['node:26-slim', 'yarn', false],
    ['node:20-alpine', 'bash', false],
    ['node:20-alpine', 'wget', true],
    ['node:20-bookworm-slim', 'adduser', true],
    ['node:20-trixie-slim', 'adduser', false],
    ['python:3.12-slim', 'openssl', true],
    ['golang:1.21', 'make', true],
    ['golang:1.21', 'convert', false],
    ['golang:1.21-alpine', 'gcc', false],
    ['debian:buster', 'ping', true],
    ['debian:bookworm', 'ping', false],
    ['gcr.io/distroless/base-debian12', 'sh', false],
    ['scratch', 'cd', false],
    ['alpine', 'cd', true],
  ])('%s has %s: %s', (reference, name, provides) => {
    expect(providesProgram(base(reference), name)).toBe(provides);
  });
});

describe('packageOfProgram', () => {
  it.each([
    ['apt', 'psql', 'postgresql-client'],
    ['apt', 'convert', 'imagemagick'],
    ['apt', 'envsubst', 'gettext-base'],
    ['apt', 'mysql', 'default-mysql-client'],
    ['apt', 'nc', 'netcat-openbsd'],
    ['apt', 'yarn', undefined],
    ['apk', 'envsubst', 'gettext'],
    ['apk', 'su-exec', 'su-exec'],
  ] as const)('%s: %s comes with %s', (manager, program, name) => {
    expect(packageOfProgram(manager, program)).toBe(name);
  });
});

describe('programsOfPackage', () => {
  it('knows packages by version too', () => {
    expect(programsOfPackage('apt', 'postgresql-client-15')).toContain('pg_dump');
    expect(programsOfPackage('apt', 'openjdk-17-jre-headless')).toEqual(['java', 'keytool']);
    expect(programsOfPackage('apt', 'libpq5')).toEqual([]);
  });
});
