// Writes src/knowledge/base-directories.json: the distribution release behind each directory of Docker's official
// images whose name does not say it, from the last FROM line it had.
//   node scripts/update-knowledge/directories.mjs official-tags.tsv.gz node=PATH python=PATH golang=PATH
// Each PATH is a git directory of docker-library/<image> (nodejs/docker-node for node).
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const named = /alpine\d|wheezy|jessie|stretch|buster|bullseye|bookworm|trixie|windows|^docs$|^\.$/;
const release = /alpine:(\d+\.\d+)|(wheezy|jessie|stretch|buster)/;
const [table, ...repositories] = process.argv.slice(2);
const rows = gunzipSync(readFileSync(table))
  .toString('utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('\t'));
const result = {};

for (const [image, path] of repositories.map((argument) => argument.split('='))) {
  const directories = new Set(rows.filter((row) => row[0] === image && !named.test(row[4])).map((row) => row[4]));
  const found = [...directories].sort().map((directory) => [directory, releaseOf(path, directory)]);
  result[image] = Object.fromEntries(found.filter(([, value]) => value !== undefined));
}
const target = new URL('../../src/knowledge/base-directories.json', import.meta.url);
writeFileSync(target, `${JSON.stringify(Object.fromEntries(Object.entries(result).sort()), null, 2)}\n`);

function releaseOf(path, directory) {
  const file = `${directory}/Dockerfile`;
  const commit = git(path, 'log', '-1', '--format=%H', '--diff-filter=AMR', '--', file).trim();
  if (commit === '') return undefined;
  const from = /^FROM (.*)/m.exec(git(path, 'show', `${commit}:${file}`))?.[1] ?? '';
  const match = release.exec(from);
  return match?.[1] ?? match?.[2];
}

function git(path, ...argumentsOfGit) {
  return execFileSync('git', [`--git-dir=${path}`, ...argumentsOfGit], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}
