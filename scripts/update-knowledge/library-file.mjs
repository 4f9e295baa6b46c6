// Reads one file of docker-library/official-images' folder `library/`, in the form of RFC 2822 and in the one before it.

/** tag → where it was built from, with the tags beside it. */
export function parseLibrary(text) {
  const builds = /^(Tags|SharedTags):/m.test(text) ? paragraphs(text) : oldLines(text);
  const tags = new Map();
  for (const build of builds) {
    if (/windows|nanoserver/i.test(build.directory) || /^Constraints:.*(windows|nanoserver)/m.test(build.text ?? '')) continue;
    for (const tag of build.names) if (!tags.has(tag)) tags.set(tag, build);
  }
  return tags;
}

function paragraphs(text) {
  const blocks = text
    .replace(/^#.*\n/gm, '')
    .split(/\n\s*\n/)
    .map((block) => ({ block, fields: fieldsOf(block) }));
  const head = blocks.find(({ fields }) => fields.Tags === undefined && fields.SharedTags === undefined)?.fields ?? {};
  return blocks
    .filter(({ fields }) => fields.Tags !== undefined || fields.SharedTags !== undefined)
    .map(({ block, fields }) => {
      const all = { ...head, ...fields };
      const names = `${fields.Tags ?? ''},${fields.SharedTags ?? ''}`.split(',').map((name) => name.trim());
      return {
        names: names.filter((name) => name !== ''),
        repository: all.GitRepo ?? '',
        commit: all['amd64-GitCommit'] ?? all.GitCommit ?? '',
        directory: all['amd64-Directory'] ?? all.Directory ?? '.',
        file: all.File ?? 'Dockerfile',
        text: block,
      };
    });
}

function fieldsOf(block) {
  const joined = block.replace(/\n[ \t]+/g, ' ');
  return Object.fromEntries([...joined.matchAll(/^([\w-]+):[ \t]*(.*)$/gm)].map(([, name, value]) => [name, value.trim()]));
}

/** `tag: git://place@commit directory`; the tags of one place, commit and directory belong together. */
function oldLines(text) {
  const builds = new Map();
  for (const [, tag, repository, commit, directory = '.'] of text.matchAll(/^([\w][\w.-]*):[ \t]*((?:git|https?):\S+)@(\S+)(?:[ \t]+(\S+))?/gm)) {
    const key = `${repository} ${commit} ${directory}`;
    const build = builds.get(key) ?? { names: [], repository, commit, directory, file: 'Dockerfile' };
    build.names.push(tag);
    builds.set(key, build);
  }
  return [...builds.values()];
}
