import { expect } from '@jest/globals';
import { applyPatch } from 'diff';
import { type Conversion, type ConvertInput, convert, parseDockerfile, type SourceDockerfile } from '../../src/index.ts';

/** Of these instructions the last one counts, of the others all. */
const LAST_COUNTS = ['CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'SHELL', 'STOPSIGNAL', 'USER', 'WORKDIR'];
const ALL_COUNT = ['ENV', 'EXPOSE', 'LABEL', 'MAINTAINER', 'ONBUILD', 'VOLUME'];

/** Converts, and expects all that holds for every input, whatever comes out: docs/architecture.md, "What always holds". */
export function expectInvariants(input: ConvertInput): Conversion {
  const conversion = convert(input);
  expect({ text: input.text, code: conversion.code, message: conversion.message }).not.toMatchObject({ code: 'internal' });
  expect(convert(input)).toEqual(conversion);
  expectLossless(input.text);
  if (conversion.dockerfile === undefined) expectStopped(conversion, input.text);
  else expectConverted(input, conversion, conversion.dockerfile);
  return conversion;
}

/** Leading and text of each instruction, and the tail, are the input. */
export function expectLossless(text: string): void {
  const source = parsed(text);
  if (source) expect(source.instructions.map(({ leading, text: own }) => `${leading}${own}`).join('') + source.tail).toBe(text);
}

/** Nothing half done: a message and nothing else. */
function expectStopped({ outcome, message, help, diff, plan }: Conversion, text: string): void {
  const unfilled = [...`${message} ${help}`.matchAll(/(?<!\$)\{[a-z]+\}/g)].map(([mark]) => mark);
  expect(outcome).not.toBe('converted');
  expect([message, help]).not.toContain('');
  // What looks like a mark may be the user's own text.
  expect(unfilled.filter((mark) => !text.includes(mark))).toEqual([]);
  expect([diff, plan]).toEqual([undefined, undefined]);
}

function expectConverted(input: ConvertInput, conversion: Conversion, dockerfile: string): void {
  expect(applyPatch(input.text, conversion.diff ?? '', { autoConvertLineEndings: false })).toBe(dockerfile);
  expect(convert({ ...input, text: dockerfile })).toMatchObject({ outcome: 'unchanged' });
  expectLossless(dockerfile);
  const [source, output] = [parseDockerfile(input.text, ''), parseDockerfile(dockerfile, '')];
  expectStages(output);
  const { harden = [], allow = [] } = input.options ?? {};
  if (harden.length + allow.length === 0) expectSameConfiguration(source, output);
  expectEachNamed(source, conversion);
  if (source.lineEnd === '\n') expect(dockerfile).not.toContain('\r\n');
  else if (!/(?<!\r)\n/.test(input.text)) expect(dockerfile.replaceAll('\r\n', '')).not.toContain('\n');
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

/** The final stage configures the image as the source does; it may say more where the old base said it. */
function expectSameConfiguration(source: SourceDockerfile, output: SourceDockerfile): void {
  for (const keyword of LAST_COUNTS) {
    const [before, after] = [finalValues(source, keyword).at(-1), finalValues(output, keyword).at(-1)];
    expect({ keyword, value: after }).toEqual({ keyword, value: before ?? after });
  }
  for (const keyword of ALL_COUNT) expect(finalValues(output, keyword)).toEqual(expect.arrayContaining(finalValues(source, keyword)));
}

function finalValues({ instructions }: SourceDockerfile, keyword: string): string[] {
  const last = instructions.findLast((instruction) => instruction.keyword === 'FROM')?.index ?? 0;
  const found = instructions.filter((instruction) => instruction.index > last && instruction.keyword === keyword);
  return found.map(({ flags, value }) => `${flags.map((flag) => `--${flag.name}=${flag.value} `).join('')}${value}`);
}

/** Each instruction is in a stage, or a decision says where it went. */
function expectEachNamed(source: SourceDockerfile, { plan, decisions }: Conversion): void {
  const planned = new Set([
    ...(plan?.preamble ?? []),
    ...(plan?.stages ?? []).flatMap((stage) => stage.instructions.flatMap((one) => (one.kind === 'added' ? [] : [one.index]))),
  ]);
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
