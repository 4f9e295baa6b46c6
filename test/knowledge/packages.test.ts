import { describe, expect, it } from '@jest/globals';
import { broughtAlong, isHeaderPackage, packageRole, packageSize, runtimeLibraries, runtimeOfBuildTools } from '../../src/knowledge/packages.ts';

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
    [
      'apt',
      'qt5-default',
      '20.04',
      [
        'libqt5concurrent5',
        'libqt5core5a',
        'libqt5dbus5',
        'libqt5gui5',
        'libqt5network5',
        'libqt5printsupport5',
        'libqt5sql5',
        'libqt5test5',
        'libqt5widgets5',
        'libqt5xml5',
      ],
    ],
    ['apt', 'libicu-dev', 'jessie', ['libicu52']],
    ['apt', 'libpq-dev', '', undefined],
    ['apt', 'libunheard-dev', 'bookworm', undefined],
    ['apk', 'openssl-dev', '3.16', ['libcrypto1.1', 'libssl1.1']],
    ['apk', 'openssl-dev', '3.19', ['libcrypto3', 'libssl3']],
    ['apk', 'libpq-dev', '3.19', ['libpq']],
    ['apk', 'libmagic-dev', '3.19', ['libmagic']],
    ['apk', 'g++', '3.19', ['libstdc++']],
    ['dnf', 'openssl-devel', 'el8', ['openssl-libs']],
    ['dnf', 'openssl-devel', 'el6', ['openssl']],
    ['dnf', 'sqlite-devel', 'el7', ['sqlite']],
    ['dnf', 'sqlite-devel', 'fedora41', ['sqlite-libs']],
    ['dnf', 'libunheard-devel', 'el8', undefined],
    ['zypper', 'zlib-devel', 'leap15.5', ['libz1']],
    ['zypper', 'zlib-devel', '', undefined],
    ['pacman', 'zlib', '', undefined],
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
    ['apt', 'python-setuptools', 'runtime'],
    ['apt', 'oracle-java8-installer', 'runtime'],
    ['apt', 'cuda-toolkit-12-4', 'runtime'],
    ['dnf', 'gcc-c++', 'build'],
    ['dnf', 'openssl-devel', 'build'],
    ['dnf', 'epel-release', 'tool'],
    ['dnf', 'php-mbstring', 'runtime'],
    ['pacman', 'base-devel', 'build'],
    ['pacman', 'boost', 'runtime'],
  ] as const)('%s %s: %s', (manager, name, role) => {
    expect(packageRole(manager, name)).toBe(role);
  });
});

describe('runtimeOfBuildTools', () => {
  it.each([
    ['apt', 'build-essential', 'bookworm', ['libatomic1', 'libgomp1', 'libstdc++6']],
    ['apt', 'gcc-12', '', ['libatomic1', 'libgomp1']],
    ['apt', 'gfortran', '18.04', ['libgfortran4', 'libquadmath0']],
    ['apt', 'gfortran', '', ['gfortran']],
    ['apt', 'openjdk-17-jdk-headless', 'bookworm', ['openjdk-17-jre-headless']],
    ['apt', 'libopenmpi-dev', 'bookworm', ['libopenmpi3', 'openmpi-bin']],
    ['apt', 'python3.11-venv', 'bookworm', ['python3.11']],
    ['apt', 'python3.12-dev', '24.04', ['libpython3.12t64', 'python3.12']],
    ['apt', 'swig', 'bookworm', []],
    ['apt', 'rustc', 'bookworm', []],
    ['apk', 'build-base', '3.19', ['libatomic', 'libgcc', 'libgomp', 'libstdc++']],
    ['apk', 'openjdk11', '3.19', ['openjdk11-jre']],
    ['dnf', 'gcc-c++', 'el9', ['libatomic', 'libgomp', 'libstdc++']],
    ['dnf', 'java-11-openjdk-devel', 'el8', ['java-11-openjdk']],
    ['pacman', 'base-devel', '', ['gcc-libs']],
  ] as const)('%s %s in %s: %j', (manager, name, release, packages) => {
    expect(runtimeOfBuildTools(manager, name, release)).toEqual(packages);
  });
});

describe('isHeaderPackage', () => {
  it.each([
    ['apt', 'zlib1g-dev', true],
    ['apt', 'python3-dev', false],
    ['dnf', 'zlib-devel', true],
    ['apt', 'gcc', false],
  ] as const)('%s %s: %s', (manager, name, expected) => {
    expect(isHeaderPackage(manager, name)).toBe(expected);
  });
});

describe('packageSize', () => {
  it('knows the heavy ones', () => {
    expect(packageSize('apt', 'build-essential')).toBeGreaterThan(200);
    expect(packageSize('apt', 'openjdk-21-jdk')).toBe(packageSize('apt', 'openjdk-17-jdk'));
    expect(packageSize('apk', 'build-base')).toBeGreaterThan(100);
    expect(packageSize('apt', 'libyaml-dev')).toBeUndefined();
  });
});

describe('broughtAlong', () => {
  it.each([
    ['apt', 'meson', 'python3'],
    ['apt', 'build-essential', 'patch'],
    ['apt', 'gcc-12', 'binutils'],
    ['apk', 'mercurial', 'python3'],
    ['dnf', 'git', 'perl'],
  ] as const)('%s %s brings %s', (manager, name, brought) => {
    expect(broughtAlong(manager, name)).toContain(brought);
  });

  it('knows nothing of others', () => {
    expect(broughtAlong('apt', 'nginx')).toEqual([]);
  });
});
