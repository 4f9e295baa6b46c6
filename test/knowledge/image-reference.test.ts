import { describe, expect, it } from '@jest/globals';
import { formatImageReference, parseImageReference } from '../../src/knowledge/image-reference.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('parseImageReference', () => {
  it.each([
    ['node', 'node'],
    ['docker.io/library/node:20', 'node'],
    ['library/node', 'node'],
    ['mirror.corp/dockerhub/library/node:20', 'node'],
    ['localhost:5000/library/golang:1.21', 'golang'],
    ['public.ecr.aws/docker/library/python:3.12-slim', 'python'],
    ['mirror.gcr.io/library/debian', 'debian'],
    ['arm64v8/alpine:3.19', 'alpine'],
    [`node@${digest}`, 'node'],
    [`node:20@${digest}`, 'node'],
    ['bitnami/node:20', undefined],
    ['circleci/node', undefined],
    ['mhart/alpine-node:8', undefined],
    ['mirror.corp/node:20', undefined],
    ['someone/library/node', undefined],
    ['gcr.io/distroless/static-debian12:nonroot', undefined],
    ['localhost:5000/app', undefined],
  ])('%s is the official image %s', (text, official) => {
    expect(parseImageReference(text).official).toBe(official);
  });

  it('takes a reference apart', () => {
    expect(parseImageReference(`mirror.corp:5000/hub/library/node:20@${digest}`)).toEqual({
      registry: 'mirror.corp:5000/hub/library',
      repository: 'node',
      tag: '20',
      digest,
      official: 'node',
    });
    expect(parseImageReference('ghcr.io/me/app')).toEqual({
      registry: 'ghcr.io',
      repository: 'me/app',
      tag: undefined,
      digest: undefined,
      official: undefined,
    });
  });

  it.each(['node', 'docker.io/library/node:20', `node@${digest}`, 'localhost:5000/a/b:c', 'a/b', 'ghcr.io/me/app', ''])('prints %s as it was', (text) => {
    expect(formatImageReference(parseImageReference(text))).toBe(text);
  });

  it('prints another tag', () => {
    expect(formatImageReference(parseImageReference('mirror.corp/library/node:20'), { tag: '20-slim' })).toBe('mirror.corp/library/node:20-slim');
    expect(formatImageReference(parseImageReference(`golang:1@${digest}`), { repository: 'debian', tag: 'bookworm', digest: undefined })).toBe(
      'debian:bookworm',
    );
  });
});
