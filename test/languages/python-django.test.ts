import { describe, expect, it } from '@jest/globals';
import { convertText, finalStage } from '../support/convert-text.ts';

describe('settings of Django in several files', () => {
  const convertWith = (root: string) => {
    const dockerfile =
      'FROM python:3.11\nWORKDIR /code\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nRUN python manage.py collectstatic --noinput\nCMD ["gunicorn", "site.wsgi"]\n';
    return convertText(dockerfile, {
      'requirements.txt': 'django==4.2\ngunicorn==21.2.0\n',
      'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site.settings.production")\n',
      'site/settings/base.py': `${root}\n`,
      'site/settings/production.py': 'from .base import *\n',
    });
  };

  it('bring an absolute path that stands in one of them', () => {
    expect(finalStage(convertWith("STATIC_ROOT = '/var/www/static'"))).toContain('COPY --from=builder /var/www/static /var/www/static\n');
  });

  it('are refused where the path comes from the environment', () => {
    expect(convertWith("STATIC_ROOT = os.environ.get('STATIC_ROOT', '/x')")).toMatchObject({
      code: 'unknown-command',
      message: expect.stringContaining('collectstatic'),
    });
  });

  it('leave what lies in the project where it is', () => {
    expect(finalStage(convertWith("STATIC_ROOT = BASE_DIR / 'staticfiles'"))).toContain('COPY --from=builder /code /code\n');
  });
});
