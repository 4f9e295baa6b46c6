import { describe, expect, it } from '@jest/globals';
import { walk } from '../../src/effects/walk.ts';
import { memoryContext } from '../../src/index.ts';
import { parseDockerfile } from '../../src/parse/dockerfile.ts';

const FILES = { 'a.txt': '', 'b.txt': '', 'data/c.txt': '', 'data/deep/d.txt': '', 'x (1).txt': '', 'lib.tar.gz': '' };

function labelOf(text: string) {
  const source = parseDockerfile(`FROM debian\nARG DIR=/srv/app\nWORKDIR /app\n${text}\n`, 'Dockerfile');
  const input = { source, context: memoryContext(FILES), buildArgs: {}, baseEnv: { PATH: '/bin' }, baseUser: '', baseWorkdir: '/', rules: {} };
  return walk(input).at(-1)?.copy;
}

describe('COPY and ADD place', () => {
  it.each([
    ['COPY a.txt b.txt x/', ['/app/x/a.txt', '/app/x/b.txt']],
    ['COPY a.txt new', ['/app/new']],
    ['COPY a.txt .', ['/app/a.txt']],
    ['COPY a.txt ..', ['/a.txt']],
    ['COPY a.txt /usr/local/bin', ['/usr/local/bin/a.txt']],
    ['COPY a.txt $DIR/', ['/srv/app/a.txt']],
    ['COPY [ab].txt /x/', ['/x/a.txt', '/x/b.txt']],
    ['COPY [^a].txt /x/', ['/x/b.txt']],
    ['COPY ?.txt data /x/', ['/x/a.txt', '/x/b.txt', '/x']],
    ['COPY a*.txt /x', ['/x']],
    ['COPY ["x (1).txt", "/x/"]', ['/x/x (1).txt']],
    ['COPY data/* /x/', ['/x/c.txt', '/x']],
    ['COPY --parents data/./deep/d.txt /x/', ['/x/deep/d.txt']],
    ['COPY --parents data/c.txt /x/', ['/x/data/c.txt']],
    ['COPY <<one <<two /x/\n1\none\n2\ntwo', ['/x/one', '/x/two']],
    ['COPY --from=nginx /a /b', []],
    ['ADD lib.tar.gz /x', ['/x']],
    ['ADD --unpack=false lib.tar.gz /x/', ['/x/lib.tar.gz']],
    ['ADD https://example.com/d/f.tgz?v=1 /x/', ['/x/f.tgz']],
    ['ADD https://example.com/d/f.tgz /x', ['/x']],
    ['ADD https://github.com/a/b.git#main /x', ['/x']],
  ])('%s', (text, paths) => {
    expect(labelOf(text)?.placed.map(({ path }) => path)).toEqual(paths);
  });

  it('an archive as what is in it, unless told otherwise', () => {
    expect(labelOf('ADD lib.tar.gz /x')).toMatchObject({ unpacks: true, placed: [{ kind: 'directory' }] });
    expect(labelOf('COPY lib.tar.gz /x')).toMatchObject({ unpacks: false });
    expect(labelOf('ADD --unpack=false lib.tar.gz /x/')).toMatchObject({ unpacks: false });
    expect(labelOf('ADD https://example.com/f.tar.gz /x/')).toMatchObject({ from: 'url', unpacks: false });
  });

  it('into a directory that is there, and as a file of that name where there is none', () => {
    expect(labelOf('COPY data /opt/data\nCOPY a.txt /opt/data')?.placed).toMatchObject([{ path: '/opt/data/a.txt' }]);
    expect(labelOf('WORKDIR /w/x\nWORKDIR /\nCOPY a.txt w')?.placed).toMatchObject([{ path: '/w/a.txt' }]);
    expect(labelOf('COPY a.txt /opt/data')?.placed).toMatchObject([{ path: '/opt/data' }]);
  });

  it('for an owner, expanded', () => {
    expect(labelOf('ARG U=app\nCOPY --chown=$U:"$U" a.txt .')?.owner).toBe('app:app');
  });

  it.each([
    ['COPY gone.txt .', 'missing-source'],
    ['COPY z*.txt .', 'missing-source'],
    ['COPY [z-a].txt .', 'missing-source'],
    ['COPY a.txt', 'syntax'],
    ['COPY --from=0 /a /b', 'syntax'],
  ])('nothing for %s', (text, code) => {
    expect(() => labelOf(text)).toThrow(expect.objectContaining({ code }));
  });
});
