import { describe, expect, it } from '@jest/globals';
import { describeBase } from '../../src/knowledge/bases.ts';
import { parseImageReference } from '../../src/knowledge/image-reference.ts';
import { jreSibling } from '../../src/knowledge/java-images.ts';
import { alpineSibling, pinnedTag, releaseBase, slimSibling } from '../../src/knowledge/siblings.ts';
import { hasTag, tagsOf } from '../../src/knowledge/tags.ts';

describe('slimSibling', () => {
  it.each([
    ['node', 'node:slim'],
    ['node:latest', 'node:slim'],
    ['node:20', 'node:20-slim'],
    ['node:20-bullseye', 'node:20-bullseye-slim'],
    ['node:lts', 'node:lts-slim'],
    ['node:8', 'node:8-slim'],
    ['node:bullseye', 'node:bullseye-slim'],
    ['python', 'python:slim'],
    ['python:3.8.12', 'python:3.8.12-slim'],
    ['python:3.12-bookworm', 'python:3.12-slim-bookworm'],
    ['debian:12', 'debian:12-slim'],
    ['mirror.corp/hub/library/node:20', 'mirror.corp/hub/library/node:20-slim'],
    ['node:20-slim', undefined],
    ['node:20-alpine', undefined],
    ['golang:1.21', undefined],
    ['ruby:3.2', 'ruby:3.2-slim'],
    ['rust:1.75', 'rust:1.75-slim'],
    ['perl:5.36-bookworm', 'perl:5.36-slim-bookworm'],
    ['openjdk:17', undefined],
    ['gcc:13', undefined],
    ['node:30', undefined],
    [`node@sha256:${'a'.repeat(64)}`, undefined],
    ['bitnami/node:20', undefined],
  ])('%s → %s', (reference, sibling) => {
    expect(slimSibling(reference)).toBe(sibling);
  });
});

describe('alpineSibling', () => {
  it.each([
    ['node', 'node:alpine'],
    ['node:20-bookworm-slim', 'node:20-alpine'],
    ['python:3.8.12', 'python:3.8.12-alpine'],
    ['golang:1.21', 'golang:1.21-alpine'],
    ['node:0.12', undefined],
    ['node:20-alpine3.19', undefined],
  ])('%s → %s', (reference, sibling) => {
    expect(alpineSibling(reference)).toBe(sibling);
  });
});

describe('releaseBase', () => {
  it.each([
    ['golang:1.21', 'debian:bookworm-slim'],
    ['golang:1.21-alpine3.19', 'alpine:3.19'],
    ['golang:1.17-alpine', 'alpine:3.16'],
    ['gcc:13', 'debian:bookworm-slim'],
    ['rust:1.75', 'debian:bookworm-slim'],
    ['openjdk:17', 'oraclelinux:8-slim'],
    ['maven:3.6-jdk-8', 'debian:buster-slim'],
    ['rockylinux:9', 'rockylinux:9'],
    ['mirror.corp/library/golang:1.21', 'mirror.corp/library/debian:bookworm-slim'],
    ['buildpack-deps:jammy', 'ubuntu:22.04'],
    ['alpine:edge', undefined],
    ['gcr.io/distroless/base-debian12', undefined],
  ])('%s → %s', (reference, base) => {
    expect(releaseBase(reference)).toBe(base);
  });
});

describe('pinnedTag', () => {
  it.each([
    ['golang', 'golang:trixie'],
    ['golang:1.26', 'golang:1.26-trixie'],
    ['golang:1.26-alpine', 'golang:1.26-alpine3.24'],
    ['python:slim', 'python:slim-trixie'],
    ['debian:stable-slim', 'debian:trixie-slim'],
    ['alpine', 'alpine:3.24'],
    ['golang:1.21', undefined],
    ['golang:1.26-bookworm', undefined],
    ['ubuntu', undefined],
  ])('%s → %s', (reference, pinned) => {
    expect(pinnedTag(reference)).toBe(pinned);
  });
});

describe('jreSibling', () => {
  it.each([
    ['openjdk:8', 'openjdk:8-jre'],
    ['openjdk:11-slim', 'openjdk:11-jre-slim'],
    ['openjdk:8-jdk-alpine', 'openjdk:8-jre-alpine'],
    ['eclipse-temurin:17-jdk-jammy', 'eclipse-temurin:17-jre-jammy'],
    ['eclipse-temurin:21-alpine', 'eclipse-temurin:21-jre-alpine'],
    ['tomcat:9.0-jdk17-temurin-jammy', 'tomcat:9.0-jre17-temurin-jammy'],
    ['maven:3.9-eclipse-temurin-17-noble', 'eclipse-temurin:17-jre-noble'],
    ['maven:3.9.9-eclipse-temurin-21-alpine', 'eclipse-temurin:21-jre-alpine-3.21'],
    ['maven:3.6.1-jdk-11-slim', 'openjdk:11-jre-slim-buster'],
    ['maven:3-openjdk-17', undefined],
    ['gradle:8.7.0-jdk21', 'eclipse-temurin:21-jre-jammy'],
    ['gradle:8.7.0-jdk21-graal', undefined],
    ['openjdk:17', undefined],
    ['eclipse-temurin:17-jre', undefined],
    ['node:20', undefined],
  ])('%s → %s', (reference, sibling) => {
    expect(jreSibling(reference)).toBe(sibling);
  });
});

describe('every supported tag', () => {
  const images = [
    'debian',
    'node',
    'python',
    'golang',
    'ruby',
    'rust',
    'gcc',
    'php',
    'openjdk',
    'eclipse-temurin',
    'amazoncorretto',
    'maven',
    'gradle',
    'tomcat',
    'perl',
  ];
  it.each(images)('of %s has siblings that exist, of the same release', (image) => {
    const supported = [...tagsOf(image)].filter(([, tag]) => tag.supported).map(([tag]) => `${image}:${tag}`);
    expect(supported.flatMap(wrongSiblings)).toEqual([]);
  });
});

function wrongSiblings(reference: string): string[] {
  return [slimSibling, alpineSibling, releaseBase, pinnedTag, jreSibling].flatMap((sibling) => {
    const found = sibling(reference);
    if (found === undefined) return [];
    const { official = '', tag = '' } = parseImageReference(found);
    const same = sibling === alpineSibling || describeBase(found)?.release === describeBase(reference)?.release;
    return hasTag(official, tag) && describeBase(found) !== undefined && same ? [] : [`${sibling.name}: ${reference} → ${found}`];
  });
}
