import { expect } from '@jest/globals';
import { applyPatch } from 'diff';
import { type Conversion, type ConvertInput, convert, parseDockerfile, type SourceDockerfile, type SourceInstruction } from '../../src/index.ts';

/** Instructions that make the configuration of an image: docs/architecture.md calls it the contract. */
const CONFIGURATION = ['CMD', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'HEALTHCHECK', 'LABEL', 'MAINTAINER', 'ONBUILD', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'];
/** Of these only the last one counts. */
const SINGLE = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'STOPSIGNAL', 'SHELL']);

/** Converts, and expects all that holds for every input, whatever comes out: docs/architecture.md, "What always holds". */
export function expectInvariants(input: ConvertInput): Conversion {
  const conversion = convert(input);
  expect({ text: input.text, code: conversion.code, message: conversion.message }).not.toMatchObject({ code: 'internal' });
  expect(convert(input)).toEqual(conversion);
  expectLossless(input.text);
  if (conversion.dockerfile === undefined) expectStopped(conversion);
  else expectConverted(input, conversion, conversion.dockerfile);
  return conversion;
}

/** Leading and text of each instruction, and the tail, are the input. */
export function expectLossless(text: string): void {
  const source = parsed(text);
  if (source) expect(source.instructions.map(({ leading, text: own }) => `${leading}${own}`).join('') + source.tail).toBe(text);
}

/** Nothing half done: a message and nothing else. */
function expectStopped({ outcome, message, help, diff, plan }: Conversion): void {
  expect(outcome).not.toBe('converted');
  expect(message).not.toMatch(/\{\w+\}|^$/);
  expect(help).not.toMatch(/\{\w+\}|^$/);
  expect([diff, plan]).toEqual([undefined, undefined]);
}

function expectConverted(input: ConvertInput, conversion: Conversion, dockerfile: string): void {
  expect(applyPatch(input.text, conversion.diff ?? '', { autoConvertLineEndings: false })).toBe(dockerfile);
  expect(convert({ ...input, text: dockerfile })).toMatchObject({ outcome: 'unchanged' });
  expectLossless(dockerfile);
  const [source, output] = [parseDockerfile(input.text, ''), parseDockerfile(dockerfile, '')];
  expectStages(output);
  if (!input.options?.harden?.length) expect(configuration(output)).toEqual(expect.objectContaining(configuration(source)));
  expectEachNamed(source, conversion);
  if (source.lineEnd === '\n') expect(dockerfile).not.toContain('\r\n');
  else expect(dockerfile.replaceAll('\r\n', '')).not.toContain('\n');
}

/** Every stage but the last is used by a later one, and every `--from` names an earlier stage or an image. */
function expectStages(output: SourceDockerfile): void {
  const names: string[] = [];
  const used = new Set<string>();
  for (const { keyword, value, flags } of output.instructions) {
    const from = keyword === 'FROM' ? value.split(/\s+/)[0] : flags.find((flag) => flag.name === 'from')?.value;
    if (from !== undefined) used.add(from.toLowerCase());
    if (keyword === 'FROM') names.push(/\sAS\s+(\S+)$/i.exec(value)?.[1]?.toLowerCase() ?? '');
  }
  expect(names.length).toBeGreaterThan(1);
  expect(names.slice(0, -1).filter((name) => !used.has(name))).toEqual([]);
}

/** What the final stage says of the image, by keyword. */
function configuration(dockerfile: SourceDockerfile): Record<string, string[]> {
  const last = dockerfile.instructions.findLast(({ keyword }) => keyword === 'FROM')?.index ?? 0;
  const final = dockerfile.instructions.slice(last + 1).filter(({ keyword }) => CONFIGURATION.includes(keyword));
  const found: Record<string, string[]> = {};
  for (const instruction of final) {
    const { keyword } = instruction;
    found[keyword] = SINGLE.has(keyword) ? [words(instruction)] : [...new Set([...(found[keyword] ?? []), words(instruction)])];
  }
  return found;
}

function words({ flags, value }: SourceInstruction): string {
  return `${flags.map((flag) => `--${flag.name}=${flag.value} `).join('')}${value}`;
}

/** Each instruction is in a stage, or a decision says where it went. */
function expectEachNamed(source: SourceDockerfile, { plan, decisions }: Conversion): void {
  const planned = new Set([...(plan?.preamble ?? []), ...(plan?.stages ?? []).flatMap((stage) => stage.instructions.flatMap((one) => (one.kind === 'added' ? [] : [one.index])))]);
  const told = new Set(decisions.map((decision) => decision.line));
  const lost = source.instructions.filter(({ keyword, index, line }) => keyword !== 'FROM' && !planned.has(index) && !told.has(line));
  expect(lost.map(({ line, text }) => `${line}: ${text}`)).toEqual([]);
}

function parsed(text: string): SourceDockerfile | undefined {
  try {
    return parseDockerfile(text, '');
  } catch {
    return undefined;
  }
}
