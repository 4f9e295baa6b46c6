import { describe, expect, it } from '@jest/globals';
import { convertText, finalStage } from '../support/convert-text.ts';

const FULL = 'python:3.11-bookworm';
const RUN = 'CMD ["python", "app.py"]';
const SAME = { outcome: 'unchanged', code: 'nothing-to-gain' };

function converted(app: string, more: { base?: string; head?: string; start?: string; requirements?: string; files?: Record<string, string> } = {}) {
  const { base = FULL, head = '', start = RUN, requirements = 'requests==2.32.3\n' } = more;
  const dockerfile = `FROM ${base}\n${head}WORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n${start}\n`;
  return convertText(dockerfile, { 'requirements.txt': requirements, 'app.py': app, ...more.files });
}

describe('what installs or compiles at every start', () => {
  it.each([
    ['a list of its own', 'pip install -r extra.txt'],
    ['by way of a tool', 'poetry run pip install mysqlclient'],
    ['a repository', 'pip install git+https://example.com/me/tool.git'],
    ['what is there, from its sources', 'pip install --no-binary :all: -U requests'],
    ['an extension of the project', 'pip install -e .'],
    ['with the compiler itself', 'gcc -o job job.c'],
    ['by a Makefile', 'make ext'],
  ])('keeps the image: %s', (_, command) => {
    const files = { 'extra.txt': 'mysqlclient\n', 'setup.py': 'setup(ext_modules=[])\n', Makefile: 'ext:\n\tgcc -shared -o e.so e.c\n' };
    expect(converted('', { start: `CMD ["sh", "-c", "${command} && python app.py"]`, files })).toMatchObject(SAME);
  });

  it.each([
    ['what the build installed already', 'pip install -r requirements.txt'],
    ['installers', 'pip install --upgrade pip'],
    ['what is nothing but Python', 'pip install flask'],
    ['a Makefile that compiles nothing', 'make run'],
  ])('makes nothing of %s', (_, command) => {
    const found = converted('', { start: `CMD ["sh", "-c", "${command}; python app.py"]`, files: { Makefile: 'run:\n\tpython app.py\n' } });
    expect(finalStage(found)).toContain('FROM python:3.11-slim-bookworm\n');
  });

  it('keeps git where only the start and the build clone', () => {
    const found = converted('', {
      base: 'python:3.11-slim-bookworm',
      head: 'RUN apt-get update && apt-get install -y git cmake\n',
      requirements: 'tool @ git+https://example.com/me/tool.git\n',
      start: 'CMD ["sh", "-c", "pip install -U git+https://example.com/me/tool.git && python app.py"]',
    });
    expect(finalStage(found)).toContain('apt-get install -y git\n');
  });

  it('says what the small image lacks', () => {
    const dockerfile = `FROM ${FULL}\nCOPY . .\nRUN pip install flask\nCMD gcc -o job job.c && python app.py\n`;
    const found = convertText(dockerfile, { 'app.py': '' }, { targetBase: 'slim' });
    expect(found).toMatchObject({ code: 'no-base-fits', message: expect.stringContaining('it lacks compilers and headers') });
  });
});

