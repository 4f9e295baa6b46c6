import { describe, expect, it } from '@jest/globals';
import { convertText, finalStage } from '../support/convert-text.ts';

const convertWith = (app: string, run = '', env = '') =>
  convertText(`FROM python:3.11\n${env}WORKDIR /app\nRUN pip install flask==3.0.0\nCOPY . .\n${run}CMD ["python", "app.py"]\n`, {
    'app.py': app,
    'fill.py': 'pass\n',
  });

describe('programs that a source starts', () => {
  it.each([
    ['a function of subprocess by its own name', 'from subprocess import run, PIPE\nrun(["git", "log"])\n'],
    ['subprocess under another name', 'import subprocess as sp\nsp.run("git log", shell=True)\n'],
    ['a shell', 'import subprocess\nsubprocess.run(["bash", "-c", "git log"])\n'],
    ['os.system by its own name', 'from os import path\nfrom os import system\nsystem("git log")\n'],
  ])('are seen behind %s', (_, app) => {
    expect(finalStage(convertWith(app))).toContain('--no-install-recommends git ');
  });
});

describe('what a RUN writes elsewhere', () => {
  it('crosses where an argument names it', () => {
    expect(finalStage(convertWith('', 'RUN mkdocs build -d /srv/site\n'))).toContain('COPY --from=builder /srv/site /srv/site\n');
    expect(finalStage(convertWith('', 'RUN python fill.py --out /srv/model.bin\n'))).toContain('COPY --from=builder /srv/model.bin /srv/model.bin\n');
  });

  it('is refused where a literal in the code names it', () => {
    expect(convertWith('', `RUN python -c "import nltk; nltk.download('punkt', download_dir='/usr/share/nltk_data')"\n`)).toMatchObject({
      code: 'unknown-command',
    });
  });

  it('crosses where a variable moves a cache', () => {
    const final = finalStage(convertWith('', `RUN python -c "import nltk; nltk.download('punkt')"\n`, 'ENV XDG_CACHE_HOME=/cache\n'));
    expect(final).toContain('COPY --from=builder /cache /cache\n');
  });
});
