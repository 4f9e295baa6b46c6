import { describe, expect, it } from '@jest/globals';
import { builderStage, convertText, finalStage } from '../support/convert-text.ts';

const start = 'CMD ["python", "app.py"]\n';
const run = (command: string, workdir = '/app') =>
  `FROM python:3.12\n${workdir === '/' ? '' : `WORKDIR ${workdir}\n`}COPY . .\nRUN pip install flask django nltk transformers\nRUN ${command}\n${start}`;
const SETTINGS =
  "BASE_DIR = Path(__file__).resolve().parent.parent\nDATABASES = {\n  'default': {\n    'ENGINE': 'django.db.backends.sqlite3',\n    'NAME': BASE_DIR / 'db.sqlite3',\n  }\n}\nSTATIC_ROOT = '/var/www/static'\n";
const DJANGO = { 'app.py': '', 'manage.py': "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site.settings')\n", 'site/settings.py': SETTINGS };

describe('management commands of Django', () => {
  it('bring the project as the command left it, and the files that its settings name elsewhere', () => {
    const text = finalStage(convertText(run('python manage.py collectstatic --noinput'), DJANGO));
    expect(text).toContain('COPY --from=builder /app /app\n');
    expect(text).toContain('COPY --from=builder /var/www/static /var/www/static\n');
    expect(text).not.toContain('COPY . .');
  });

  it('are told from the system in the root directory by the settings', () => {
    const text = finalStage(convertText(run('python manage.py migrate', '/'), DJANGO));
    expect(text).toContain('COPY . .\n');
    expect(text).toContain('COPY --from=builder /db.sqlite3 /db.sqlite3\n');
  });

  it('refuse in the root directory where the settings do not tell', () => {
    const files = { ...DJANGO, 'site/settings.py': SETTINGS.replace("BASE_DIR / 'db.sqlite3'", "env('DB')") };
    expect(convertText(run('python manage.py migrate', '/'), files)).toMatchObject({
      code: 'unknown-command',
      message: expect.stringContaining('its settings take a path from elsewhere'),
    });
  });

  it('that only look leave nothing', () => {
    expect(finalStage(convertText(run('python manage.py check'), DJANGO))).toContain('COPY . .\n');
  });
});

describe('scripts', () => {
  it('bring the directory that they work in', () => {
    expect(finalStage(convertText(run('python init.py'), { 'app.py': '', 'init.py': 'import sqlite3\nsqlite3.connect("app.db")\n' }))).toContain(
      'COPY --from=builder /app /app\n',
    );
  });

  it('that reach into the home directory, or another, are refused', () => {
    const script = (text: string) => convertText(run('python init.py'), { 'app.py': '', 'init.py': text });
    expect(script('import os\nopen(os.path.expanduser("~/.thing"), "w")\n')).toMatchObject({ code: 'unknown-command' });
    expect(script('open("/data/x", "w")\n')).toMatchObject({ code: 'unknown-command' });
    expect(script('import helper\n')).toMatchObject({ outcome: 'converted' });
  });

  it('that fill a database which a variable names elsewhere are refused, and so is code of the project behind flask', () => {
    const files = { 'app.py': '', 'init.py': 'import os, sqlite3\nsqlite3.connect(os.environ["DATABASE_URL"])\n' };
    expect(convertText(run('DATABASE_URL=sqlite:////data/app.db python init.py'), files)).toMatchObject({ code: 'unknown-command' });
    expect(convertText(run('flask init-db'), files)).toMatchObject({ code: 'unknown-command' });
    expect(convertText(run('flask --app app db upgrade'), files)).toMatchObject({ outcome: 'converted' });
  });

  it.each([
    ['alembic upgrade head', 'alembic.ini', '[alembic]\nsqlalchemy.url = sqlite:////srv/app/app.db\n'],
    ['mkdocs build', 'mkdocs.yml', 'site_name: a\nsite_dir: /srv/app\n'],
    ['pelican content', 'pelicanconf.py', "OUTPUT_PATH = '/srv/app'\n"],
  ])('of a tool bring what its settings name elsewhere: %s', (command, file, text) => {
    expect(finalStage(convertText(run(command), { 'app.py': '', [file]: text }))).toContain('COPY --from=builder /srv/app /srv/app\n');
  });

  it.each([
    'import os\nos.system("useradd keeper")\n',
    'import subprocess\nsubprocess.run(["apt-get", "install", "-y", "git"])\n',
    'from subprocess import check_call\ncheck_call("cd /x && sudo ldconfig", shell=True)\n',
  ])('that start what changes the system are refused: %j', (text) => {
    expect(convertText(run('python init.py'), { 'app.py': '', 'init.py': text })).toMatchObject({ code: 'unknown-command' });
  });

  it('are read with the modules of the project that they import', () => {
    expect(convertText(run('python init.py'), { 'app.py': '', 'init.py': 'import helper\n', 'helper.py': 'open("/data/x", "w")\n' })).toMatchObject({
      code: 'unknown-command',
    });
  });

  it('that only load modules leave nothing', () => {
    expect(finalStage(convertText(run('python -c "import flask; print(flask)"'), { 'app.py': '' }))).toContain('COPY . .\n');
  });

  it.each(['python -m pytest', 'python --version', 'pip list', 'flake8 .'])('`%s` leaves nothing that runs', (command) => {
    expect(finalStage(convertText(run(command), { 'app.py': '' }))).toContain('COPY . .\n');
  });
});

describe('caches that are the program', () => {
  it('of nltk cross', () => {
    const conversion = convertText(run('python -m nltk.downloader punkt && python -c "import nltk; nltk.download(\'stopwords\')"'), { 'app.py': '' });
    expect(finalStage(conversion)).toContain('COPY --from=builder /root/nltk_data /root/nltk_data\n');
  });

  it('of models cross, wherever a variable puts them', () => {
    const files = { 'app.py': '', 'fetch.py': 'from transformers import pipeline\npipeline("sentiment-analysis")\n' };
    expect(finalStage(convertText(run('python fetch.py'), files))).toContain('COPY --from=builder /root/.cache/huggingface /root/.cache/huggingface\n');
    const moved = convertText(run('python fetch.py').replace('WORKDIR', 'ENV HF_HOME=/models\nWORKDIR'), files);
    expect(builderStage(moved)).toContain('RUN mkdir -p /models\n');
    expect(finalStage(moved)).toContain('COPY --from=builder /models /models\n');
  });
});
