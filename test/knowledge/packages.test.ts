import { describe, expect, it } from '@jest/globals';
import { packageRole, runtimeLibraries } from '../../src/knowledge/packages.ts';

describe('runtimeLibraries', () => {
  it.each([
    ['apt', 'libssl-dev', 'bookworm', ['libssl3']],
    ['apt', 'libssl-dev', 'trixie', ['libssl3t64']],
    ['apt', 'libssl-dev', 'bullseye', ['libssl1.1']],
    ['apt', 'libpq-dev', 'buster', ['libpq5']],
    ['apt', 'default-libmysqlclient-dev', 'bookworm', ['libmariadb3']],
    ['apt', 'default-libmysqlclient-dev', '22.04', ['libmysqlclient21']],
    ['apt', 'libffi-dev', 'buster', ['libffi6']],
    ['apt', 'libjpeg-dev', 'bookworm', ['libjpeg62-turbo']],
    ['apt', 'libeigen3-dev', 'bookworm', []],
    ['apt', 'build-essential', 'bookworm', []],
    ['apt', 'libpq-dev', '', undefined],
    ['apt', 'libunheard-dev', 'bookworm', undefined],
    ['apk', 'openssl-dev', '3.16', ['libcrypto1.1', 'libssl1.1']],
    ['apk', 'openssl-dev', '3.19', ['libcrypto3', 'libssl3']],
    ['apk', 'libpq-dev', '3.19', ['libpq']],
    ['apk', 'libmagic-dev', '3.19', ['libmagic']],
    ['apk', 'g++', '3.19', ['libstdc++']],
  ] as const)('%s %s in %s: %j', (manager, name, release, libraries) => {
    expect(runtimeLibraries(manager, name, release)).toEqual(libraries);
  });
});

describe('packageRole', () => {
  it.each([
    ['apt', 'build-essential', 'build'],
    ['apt', 'gcc-12', 'build'],
    ['apt', 'python3.11-dev', 'build'],
    ['apt', 'openjdk-17-jdk-headless', 'build'],
    ['apt', 'git', 'tool'],
    ['apt', 'ffmpeg', 'runtime'],
    ['apt', 'fonts-noto-cjk', 'runtime'],
    ['apt', 'openjdk-17-jre-headless', 'runtime'],
    ['apt', 'postgresql-client-15', 'runtime'],
    ['apt', 'libpq5', 'library'],
    ['apt', 'libmagickwand-dev', 'build'],
    ['apt', 'oddity', 'unknown'],
    ['apk', 'build-base', 'build'],
    ['apk', 'libffi-dev', 'build'],
    ['apk', 'py3-pip', 'tool'],
    ['apk', 'su-exec', 'runtime'],
    ['apk', 'libstdc++', 'library'],
  ] as const)('%s %s: %s', (manager, name, role) => {
    expect(packageRole(manager, name)).toBe(role);
  });
});
