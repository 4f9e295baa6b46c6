import { describe, expect, it } from '@jest/globals';
import { builderStage, convertText, finalStage } from '../support/convert-text.ts';

const start = 'CMD ["python", "app.py"]\n';
const fat = (install: string, base = 'python:3.12-bookworm') => `FROM ${base}\nWORKDIR /app\nCOPY . .\nRUN ${install}\n${start}`;
const LISTED = 'ldd';

describe('libraries', () => {
  it('leaves compilers and headers behind, and keeps the libraries', () => {
    const dockerfile = `FROM python:3.12-slim-bookworm\nRUN apt-get update && apt-get install -y build-essential libpq-dev\nWORKDIR /app\nCOPY . .\nRUN pip install psycopg2\n${start}`;
    const text = finalStage(convertText(dockerfile, { 'app.py': '' }));
    expect(text).toContain('apt-get install -y libpq5');
    expect(text).not.toContain('build-essential');
  });

  it('installs the library that the full image brought without a word', () => {
    expect(finalStage(convertText(fat('pip install psycopg2'), { 'app.py': '' }))).toContain('--no-install-recommends libpq5 ');
  });

  it('lets the builder look where a package is not known', () => {
    const conversion = convertText(fat('pip install nobody-knows-this'), { 'app.py': '' });
    expect(builderStage(conversion)).toContain(LISTED);
    expect(finalStage(conversion)).toContain('COPY --from=builder /tmp/runtime-packages /tmp/runtime-packages\n');
  });

  it('lets the builder look where an exact version may have no wheel', () => {
    expect(builderStage(convertText(fat('pip install pillow==7.1.2'), { 'app.py': '' }))).toContain(LISTED);
    expect(builderStage(convertText(fat('pip install pillow'), { 'app.py': '' }))).not.toContain(LISTED);
    expect(builderStage(convertText(fat('pip install --no-binary :all: pillow'), { 'app.py': '' }))).not.toContain(LISTED);
    expect(finalStage(convertText(fat('pip install --no-binary lxml lxml'), { 'app.py': '' }))).toContain('libxslt1.1');
  });

  it('reads in a lock file that there is a wheel for this Python', () => {
    const lock = (tag: string) =>
      ['x86_64', 'aarch64'].map((processor) => `{ url = "https://example.com/odd-1-${tag}-manylinux_2_17_${processor}.whl" }`).join(', ');
    const files = (tag: string) => ({
      'app.py': '',
      'pyproject.toml': '[project]\nname = "x"\nversion = "0"\n',
      'uv.lock': `[[package]]\nname = "odd"\nversion = "1"\nwheels = [${lock(tag)}]\n`,
    });
    const dockerfile = fat('pip install uv && uv sync');
    expect(builderStage(convertText(dockerfile, files('cp312-cp312')))).not.toContain(LISTED);
    expect(builderStage(convertText(dockerfile, files('cp39-abi3')))).not.toContain(LISTED);
    expect(builderStage(convertText(dockerfile, files('cp311-cp311')))).toContain(LISTED);
  });

  it('does not look where nothing can be compiled', () => {
    const dockerfile = `FROM python:3.12-slim\nRUN apt-get update && apt-get install -y git\nWORKDIR /app\nCOPY . .\nRUN pip install git+https://example.com/me/tool.git\n${start}`;
    expect(builderStage(convertText(dockerfile, { 'app.py': '' }))).not.toContain(LISTED);
  });

  it('installs libraries that a package opens by name, and Tk', () => {
    expect(finalStage(convertText(fat('pip install python-magic'), { 'app.py': '' }))).toContain('libmagic1 ');
    expect(finalStage(convertText(fat('pip install flask'), { 'app.py': 'import tkinter as tk\n' }))).toContain('libtk8.6 ');
  });

  it('lets a pipefail shell look as well', () => {
    const dockerfile = fat('pip install nobody-knows-this').replace('WORKDIR', 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nWORKDIR');
    expect(builderStage(convertText(dockerfile, { 'app.py': '' }))).toContain('RUN set +o pipefail; find ');
  });
});

describe('programs', () => {
  const withSource = (source: string) => finalStage(convertText(fat('pip install flask'), { 'app.py': source }));

  it.each([
    ['a list', 'import subprocess\nsubprocess.run(["git", "pull"])\n'],
    ['a text', 'import os\nos.system("cd /x && git pull")\n'],
    ['a name given before', 'import subprocess\ncmd = ["git", "pull"]\nsubprocess.check_output(cmd)\n'],
    ['shutil.which', 'import shutil\nshutil.which("git")\n'],
  ])('installs what %s starts', (_, source) => {
    expect(withSource(source)).toContain('--no-install-recommends git ');
  });

  it('takes what literals name where the program is computed, and tells', () => {
    const conversion = convertText(fat('pip install flask'), {
      'app.py': 'import subprocess, sys\nTOOLS = {"a": "git status", "b": "file"}\nsubprocess.run(TOOLS[sys.argv[1]])\n',
    });
    expect(finalStage(conversion)).toContain('--no-install-recommends git ');
    expect(conversion.decisions.map(({ code }) => code)).toContain('computed-program');
  });

  it("leaves alone what comments and other modules' functions say", () => {
    expect(withSource('# subprocess.run(["git"])\nx = "os.system(\'git\')"\nself.run(["git"])\n')).not.toContain('apt-get');
  });

  it('installs what a package starts where the old image had it', () => {
    expect(finalStage(convertText(fat('pip install gitpython'), { 'app.py': '' }))).toContain('git ');
    expect(finalStage(convertText(fat('pip install pydub'), { 'app.py': '' }))).not.toContain('ffmpeg');
  });

  it('keeps git where the program starts it, not where only pip did', () => {
    const dockerfile = `FROM python:3.12-slim\nRUN apt-get update && apt-get install -y git\nWORKDIR /app\nCOPY . .\nRUN pip install git+https://example.com/me/tool.git\n${start}`;
    expect(finalStage(convertText(dockerfile, { 'app.py': '' }))).not.toContain('apt-get install');
    expect(convertText(dockerfile, { 'app.py': 'import os\nos.system("git log")\n' })).toMatchObject({ code: 'nothing-to-gain' });
  });

  it('brings a compiler for what compiles while it runs', () => {
    expect(withSource('import torch\nmodel = torch.compile(model)\n')).toContain('g++ libc6-dev');
  });
});

describe('what is left unchanged or refused', () => {
  const outcome = (dockerfile: string, files: Record<string, string> = { 'app.py': '' }) => convertText(dockerfile, files);

  it.each([
    ['a slim image that only installs and runs', `FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install flask\n${start}`],
    [
      'compilers that go in the same RUN',
      `FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN apt-get update && apt-get install -y gcc && pip install cffi && apt-get purge -y gcc\n${start}`,
    ],
    [
      'a virtual group that goes in the same RUN',
      `FROM python:3.12-alpine\nWORKDIR /app\nCOPY . .\nRUN apk add --virtual .build gcc musl-dev && pip install cffi && apk del .build\n${start}`,
    ],
    [
      'a tool that stays, and a cache',
      `FROM python:3.12-slim\nRUN apt-get update && apt-get install -y curl\nWORKDIR /app\nCOPY . .\nRUN pip install nltk && python -c "import nltk; nltk.download('x')"\n${start}`,
    ],
    ['a full image in which nothing is installed', `FROM python:3.12\nWORKDIR /app\nCOPY . .\n${start}`],
  ])('%s: nothing to gain', (_, dockerfile) => {
    expect(outcome(dockerfile)).toMatchObject({ outcome: 'unchanged', code: 'nothing-to-gain' });
  });

  it('names the slim tag to somebody who installs nothing', () => {
    expect(outcome(`FROM python:3.12\nWORKDIR /app\nCOPY . .\n${start}`).help).toContain('python:3.12-slim');
  });

  it('refuses browsers, digests and images that it does not know', () => {
    expect(outcome(fat('pip install playwright && playwright install'))).toMatchObject({ code: 'browser-needed' });
    expect(outcome(fat('pip install flask', `python:3.12@sha256:${'a'.repeat(64)}`))).toMatchObject({ code: 'digest-pinned' });
    expect(outcome(fat('pip install flask', 'nvidia/cuda:12.0-base'))).toMatchObject({ code: 'unknown-base' });
  });

  it('moves to Alpine only what is proved to be nothing but Python', () => {
    const files = (wheel: string) => ({
      'app.py': '',
      'pyproject.toml': '[project]\nname = "x"\nversion = "0"\nrequires-python = ">=3.9"\n',
      'uv.lock': `[[package]]\nname = "odd"\nversion = "1"\nwheels = [{ url = "https://example.com/${wheel}" }]\n`,
    });
    const dockerfile = `FROM python:3.12\nCOPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/\nWORKDIR /app\nCOPY . .\nRUN uv sync\nCMD ["/app/.venv/bin/python", "app.py"]\n`;
    expect(finalStage(convertText(dockerfile, files('odd-1-py3-none-any.whl'), { targetBase: 'alpine' }))).toContain('FROM python:3.12-alpine\n');
    expect(convertText(dockerfile, files('odd-1-cp312-cp312-manylinux_2_17_x86_64.whl'), { targetBase: 'alpine' })).toMatchObject({ code: 'no-base-fits' });
    expect(convertText(fat('pip install flask'), { 'app.py': '' }, { targetBase: 'distroless' })).toMatchObject({ code: 'no-base-fits' });
  });

  it('says that a list with single quotes is none', () => {
    expect(outcome("FROM python:3.12\nRUN pip install uvicorn\nCMD ['uvicorn', 'main:app']\n")).toMatchObject({ code: 'unknown-start' });
  });
});

describe('shell scripts that a source starts', () => {
  it('need their programs too', () => {
    const files = {
      'app.py': 'import subprocess\nsubprocess.run(["bash", "tools/fetch.sh"])\n',
      'tools/fetch.sh': '#!/bin/bash\nset -e\ncurl -fsS https://example.com | wc -l\n',
    };
    expect(finalStage(convertText(fat('pip install flask'), files))).toContain('--no-install-recommends curl ');
  });
});
