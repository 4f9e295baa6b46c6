import { describe, expect, it } from '@jest/globals';
import { memoryContext } from '../../src/index.ts';
import { hasWheels } from '../../src/knowledge/python-wheels.ts';
import { hasWheel, readLock } from '../../src/languages/python/locks.ts';
import { readPipfile, readProject } from '../../src/languages/python/manifests.ts';
import { readRequirementsFile, readSpec } from '../../src/languages/python/requirements.ts';
import { fitsVersion } from '../../src/languages/python/versions.ts';

const evidence = { file: 'x', note: '' };
const read = (files: Record<string, string>, path: string) => readRequirementsFile(path, (file) => files[file]);

describe('requirements', () => {
  it.each([
    ['Flask[async]==3.0.1 ; python_version > "3"', { name: 'flask', pin: '3.0.1' }],
    ['zope.interface (>=5)', { name: 'zope-interface' }],
    ['tool @ git+https://example.com/me/tool.git', { name: 'tool', url: 'git+https://example.com/me/tool.git' }],
    ['git+https://example.com/me/tool.git@v1#egg=tool', { name: 'tool' }],
    ['https://example.com/a/main.zip#egg=thing', { name: 'thing' }],
  ])('reads %s', (text, expected) => expect(readSpec(text, evidence)).toMatchObject(expected));

  it('leaves out what other implementations and systems install', () => {
    expect(readSpec("psycopg2cffi==2.9; implementation_name=='pypy'", evidence)).toBeUndefined();
    expect(readSpec("pywin32; sys_platform == 'win32'", evidence)).toBeUndefined();
  });

  it('follows files that are included, and knows what it cannot read', () => {
    const files = {
      'a/base.txt': '-r more/other.txt\n# note\nflask  # web\n-e git+https://example.com/x.git#egg=x\n',
      'a/more/other.txt': 'redis==5.0 \\\n    --hash=sha256:1\n',
    };
    expect(read(files, 'a/base.txt')).toMatchObject({
      requirements: [{ name: 'redis', pin: '5.0' }, { name: 'flask' }, { name: 'x' }],
      checkouts: ['x'],
      opaque: false,
    });
    expect(read({ 'a.txt': '-r missing.txt' }, 'a.txt').opaque).toBe(true);
  });

  it('reads UTF-16 and line ends of Windows', () => {
    const wide = `\uFFFD\uFFFD${[...'flask==3.0\r\nredis\r\n'].map((character) => `${character}\0`).join('')}`;
    expect(read({ 'r.txt': wide }, 'r.txt').requirements.map(({ name }) => name)).toEqual(['flask', 'redis']);
  });

  it('keeps the packages that are built from source', () => {
    expect(read({ 'r.txt': '--no-binary lxml\nlxml\n' }, 'r.txt').compiled).toEqual(['lxml']);
  });
});

describe('manifests', () => {
  const names = (list: { name: string }[]) => list.map(({ name }) => name);

  it('reads the tables of pyproject.toml', () => {
    const context = memoryContext({
      'pyproject.toml':
        '[project]\nname = "a"\nrequires-python = ">=3.9"\ndependencies = ["flask>=2"]\n[project.optional-dependencies]\nx = ["redis"]\n[dependency-groups]\ndev = ["pytest"]\n',
    });
    const project = readProject(context, '');
    expect(project).toMatchObject({ name: 'a', python: '>=3.9', opaque: false, generates: false });
    expect(names(project.requirements)).toEqual(['flask', 'redis', 'pytest']);
  });

  it("reads poetry's table with its groups", () => {
    const context = memoryContext({
      'pyproject.toml':
        '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\npython = "^3.9"\nflask = "3.0.0"\nown = { git = "https://example.com/own.git" }\n[tool.poetry.group.dev.dependencies]\nblack = "*"\n',
    });
    expect(readProject(context, '').requirements).toMatchObject([
      { name: 'flask', pin: '3.0.0' },
      { name: 'own', url: 'https://example.com/own.git' },
      { name: 'black' },
    ]);
  });

  it('reads lists and files that setup.py names, and says where it computes', () => {
    const setup = (text: string) => readProject(memoryContext({ 'setup.py': text, 'requirements.txt': 'redis\n' }), '');
    expect(names(setup('setup(name="a", install_requires=["flask", "click>=8"])').requirements)).toEqual(['flask', 'click']);
    expect(names(setup('setup(install_requires=open("requirements.txt").readlines())').requirements)).toEqual(['redis']);
    expect(setup('setup(install_requires=find())').opaque).toBe(true);
    expect(setup('setup(ext_modules=[Extension("a", ["a.c"])])').generates).toBe(true);
  });

  it('reads a Pipfile and its lock', () => {
    const context = memoryContext({
      Pipfile: '[packages]\nflask = "*"\n[dev-packages]\nblack = "==23.1"\n',
      'Pipfile.lock': '{"default": {"flask": {"version": "==3.0.0"}}, "develop": {}}',
    });
    expect(names(readPipfile(context, '').requirements)).toEqual(['flask', 'black']);
    expect(readLock(context, '', 'Pipfile.lock')).toMatchObject([{ name: 'flask', pin: '3.0.0' }]);
  });

  it("does not take a workspace's own members for packages of the index", () => {
    const lock =
      '[[package]]\nname = "own"\nversion = "0"\nsource = { editable = "." }\n[[package]]\nname = "flask"\nversion = "3"\nsource = { registry = "x" }\nwheels = [{ url = "https://example.com/flask-3-py3-none-any.whl" }]\n';
    const packages = readLock(memoryContext({ 'uv.lock': lock }), '', 'uv.lock') ?? [];
    expect(names(packages)).toEqual(['flask']);
    expect(packages.every((one) => hasWheel(one, '3.12', 'glibc'))).toBe(true);
  });

  it('survives manifests that are broken', () => {
    const context = memoryContext({ 'pyproject.toml': '[project\n', 'Pipfile.lock': '{' });
    expect(readProject(context, '').requirements).toEqual([]);
    expect(readLock(context, '', 'Pipfile.lock')).toEqual([]);
  });
});

describe('versions', () => {
  it.each([
    ['3.12', '>=3.10,<4', true],
    ['3.12', '3.12', true],
    ['3.12', '^3.9', true],
    ['3.12', '>=3.13', false],
    ['3.14', '==3.14.0', false],
    ['3.12', '>=3.12.4', false],
    ['3.12', '==3.12.*', true],
    ['3.12', 'pypy', false],
  ])('Python %s and %s: %s', (minor, request, fits) => expect(fitsVersion(minor, request)).toBe(fits));

  it('knows from when on there are wheels', () => {
    expect(hasWheels('pyyaml', '6.0.1', '3.12')).toBe(true);
    expect(hasWheels('pyyaml', '5.4.1', '3.12')).toBe(false);
    expect(hasWheels('nobody-knows-this', '1', '3.12')).toBe(false);
  });
});
