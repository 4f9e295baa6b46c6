import { expect, test } from '@jest/globals';
import { baseDockerfile } from '../../src/verify/base.ts';

test.each<[string, string | undefined]>([
  ['FROM node:20\nCMD ["node"]\n', 'FROM node:20\n'],
  ['ARG TAG=3.11\nFROM python:${TAG}\nRUN true', 'ARG TAG=3.11\nFROM python:${TAG}\n'],
  ['FROM golang:1.22 AS build\nRUN true\nFROM scratch\nCOPY --from=build /a /a\n', undefined],
  ['FROM debian AS base\nFROM base AS other\nFROM other\nCMD ["x"]\n', 'FROM debian AS base\n'],
  ['FROM --platform=linux/amd64 alpine\n', 'FROM --platform=linux/amd64 alpine\n'],
])('the base of %j', (text, expected) => {
  expect(baseDockerfile(text)).toBe(expected);
});
