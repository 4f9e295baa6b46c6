import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Builds dist/ before the tests where a source is newer: the tests of the command line run what is shipped. */
export default async function build() {
  const sources = ['src', 'templates', 'scripts', 'package.json', 'package-lock.json'].map((path) => newest(join(root, path)));
  const built = statSync(join(root, 'dist/cli.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Math.max(...sources) <= built) return;
  const { bundle } = await import('../../scripts/build.mjs');
  await bundle();
}

function newest(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => statSync(join(path, name)).mtimeMs));
}
