import { describe, expect, it } from '@jest/globals';
import { alpineSibling, pinnedTag, releaseBase, slimSibling } from '../../src/knowledge/siblings.ts';

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
