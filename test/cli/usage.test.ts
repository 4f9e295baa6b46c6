import { expect, test } from '@jest/globals';
import manifest from '../../package.json' with { type: 'json' };
import { colorsFor } from '../../src/cli/color.ts';
import { restage } from '../support/cli.ts';

test('--help shows all options and examples', () => {
  const { status, stdout, stderr } = restage(['--help']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const option of [
    '--file',
    '--context',
    '--dry-run',
    '--write',
    '--check',
    '--json',
    '--explain',
    '--target-base',
    '--harden',
    '--allow',
    '--build-arg',
    '--platform',
    '--templates',
    '--color',
    '--quiet',
  ]) {
    expect(stdout).toContain(option);
  }
  expect(stdout).toMatch(/^Examples:\n {2}restage/m);
  expect(stdout.split('\n').filter((line) => line.length > 120)).toEqual([]);
});

test('--version', () => {
  expect(restage(['--version'])).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

test.each<[string[], string]>([
  [['--targt-base', 'alpine'], 'unknown option --targt-base (did you mean --target-base?)'],
  [['--dryrun'], 'unknown option --dryrun (did you mean --dry-run?)'],
  [['--nothing-like-it'], 'unknown option --nothing-like-it'],
  [['-z'], 'unknown option -z'],
  [['--target-base', 'alpin'], '--target-base has no alpin (did you mean alpine?); it takes auto, same, slim, alpine, distroless, scratch'],
  [['--harden', 'nonroot,stip'], '--harden has no stip (did you mean strip?); it takes nonroot, strip, clean'],
  [['--color', 'blue'], '--color has no blue; it takes auto, always, never'],
  [['--build-arg', 'VERSION'], '--build-arg takes NAME=VALUE, not VERSION'],
  [['--context', 'a', '--context', 'b'], '--context is given more than once'],
  [['--write', '--dry-run'], '--write and --dry-run exclude each other'],
  [['--write', '--check'], '--write and --check exclude each other'],
  [['-', '--write'], '--write has nothing to replace when the Dockerfile comes from standard input'],
  [['-', '-f', 'Dockerfile'], 'both - and --file name the Dockerfile'],
  [['a', 'b'], 'one PATH at a time: a b'],
  [['--templates', 'nowhere'], '--templates: there is no folder nowhere'],
])('%j', (args, message) => {
  expect(restage(args)).toEqual({ status: 2, stdout: '', stderr: `restage: ${message}\n  See restage --help.\n` });
});

test('an option without its value', () => {
  expect(restage(['--file'])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('restage: not enough arguments following: ') });
});

test('options may be repeated, listed, and stand before or after PATH', () => {
  const args = [
    '--build-arg',
    'GO_VERSION=1.23',
    '--build-arg=VARIANT=alpine',
    'examples/arg-target/before',
    '--harden',
    'nonroot',
    '--harden=strip,clean',
    '--dry-run',
  ];
  expect(restage(args)).toMatchObject({ status: 0, stdout: expect.stringContaining('+FROM ') });
});

test('colours on a terminal, but for one that has none', () => {
  expect(colorsFor('auto', {}, true).isColorSupported).toBe(true);
  expect(colorsFor('auto', { TERM: 'dumb' }, true).isColorSupported).toBe(false);
  expect(colorsFor('auto', {}, false).isColorSupported).toBe(false);
});
