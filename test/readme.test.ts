import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { engineOptions, type OptionName, optionTable, verifyOnly } from '../src/cli/options.ts';
import { restage } from './support/cli.ts';
import { root } from './support/examples.ts';

const file = join(root, 'README.md');
const readme = readFileSync(file, 'utf8');
const convertPage = readFileSync(join(root, 'docs/convert.md'), 'utf8');
const verifyPage = readFileSync(join(root, 'docs/verify.md'), 'utf8');
const documents = ['.', 'docs', 'docs/decisions'].flatMap((folder) =>
  readdirSync(join(root, folder)).flatMap((name) => (name.endsWith('.md') ? [join(folder, name)] : [])),
);
const verifies: readonly OptionName[] = [...engineOptions, ...verifyOnly];
const converts = Object.keys(optionTable).filter((name) => !['help', 'version', ...verifies].includes(name));

describe('the documents', () => {
  test('README shows what comes out (UPDATE=1 writes it)', () => {
    const { stdout, stderr } = restage(['convert', 'examples/node-typescript/before', '--dry-run']);
    const blocks: [string, string, string][] = [
      ['run one JavaScript file', 'dockerfile', readFileSync(join(root, 'examples/node-typescript/before/Dockerfile'), 'utf8')],
      ['prints this diff', 'diff', stdout],
      ['it says what it decided', 'text', stderr],
      ['A refusal names the line', 'text', restage(['test/refused/unknown-command']).stderr],
    ];
    const expected = blocks.reduce((text, [after, language, block]) => {
      return text.replace(new RegExp(`(${after}[^\`]*\`\`\`${language}\n)[^]*?(?=\`\`\`)`), (_, before: string) => `${before}${block}`);
    }, readme);
    if (process.env.UPDATE === '1') writeFileSync(file, expected);
    else expect(readme).toBe(expected);
  });

  test.each(converts)('--%s is in README and docs/convert.md', (name) => {
    expect(readme).toMatch(new RegExp(`\`--${name}[ \`]`));
    expect(convertPage).toMatch(new RegExp(`\`--${name}[ \`]`));
  });

  test.each(verifies)('--%s is in docs/verify.md', (name) => {
    expect(verifyPage).toMatch(new RegExp(`\`--${name}[ \`]`));
  });

  test.each(documents)('links of %s lead somewhere', (name) => {
    const links = [...readFileSync(join(root, name), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = '']) => join(root, name, '..', link));
    expect(links.filter((link) => !existsSync(link))).toEqual([]);
  });
});
