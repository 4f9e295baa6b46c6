import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { templateNames } from '../src/emit/templates.ts';
import { memoryContext, openContext } from '../src/index.ts';
import { languages } from '../src/languages/index.ts';
import { listExamples, root } from './support/examples.ts';

const MEMBERS = ['name', 'detect', 'commands', 'follow', 'settle', 'starts', 'plan'];

describe.each(languages)('$name', (language) => {
  test('has a folder of its own and only members that are known', () => {
    expect(existsSync(join(root, 'src/languages', language.name, 'index.ts'))).toBe(true);
    expect(Object.keys(language).filter((member) => !MEMBERS.includes(member))).toEqual([]);
  });

  test('detects nothing in an empty context', () => {
    expect(language.detect(memoryContext({}))).toBeUndefined();
  });

  test('detects examples of its own, with evidence from the context', () => {
    const contexts = listExamples()
      .filter(({ name }) => name.startsWith(`${language.name}-`))
      .map(({ folder }) => openContext(join(folder, 'before')));
    const found = contexts.flatMap((context) => ({ context, detection: language.detect(context) })).filter(({ detection }) => detection);
    expect(found.length).toBeGreaterThan(0);
    for (const { context, detection } of found) {
      expect(detection).toMatchObject({ language: language.name });
      expect(detection?.evidence.filter(({ file }) => context.kind(file) === undefined)).toEqual([]);
    }
  });

  test('has commands that are named as they are called', () => {
    expect(Object.keys(language.commands ?? {}).filter((name) => !/^[\w./+-]+$/.test(name))).toEqual([]);
  });
});

test('names are unique and templates are in their folders', () => {
  expect(new Set(languages.map(({ name }) => name)).size).toBe(languages.length);
  const names: string[] = languages.map(({ name }) => name);
  const folders = templateNames().flatMap((path) => (path.includes('/') ? [path.split('/')[0] ?? ''] : []));
  expect(folders.filter((folder) => !names.includes(folder))).toEqual([]);
});
