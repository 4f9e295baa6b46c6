import { describe, expect, it } from '@jest/globals';
import { builderStage, convertText, finalStage } from '../support/convert-text.ts';

const SITE = 'COPY --from=builder /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.12/site-packages\n';
const BIN = 'COPY --from=builder /usr/local/bin /usr/local/bin\n';
const APP = { 'app.py': 'import flask\n', 'requirements.txt': 'flask\n' };
const PROJECT = '[project]\nname = "my-app"\nversion = "0"\nrequires-python = ">=3.12"\ndependencies = ["flask"]\n';
const start = 'CMD ["python", "app.py"]\n';
const fat = (body: string, base = 'python:3.12') => `FROM ${base}\nWORKDIR /app\n${body}${start}`;

describe('where pip installs to', () => {
  it('brings site-packages and console scripts to the slim image, at the same place', () => {
    const dockerfile = fat('COPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n');
    expect(finalStage(convertText(dockerfile, APP))).toBe(`FROM python:3.12-slim\nWORKDIR /app\n${SITE}${BIN}COPY . .\n${start}`);
  });

  it('brings the whole /usr/local where the tag may move to another Python', () => {
    const dockerfile = fat('COPY . .\nRUN pip install flask\n', 'python:3');
    expect(finalStage(convertText(dockerfile, APP))).toContain('FROM python:3-slim\nWORKDIR /app\nCOPY . .\nCOPY --from=builder /usr/local /usr/local\n');
  });

  it('does so where a build argument decides on the version', () => {
    const dockerfile = `ARG VERSION=3.12\nFROM python:${'$'}{VERSION}\nWORKDIR /app\nCOPY . .\nRUN pip install flask\n${start}`;
    expect(finalStage(convertText(dockerfile, APP))).toContain(
      'FROM python:${VERSION}-slim\nWORKDIR /app\nCOPY . .\nCOPY --from=builder /usr/local /usr/local\n',
    );
  });

  it('brings etc and share where a package is not known', () => {
    const dockerfile = fat('COPY . .\nRUN python3 -m pip install nobody-knows-this\n');
    expect(finalStage(convertText(dockerfile, APP))).toContain(
      `${SITE}${BIN}COPY --from=builder /usr/local/etc /usr/local/etc\nCOPY --from=builder /usr/local/share /usr/local/share\n`,
    );
  });

  it('brings all of /usr/local for a package that is known to fill it', () => {
    expect(finalStage(convertText(fat('COPY . .\nRUN pip install jupyterlab\n'), APP))).toContain('COPY --from=builder /usr/local /usr/local\n');
  });

  it.each([
    ['a virtual environment on PATH', 'RUN python -m venv /opt/venv\nENV PATH="/opt/venv/bin:$PATH"\nCOPY . .\nRUN pip install flask\n', '/opt/venv'],
    ['a virtual environment by its own pip', 'COPY . .\nRUN virtualenv /srv/env && /srv/env/bin/pip install flask\n', '/srv/env'],
    ['an activated virtual environment', 'COPY . .\nRUN python -m venv e && . e/bin/activate && pip install flask\n', '/app/e'],
    ['--target', 'COPY . .\nRUN pip install --target=/deps -r requirements.txt\n', '/deps'],
    ['--prefix', 'COPY . .\nRUN pip install --prefix /install -r requirements.txt\n', '/install'],
    ['--user', 'COPY . .\nRUN pip3 install --user flask\n', '/root/.local'],
    ['PIP_TARGET', 'ENV PIP_TARGET=/deps\nCOPY . .\nRUN pip install flask\n', '/deps'],
  ])('follows %s', (_, body, path) => {
    const text = finalStage(convertText(fat(body), APP));
    expect(text).toContain(`COPY --from=builder ${path} ${path}\n`);
    expect(text).not.toContain('site-packages');
  });

  it('gives what a user installed to that user, in the home that useradd made', () => {
    const dockerfile = fat('RUN useradd -m -d /srv/me me\nUSER me\nCOPY . .\nRUN pip install flask\n');
    expect(finalStage(convertText(dockerfile, APP))).toContain('COPY --from=builder --chown=me /srv/me/.local /srv/me/.local\n');
  });

  it("finds the packages of the distribution's pip, and keeps its python3 and what pip pulled in", () => {
    const dockerfile =
      'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y python3-pip\nWORKDIR /app\nCOPY . .\nRUN pip3 install flask\nCMD ["python3", "app.py"]\n';
    const text = finalStage(convertText(dockerfile, APP));
    expect(text).toContain('apt-get install -y python3 python3-setuptools ca-certificates\n');
    expect(text).toContain('COPY --from=builder /usr/local /usr/local\n');
  });

  it('refuses where packages lie among the files of the system', () => {
    const dockerfile = 'FROM alpine:3.19\nRUN apk add python3 py3-pip gcc\nWORKDIR /app\nCOPY . .\nRUN pip3 install flask\nCMD ["python3", "app.py"]\n';
    expect(convertText(dockerfile, APP)).toMatchObject({ outcome: 'refused', code: 'layout-unknown' });
  });
});

