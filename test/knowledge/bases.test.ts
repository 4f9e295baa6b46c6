import { describe, expect, it } from '@jest/globals';
import { describeBase } from '../../src/knowledge/bases.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('describeBase', () => {
  it.each([
    ['node:20', 'debian', 'bookworm', 'full', '20'],
    ['node:20.11.1-bullseye-slim', 'debian', 'bullseye', 'slim', '20.11.1'],
    ['node:20-alpine3.19', 'alpine', '3.19', 'alpine', '20'],
    ['node:7.10', 'debian', 'jessie', 'full', '7.10'],
    ['node:0.12-slim', 'debian', 'jessie', 'slim', '0.12'],
    ['node:7.10-alpine', 'alpine', '3.4', 'alpine', '7.10'],
    ['node:boron', 'debian', 'stretch', 'full', '6'],
    ['node:lts', 'debian', 'bookworm', 'full', undefined],
    ['node:30', 'debian', '', 'full', '30'],
    ['node:30-bookworm-slim', 'debian', 'bookworm', 'slim', '30'],
    ['python:2', 'debian', 'buster', 'full', '2.7'],
    ['python:3', 'debian', 'trixie', 'full', undefined],
    ['python:3.8.12', 'debian', 'bullseye', 'full', '3.8.12'],
    ['python:3.6-slim', 'debian', 'bullseye', 'slim', '3.6'],
    ['golang:1.13-alpine', 'alpine', '3.12', 'alpine', '1.13'],
    ['golang:1.13-stretch', 'debian', 'stretch', 'full', '1.13'],
    ['golang:1.8', 'debian', 'jessie', 'full', '1.8'],
    ['golang', 'debian', 'trixie', 'full', undefined],
    ['debian:12.5-slim', 'debian', 'bookworm', 'slim', undefined],
    ['ubuntu:22.04', 'ubuntu', '22.04', 'full', undefined],
    ['ubuntu:jammy-20240911.1', 'ubuntu', '22.04', 'full', undefined],
    ['ubuntu', 'ubuntu', '', 'full', undefined],
    ['alpine:3.19.1', 'alpine', '3.19', 'alpine', undefined],
    ['buildpack-deps:jammy-scm', 'ubuntu', '22.04', 'full', undefined],
    ['nginx:1.27', 'debian', 'bookworm', 'slim', '1.27'],
    ['gcr.io/distroless/nodejs20-debian12:nonroot', 'distroless', 'bookworm', 'minimal', '20'],
    ['scratch', 'scratch', '', 'minimal', undefined],
    ['rust:1.75', 'debian', 'bookworm', 'full', '1.75'],
    ['rust:1.75-slim-bullseye', 'debian', 'bullseye', 'slim', '1.75'],
    ['gcc:13', 'debian', 'bookworm', 'full', undefined],
    ['gcc:99', 'debian', '', 'full', undefined],
    ['ruby:2.7-alpine', 'alpine', '3.16', 'alpine', '2.7'],
    ['php:7.4-apache', 'debian', 'bullseye', 'full', '7.4'],
    ['openjdk:8', 'debian', 'bullseye', 'full', '8'],
    ['openjdk:17', 'oraclelinux', 'el8', 'full', '17'],
    ['eclipse-temurin:17-jdk-jammy', 'ubuntu', '22.04', 'full', undefined],
    ['maven:3.6-jdk-8', 'debian', 'buster', 'full', '3.6'],
    ['centos:7', 'centos', 'el7', 'full', undefined],
    ['fedora:39', 'fedora', 'fedora39', 'full', undefined],
    ['amazonlinux:2', 'amazonlinux', 'amzn2', 'full', undefined],
    ['oraclelinux:9-slim', 'oraclelinux', 'el9', 'slim', undefined],
    ['archlinux', 'archlinux', '', 'full', undefined],
    ['nvidia/cuda:12.2.0-devel-ubuntu22.04', 'ubuntu', '22.04', 'full', undefined],
    ['mcr.microsoft.com/dotnet/sdk:8.0', 'debian', 'bookworm', 'full', undefined],
    ['ghcr.io/astral-sh/uv:python3.12-bookworm-slim', 'debian', 'bookworm', 'slim', '3.12'],
    ['oven/bun:1-alpine', 'alpine', '', 'alpine', undefined],
    ['phusion/baseimage:0.11', 'ubuntu', '18.04', 'full', undefined],
    ['registry.access.redhat.com/ubi9/ubi-minimal', 'ubi', 'el9', 'slim', undefined],
  ])('%s is %s %s, %s, of version %s', (reference, distro, release, variant, languageVersion) => {
    const base = describeBase(reference);
    expect([base?.distro, base?.release, base?.variant, base?.languageVersion]).toEqual([distro, release, variant, languageVersion]);
  });

  it.each([
    'bitnami/node:20',
    'node:6-onbuild',
    'node:20-windowsservercore',
    'node:something',
    `node@${digest}`,
    'registry.example/redis:7',
    'mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled',
    'maven:something',
    'gcr.io/distroless/nodejs19-debian12',
    'node:$VERSION',
    '',
  ])('does not know %s', (reference) => {
    expect(describeBase(reference)).toBeUndefined();
  });

  it.each([
    ['node:lts', true],
    ['node:lts-bookworm', false],
    ['node:8', false],
    ['golang:1.26', true],
    ['golang:1.26-alpine', true],
    ['golang:1.26-alpine3.23', false],
    ['debian:12', false],
    ['debian:stable', true],
    ['alpine:3', true],
    ['alpine:3.19', false],
    ['ubuntu:22.04', false],
    ['ubuntu', true],
    ['gcr.io/distroless/static-debian12', false],
  ])('%s floats: %s', (reference, floating) => {
    expect(describeBase(reference)?.floating).toBe(floating);
  });

  it('does not tell the release of a digest by its tag', () => {
    expect(describeBase(`node:20@${digest}`)?.release).toBe('');
    expect(describeBase(`node:20-bookworm@${digest}`)).toMatchObject({ release: 'bookworm', floating: false });
  });

  it('says what an image sets', () => {
    expect(describeBase('golang:1.26')).toMatchObject({
      workdir: '/go',
      env: { GOPATH: '/go', GOTOOLCHAIN: 'local', PATH: '/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
    });
    expect(describeBase('golang:1.20')?.env.GOTOOLCHAIN).toBeUndefined();
    expect(describeBase('node:18.1.0')).toMatchObject({ entrypoint: ['docker-entrypoint.sh'], cmd: ['node'], env: { NODE_VERSION: '18.1.0' } });
    expect(describeBase('node:9')?.entrypoint).toEqual([]);
    expect(describeBase('python:2.7')?.cmd).toEqual(['python2']);
    expect(describeBase('python:3.12')?.env.LANG).toBe('C.UTF-8');
    expect(describeBase('python:3.13')?.env.LANG).toBeUndefined();
    expect(describeBase('tomcat:9.0-jdk17-temurin-jammy')).toMatchObject({
      workdir: '/usr/local/tomcat',
      cmd: ['catalina.sh', 'run'],
      env: { CATALINA_HOME: '/usr/local/tomcat', JAVA_HOME: '/opt/java/openjdk' },
    });
    expect(describeBase('php:8.2-fpm')).toMatchObject({ workdir: '/var/www/html', entrypoint: ['docker-php-entrypoint'], cmd: ['php-fpm'] });
    expect(describeBase('ruby:3.2')?.env).toMatchObject({ GEM_HOME: '/usr/local/bundle', BUNDLE_APP_CONFIG: '/usr/local/bundle' });
    expect(describeBase('jupyter/scipy-notebook')).toMatchObject({ user: '1000', workdir: '/home/jovyan', unsure: ['cmd', 'entrypoint', 'env', 'programs'] });
    expect(describeBase('gcr.io/distroless/static:nonroot')).toMatchObject({ user: '65532', workdir: '/home/nonroot', shells: [] });
  });

  it('says what an image holds', () => {
    expect(describeBase('node:20')).toMatchObject({ certificates: true, zones: true });
    expect(describeBase('node:20-slim')).toMatchObject({ certificates: false, zones: true });
    expect(describeBase('python:3.12-slim')).toMatchObject({ certificates: true, zones: true });
    expect(describeBase('alpine:3.11')).toMatchObject({ certificates: false, zones: false });
    expect(describeBase('alpine:3.19')).toMatchObject({ certificates: true, zones: false });
    expect(describeBase('ubuntu:24.04')?.users).toContain('ubuntu');
    expect(describeBase('rust:1.75')?.programs).toEqual(expect.arrayContaining(['cargo', 'rustc', 'gcc', 'git']));
    expect(describeBase('centos:7')).toMatchObject({ packageManager: 'dnf', libc: 'glibc', unsure: ['programs'] });
    expect(describeBase('php:8.2-apache')?.users).toContain('www-data');
  });

  it('says which images keep files of their own in /usr/local', () => {
    const keeps = (reference: string) => describeBase(reference)?.ownLocal;
    expect(['gcc:13', 'node:20', 'python:3.12', 'golang:1.21', 'php:8.2', 'ruby:3.2', 'rust:1.75', 'httpd:2.4'].map(keeps)).not.toContain(false);
    expect(['debian:12', 'ubuntu:22.04', 'alpine:3.19', 'centos:7', 'buildpack-deps:bookworm', 'eclipse-temurin:17-jre', 'scratch'].map(keeps)).not.toContain(
      true,
    );
  });
});
