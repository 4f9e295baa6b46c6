import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadTemplates, templateNames } from '../../src/emit/templates.ts';
import { goProject, restage, useFolders } from '../support/cli.ts';

const folderWith = useFolders();

describe('templates', () => {
  test('put in data as it is', () => {
    const render = loadTemplates();
    expect(render('from', { from: 'node:20', name: 'a&&b', lower: false })).toBe('FROM node:20 AS a&&b\n');
    expect(render('from', { from: '{{.Id}}', name: '', lower: true })).toBe('from {{.Id}}\n');
  });

  test('are many, and one that is missing is told of', () => {
    expect(templateNames().length).toBeGreaterThan(5);
    expect(() => loadTemplates()('no-such-template', {})).toThrow('no template no-such-template');
  });

  test('of the user go before ours', () => {
    const folder = folderWith({ ...goProject, 'templates/from.hbs': '# by us\nFROM {{from}}{{#if name}} AS {{name}}{{/if}}\n' });
    const { status, stdout } = restage([folder, '--dry-run', '--templates', join(folder, 'templates')]);
    expect(status).toBe(0);
    expect(stdout).toContain('+# by us\n+FROM scratch\n+WORKDIR /app\n+COPY --from=builder /server /server\n');
  });

  test('that are broken end in a message', () => {
    const folder = folderWith({ ...goProject, 'templates/from.hbs': 'FROM {{#if}}\n' });
    expect(restage([folder, '--templates', join(folder, 'templates')])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('from.hbs cannot be rendered'),
    });
  });
});