describe('projects that install themselves', () => {
  it('resolves paths of a requirements file from where pip runs', () => {
    const dockerfile = fat('COPY . .\nRUN pip install -r etc/requirements.txt\n');
    expect(finalStage(convertText(dockerfile, { 'app.py': '', 'etc/requirements.txt': '-e ./lib\n', 'lib/pyproject.toml': PROJECT }))).toContain(
      'COPY --from=builder /app/lib /app/lib\n',
    );
  });

  it('brings the directory of an editable install', () => {
    const dockerfile = fat('COPY . .\nRUN pip install -e .\n');
    const text = finalStage(convertText(dockerfile, { ...APP, 'pyproject.toml': PROJECT }));
    expect(text).toContain('COPY --from=builder /app /app\n');
    expect(text).not.toContain('COPY . .');
  });

  it('tells the outcome of an editable install from the system in the root directory', () => {
    const dockerfile = `FROM python:3.12\nCOPY . .\nRUN pip install -e .\n${start}`;
    const conversion = convertText(dockerfile, { ...APP, 'setup.py': "setup(name='my-package', install_requires=['click'])" });
    expect(builderStage(conversion)).toContain('RUN mkdir -p /my_package.egg-info\n');
    expect(finalStage(conversion)).toContain('COPY --from=builder /my_package.egg-info /my_package.egg-info\n');
  });

  it('brings repositories that are checked out', () => {
    const dockerfile = fat('COPY . .\nRUN pip install -e git+https://example.com/me/tool.git@v1#egg=tool\n');
    expect(finalStage(convertText(dockerfile, APP))).toContain('COPY --from=builder /app/src/tool /app/src/tool\n');
  });

  it('brings sources that a build writes into the project', () => {
    const dockerfile = fat('COPY . .\nRUN pip install .\n');
    const pyproject = `${PROJECT}[tool.setuptools_scm]\nwrite_to = "my_app/_version.py"\n`;
    expect(finalStage(convertText(dockerfile, { ...APP, 'pyproject.toml': pyproject }))).toContain('COPY --from=builder /app /app\n');
  });
});

