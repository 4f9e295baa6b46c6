// Renews `libraries` in src/knowledge/apt-packages.json: for each -dev package that stands there, the packages of the
// shared libraries it belongs to, in each release whose package index can be had. Other releases stay as they are.
//   node scripts/update-knowledge/libraries.mjs DEBIAN UBUNTU
// DEBIAN and UBUNTU are the addresses of a mirror each, without a slash at the end.
// To add a package, add its key with an empty object and run this. Needs curl and xz.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const [debianMirror, ubuntuMirror] = process.argv.slice(2);
if (!ubuntuMirror) throw new Error('usage: libraries.mjs DEBIAN UBUNTU (the addresses of two mirrors)');

const debian = { place: debianMirror, parts: ['main'], file: 'Packages.xz' };
const ubuntu = { place: ubuntuMirror, parts: ['main', 'universe'], file: 'Packages.xz' };
const indexes = {
  16.04: { ...ubuntu, suite: 'xenial' },
  18.04: { ...ubuntu, suite: 'bionic' },
  20.04: { ...ubuntu, suite: 'focal' },
  22.04: { ...ubuntu, suite: 'jammy' },
  24.04: { ...ubuntu, suite: 'noble' },
  bookworm: { ...debian, suite: 'bookworm' },
  bullseye: { ...debian, suite: 'bullseye' },
  trixie: { ...debian, suite: 'trixie' },
};
const notRuntime = /-(dev|dbg|dbgsym|doc|bin|data|tools|common|compat|headers|arch-config)$|^(lib(c6|gcc-s1|stdc\+\+6)|dpkg|gir1\.2-.*)$/;
const compilerOnly = /^(libc6|linux-libc|lib(stdc\+\+|gcc)-.*)-dev$/;

// No index of these can be had any more: what the releases before and after agree on stood in them too.
const between = { buster: ['18.04', 'bullseye'], stretch: ['16.04', 'buster'] };

const table = new URL('../../src/knowledge/apt-packages.json', import.meta.url);
const packages = JSON.parse(readFileSync(table, 'utf8'));
const byRelease = Object.fromEntries(Object.entries(packages.libraries).map(([name, groups]) => [name, ungroup(groups)]));
for (const [release, where] of Object.entries(indexes)) {
  const index = readIndex(where);
  for (const [name, found] of Object.entries(byRelease)) {
    const byHand = found['*'] !== undefined || !/dev$/.test(name);
    if (byHand) continue;
    const libraries = librariesOf(index, name);
    if (libraries === undefined) delete found[release];
    else found[release] = libraries.join(' ');
  }
}
for (const found of Object.values(byRelease)) {
  for (const [release, [before, after]] of Object.entries(between)) {
    if (found[before] !== undefined && found[before] === found[after]) found[release] = found[before];
  }
}
packages.libraries = Object.fromEntries(Object.entries(byRelease).map(([name, found]) => [name, group(found)]));
writeFileSync(table, `${JSON.stringify(sorted(packages), null, 2)}\n`);

/** The table is written the other way round, libraries to releases, because most releases agree. */
function group(found) {
  const groups = {};
  for (const release of Object.keys(found).sort()) {
    groups[found[release]] ??= [];
    groups[found[release]].push(release);
  }
  return Object.fromEntries(Object.entries(groups).map(([libraries, releases]) => [libraries, releases.join(' ')]));
}

function ungroup(groups) {
  const pairs = Object.entries(groups).flatMap(([libraries, releases]) => releases.split(' ').map((one) => [one, libraries]));
  return Object.fromEntries(pairs);
}

function readIndex({ place, suite, parts, file }) {
  const index = new Map();
  for (const part of parts) {
    const url = `${place}/dists/${suite}/${part}/binary-amd64/${file}`;
    const text = execFileSync('sh', ['-c', `curl -sSf '${url}' | xz -dc`], { encoding: 'utf8', maxBuffer: 1 << 30 });
    for (const paragraph of text.split('\n\n')) {
      const field = (name) => new RegExp(`^${name}: (.*)`, 'm').exec(paragraph)?.[1] ?? '';
      const name = field('Package');
      if (name === '' || index.has(name)) continue;
      const depends = field('Depends')
        .split(',')
        .map((one) =>
          one
            .split('|')[0]
            .trim()
            .replace(/[ :(].*/, ''),
        );
      const provides = field('Provides')
        .split(',')
        .map((one) => one.trim().replace(/ .*/, ''));
      index.set(name, { name, source: field('Source').split(' ')[0] || name, section: field('Section'), depends, provides });
    }
  }
  for (const entry of [...index.values()]) {
    for (const name of entry.provides) if (name.endsWith('-dev') && !index.has(name)) index.set(name, entry);
  }
  return index;
}

/** What it depends on of its own source; of a package without any, what the -dev packages it stands for have. */
function librariesOf(index, name, seen = new Set()) {
  const entry = index.get(name);
  if (entry === undefined || seen.has(entry.name)) return undefined;
  seen.add(entry.name);
  const shared = entry.depends.map((other) => index.get(other)).filter((other) => other !== undefined && isLibrary(other));
  const own = shared.filter((other) => other.source === entry.source);
  const inner = entry.depends.filter((other) => isDevelopment(other) && (own.length === 0 || index.get(other)?.source === entry.source));
  const below = inner.flatMap((other) => librariesOf(index, other, seen) ?? []);
  const all = [...own.map((other) => other.name), ...below];
  return [...new Set(all.length > 0 ? all : shared.map((other) => other.name))].sort();
}

function isDevelopment(name) {
  return /dev(-compat)?$/.test(name) && !compilerOnly.test(name);
}

function isLibrary({ name, section }) {
  return !notRuntime.test(name) && (/^(libs|oldlibs|universe\/libs)$/.test(section) || /^lib.*\d/.test(name));
}

function sorted(value) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}