describe('sources that compile', () => {
  it.each([
    ['with pip', "import subprocess, sys\nsubprocess.check_call([sys.executable, '-m', 'pip', 'install', name])\n"],
    ['with the module of pip', 'import pip\npip.main(words)\n'],
    ['through a shell', "import os\nos.system('cd native && make -j4')\n"],
    ['with cffi', 'import cffi\nmine = cffi.FFI()\nlib = mine.verify(text)\n'],
    ['with setuptools', 'import setuptools\nsetuptools.Extension("f", ["f.c"])\n'],
    ['for torch', 'from torch.utils.cpp_extension import load\nload(name="f", sources=["f.cpp"])\n'],
  ])('keep the image: %s', (_, app) => {
    expect(converted(app)).toMatchObject(SAME);
  });

  it.each([
    ['words of an error', "raise ImportError('try pip install foo')\n", {}],
    ['regular expressions', 'import re\nre.compile("x")\n', {}],
    ['models of keras', 'from tensorflow import keras\nmodel.compile()\n', {}],
    ['a setup.py that nothing starts', '', { 'setup.py': 'import setuptools\nsetuptools.Extension("f", ["f.c"])\n' }],
  ])('are not %s', (_, app, files) => {
    expect(finalStage(converted(app, { files }))).toContain('FROM python:3.11-slim-bookworm\n');
  });

  it.each([
    ['torch', 'import torch\n@torch.compile\ndef f(x): return x\n', 'torch\n'],
    ['a model', 'import torch\nmodel.compile()\n', 'torch\n'],
    ['triton', 'import triton\n', 'torch\n'],
    ['a package', '', 'pymc\n'],
  ])('bring what %s is known to need', (_, app, requirements) => {
    expect(finalStage(converted(app, { requirements }))).toContain('g++ libc6-dev');
  });

  it('keep compilers and headers, not what else builds, at the version that they have', () => {
    const head = 'RUN apt-get update && apt-get install -y gcc=4:12.2.0-3 libfoo-dev cmake make\n';
    const found = finalStage(converted("import os\nos.system('gcc job.c')\n", { base: 'python:3.11-slim-bookworm', head }));
    expect(found).toContain('apt-get install -y gcc=4:12.2.0-3 libfoo-dev\n');
  });

  it('need nothing that the old image had removed', () => {
    const head = 'RUN apk add --no-cache --virtual .build build-base && pip install lxml && apk del .build\nRUN apk add --no-cache gcc\nRUN apk del gcc\n';
    expect(converted("import os\nos.system('gcc job.c')\n", { base: 'python:3.11-alpine', head }).dockerfile ?? '').not.toMatch(/FROM[\s\S]*FROM[\s\S]*gcc/);
  });

  it('find libraries with the compiler on Alpine', () => {
    const app = "from ctypes.util import find_library\nfind_library('pq')\n";
    expect(converted(app, { base: 'python:3.11-alpine', head: 'RUN apk add --no-cache build-base libpq-dev\n' })).toMatchObject(SAME);
  });
});

describe('libraries without a number', () => {
  it.each([
    ['a name', "import ctypes\nctypes.CDLL('libz.so')\n", 'zlib1g-dev'],
    ['a constant', "import ctypes\nNAME = 'libxml2.so'\nctypes.CDLL(NAME)\n", 'libxml2-dev'],
    ['a path in settings', "GDAL = '/usr/lib/x86_64-linux-gnu/libpq.so'\n", 'libpq-dev'],
  ])('bring their link: %s', (_, app, name) => {
    expect(finalStage(converted(app))).toMatch(new RegExp(`no-install-recommends .*${name} `));
  });

  it('keep all headers where none is called after them', () => {
    const head = 'RUN apt-get update && apt-get install -y libfoo-dev libbar-dev cmake g++\n';
    const found = finalStage(converted("import ctypes\nctypes.CDLL('libother.so')\n", { base: 'python:3.11-slim-bookworm', head }));
    expect(found).toMatch(/apt-get install -y libfoo-dev libbar-dev/);
  });

  it('are those of the start as well', () => {
    const head = 'RUN apt-get update && apt-get install -y libjemalloc-dev cmake g++\n';
    const start = 'CMD LD_PRELOAD=/usr/lib/x86_64-linux-gnu/libjemalloc.so python app.py';
    expect(finalStage(converted('', { base: 'python:3.11-slim-bookworm', head, start }))).toContain('libjemalloc-dev');
  });

  it('are not those that the context brings, nor those with a number', () => {
    expect(finalStage(converted("import ctypes\nctypes.CDLL('libown.so')\n", { files: { 'lib/libown.so': '' } }))).not.toContain('-dev');
    expect(finalStage(converted("import ctypes\nctypes.CDLL('libpq.so.5')\n"))).toContain('--no-install-recommends libpq5 ');
  });
});