describe('poetry, pipenv and uv', () => {
  const poetry = { ...APP, 'pyproject.toml': '[tool.poetry]\nname = "x"\n[tool.poetry.dependencies]\nflask = "^3"\n' };

  it("brings poetry's environments out of its cache, and poetry where the image starts with it", () => {
    const dockerfile =
      'FROM python:3.12\nRUN pip install poetry\nWORKDIR /app\nCOPY . .\nRUN poetry install --no-root\nCMD ["poetry", "run", "python", "app.py"]\n';
    const text = finalStage(convertText(dockerfile, poetry));
    expect(text).toContain('COPY --from=builder /root/.cache/pypoetry/virtualenvs /root/.cache/pypoetry/virtualenvs\n');
    expect(text).toContain(SITE);
  });

  it('leaves the tool behind where nothing starts it', () => {
    const dockerfile = fat('RUN pip install poetry\nCOPY . .\nENV POETRY_VIRTUALENVS_IN_PROJECT=1 PATH=/app/.venv/bin:$PATH\nRUN poetry install --no-root\n');
    const text = finalStage(convertText(dockerfile, poetry));
    expect(text).toContain('COPY --from=builder /app/.venv /app/.venv\n');
    expect(text).not.toContain('/usr/local');
  });

  it('follows poetry config', () => {
    const dockerfile = fat('RUN pip install poetry && poetry config virtualenvs.create false\nCOPY . .\nRUN poetry install --no-root\n');
    expect(finalStage(convertText(dockerfile, poetry))).toContain(SITE);
  });

  it("knows poetry's own installer", () => {
    const dockerfile = fat(
      'RUN curl -sSL https://install.python-poetry.org | python3 -\nCOPY . .\nRUN /root/.local/bin/poetry config virtualenvs.in-project true && /root/.local/bin/poetry install\n',
    );
    const text = finalStage(convertText(dockerfile, poetry));
    expect(text).toContain('COPY --from=builder /app/.venv /app/.venv\n');
    expect(text).not.toContain('pypoetry');
  });

  it.each([
    ['pipenv install --system', '', SITE],
    ['pipenv sync', 'ENV PIPENV_VENV_IN_PROJECT=1\n', 'COPY --from=builder /app/.venv /app/.venv\n'],
    ['pipenv install', '', 'COPY --from=builder /root/.local/share/virtualenvs /root/.local/share/virtualenvs\n'],
  ])('finds what `%s` installs', (command, env, copy) => {
    const dockerfile = fat(`RUN pip install pipenv\n${env}COPY . .\nRUN ${command}\n`);
    expect(finalStage(convertText(dockerfile, { ...APP, Pipfile: '[packages]\nflask = "*"\n' }))).toContain(copy);
  });

  it('leaves uv in the builder, and follows its environment', () => {
    const dockerfile = fat('COPY --from=ghcr.io/astral-sh/uv:latest /uv /uvx /bin/\nCOPY . .\nRUN uv sync --frozen\nENV PATH=/app/.venv/bin:$PATH\n');
    const text = finalStage(convertText(dockerfile, { ...APP, 'pyproject.toml': PROJECT }));
    expect(text).toContain('COPY --from=builder /app/.venv /app/.venv\n');
    expect(text).not.toContain('astral');
  });

  it('brings the Python that uv may download', () => {
    const dockerfile = fat('RUN pip install uv\nCOPY . .\nRUN uv sync\n', 'python:3.11-bookworm');
    const conversion = convertText(dockerfile, { ...APP, 'pyproject.toml': PROJECT });
    expect(builderStage(conversion)).toContain('RUN mkdir -p /root/.local/share/uv/python\n');
    expect(finalStage(conversion)).toContain('COPY --from=builder /root/.local/share/uv/python /root/.local/share/uv/python\n');
  });

  it('brings the lock file that uv made, where `uv run` reads it at each start', () => {
    const dockerfile = (command: string) => `FROM python:3.12\nRUN pip install uv\nWORKDIR /app\nCOPY . .\nRUN uv sync\nCMD ${command}\n`;
    const files = { ...APP, 'pyproject.toml': PROJECT };
    expect(finalStage(convertText(dockerfile('["uv", "run", "app.py"]'), files))).toContain('COPY --from=builder /app/uv.lock /app/uv.lock\n');
    expect(finalStage(convertText(dockerfile('["/app/.venv/bin/python", "app.py"]'), files))).not.toContain('uv.lock');
  });

  it('finds what uv installs into the system', () => {
    const dockerfile = fat('RUN curl -LsSf https://astral.sh/uv/install.sh | sh\nCOPY . .\nRUN /root/.local/bin/uv pip install --system -r requirements.txt\n');
    expect(finalStage(convertText(dockerfile, APP))).toContain(SITE);
  });
});
