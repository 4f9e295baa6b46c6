// Writes src/knowledge/python-wheels.json from the file lists of the Python Package Index.
//   node scripts/update-knowledge/python-wheels.mjs INDEX
// INDEX is the address of the index's simple interface, with a slash at the end.
// The packages are those of python-packages.json that are linked to libraries which full images have.
import { writeFileSync } from 'node:fs';

const [index] = process.argv.slice(2);
if (!index) throw new Error('usage: python-wheels.mjs INDEX (the address of the simple index)');

const packages = ['cffi', 'cryptography', 'lxml', 'pillow', 'pyyaml'];
const minors = Array.from({ length: 9 }, (_, at) => at + 6);
const target = new URL('../../src/knowledge/python-wheels.json', import.meta.url);

const table = {};
for (const name of packages) table[name] = sinceWhen(await fileNames(name));
writeFileSync(target, `${JSON.stringify(table, null, 2)}\n`);

async function fileNames(name) {
  const answer = await fetch(`${index}${name}/`, { headers: { Accept: 'application/vnd.pypi.simple.v1+json' } });
  return (await answer.json()).files.map(({ filename }) => filename);
}

/** Python's version → the version from which on each one has a wheel for both usual processors. */
function sinceWhen(files) {
  const wheels = files.flatMap((file) => {
    const [, version, tag, abi, platform] = /^[\w.]+?-(\d+(?:\.\d+)*)-(cp3\d+)-(\w+)-(.+)\.whl$/.exec(file) ?? [];
    return platform?.includes('manylinux') ? [{ version, tag, abi, platform }] : [];
  });
  const versions = [...new Set(wheels.map(({ version }) => version))].sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
  const pairs = minors.flatMap((minor) => {
    const has = (version) =>
      ['x86_64', 'aarch64'].every((processor) => wheels.some((wheel) => wheel.version === version && wheel.platform.includes(processor) && fits(wheel, minor)));
    const last = versions.findLastIndex(has);
    let first = last;
    while (first > 0 && has(versions[first - 1])) first -= 1;
    return last < 0 ? [] : [[`3.${minor}`, versions[first]]];
  });
  return Object.fromEntries(pairs.sort());
}

function fits({ tag, abi }, minor) {
  return abi === 'abi3' ? Number(tag.slice(3)) <= minor : tag === `cp3${minor}` && !abi.endsWith('t');
}
