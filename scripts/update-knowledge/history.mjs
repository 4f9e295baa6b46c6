// Writes the table that tags.mjs reads, from the history of Docker's official images: image, tag, first day listed, last day
// listed, directory the image was built from at that last day, and the distribution release it was made from then.
//   node scripts/update-knowledge/history.mjs OFFICIAL OUT.tsv [GIT …]
// OFFICIAL is a git directory of docker-library/official-images; each GIT one of a repository that images are built from, named
// by its address in `library/` as owner+name (`docker-library+php/repo`; `OLD+NAME=PATH` for one that moved): only these tell
// the release behind a tag of which no sibling names it.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { built } from './images.mjs';
import { parseLibrary } from './library-file.mjs';
import { makeResolver } from './resolve-build.mjs';

const [official, target, ...repositories] = process.argv.slice(2);
if (!target) throw new Error('usage: history.mjs OFFICIAL OUT.tsv [GIT …]');

const timelines = readTimelines();
const resolve = makeResolver(timelines, repositories);
const lines = ['image\ttag\tfirst\tlast\tdirectory\troot\tsettings'];
for (const image of [...timelines.keys()].sort()) lines.push(...rowsOf(image, timelines.get(image)));
writeFileSync(target, `${lines.join('\n')}\n`);

/** image → its versions, oldest first: from which day, until which day, tag → build. */
function readTimelines() {
  const log = git('log', '--first-parent', '-m', '--reverse', '--raw', '--no-renames', '--abbrev=40', '--format=day %cs', '--', 'library/');
  const found = new Map();
  let day = '';
  for (const line of log.split('\n')) {
    if (line.startsWith('day ')) day = line.slice(4);
    const [, blob, image] = /^:\d+ \d+ \w+ (\w+) \w\tlibrary\/(.+)$/.exec(line) ?? [];
    if (image === undefined) continue;
    const versions = found.get(image) ?? [];
    if (versions.length > 0) versions.at(-1).until = day;
    versions.push({ from: day, until: day, blob });
    found.set(image, versions);
  }
  const newest = day;
  const texts = readBlobs([...new Set([...found.values()].flat().map(({ blob }) => blob))].filter((blob) => !/^0+$/.test(blob)));
  for (const versions of found.values()) {
    for (const version of versions) version.tags = parseLibrary(texts.get(version.blob) ?? '');
    if (versions.at(-1).tags.size > 0) versions.at(-1).until = newest;
  }
  return found;
}

function rowsOf(image, versions) {
  const rows = new Map();
  for (const { from, until, tags } of versions) {
    for (const [tag, { directory }] of tags) rows.set(tag, { first: rows.get(tag)?.first ?? from, last: until, directory });
  }
  return [...rows].map(([tag, { first, last, directory }]) => {
    const { root = '', through = [], settings } = built.includes(image) ? resolve(image, tag, last) : {};
    const more = settings === undefined ? '' : JSON.stringify({ ...settings, ...(through.length > 1 ? { through: through.slice(0, -1) } : {}) });
    return [image, tag, first, last, directory, root, more].join('\t');
  });
}

function readBlobs(blobs) {
  const options = { input: `${blobs.join('\n')}\n`, maxBuffer: 2 ** 31 - 1 };
  const output = execFileSync('git', [`--git-dir=${official}`, 'cat-file', '--batch'], options);
  const texts = new Map();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    const [blob, , size] = output.subarray(at, end).toString().split(' ');
    texts.set(blob, output.subarray(end + 1, end + 1 + Number(size)).toString());
    at = end + 1 + Number(size) + 1;
  }
  return texts;
}

function git(...argumentsOfGit) {
  return execFileSync('git', [`--git-dir=${official}`, ...argumentsOfGit], { encoding: 'utf8', maxBuffer: 2 ** 30 });
}
