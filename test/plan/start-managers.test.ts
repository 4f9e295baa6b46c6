import { describe, expect, test } from '@jest/globals';
import { memoryContext } from '../../src/context.ts';
import { otherStarter } from '../../src/effects/daemons.ts';
import { gather } from '../../src/gather.ts';
import type { Facts, LanguagePlan } from '../../src/languages/language.ts';
import { startNeeds } from '../../src/plan/needs.ts';
import { placesNamed, readStart, traceStart } from '../../src/plan/start.ts';

type Files = Record<string, string>;

function factsOf(lines: string, files: Files): Facts {
  const options = { targetBase: 'auto' as const, harden: [], allow: [], buildArgs: {} };
  const gathered = gather(`FROM debian:12\nWORKDIR /app\n${lines}\n`, 'Dockerfile', memoryContext(files), options);
  return { ...gathered, start: readStart(gathered) };
}

/** Each command line with where it stands, but for the first one. */
function started(facts: Facts): string[] {
  return traceStart(facts)
    .commands.slice(1)
    .map(({ command, place }) => `${[command.name, ...command.args.map((word) => word.value)].join(' ')}${place ? ` ${place.file}:${place.line}` : ''}`);
}

const CONF =
  '[supervisord]\nnodaemon=true\n\n[program:web]\ncommand=gunicorn app:app ; comment\nenvironment=A="1",B=2\ndirectory=/srv\n\n[program:worker]\ncommand = bash -c "exec worker %(process_num)02d"\n';

describe('programs that start others', () => {
  test.each<[string, string, Files, string[]]>([
    [
      'supervisord -c',
      'COPY sup.conf /etc/sup.conf\nCMD ["supervisord", "-n", "-c", "/etc/sup.conf"]',
      { 'sup.conf': CONF },
      ['gunicorn app:app sup.conf:5', 'bash -c exec worker 0 sup.conf:10', 'worker 0 sup.conf:10'],
    ],
    [
      'supervisord at its usual place, with what that includes',
      'COPY etc /etc/supervisor\nCMD supervisord -n',
      { 'etc/supervisord.conf': '[include]\nfiles = conf.d/*.conf\n', 'etc/conf.d/a.conf': '[program:a]\ncommand=one\n', 'etc/conf.d/b.txt': CONF },
      ['one etc/conf.d/a.conf:2'],
    ],
    [
      'what the package of supervisord includes',
      'COPY a.conf /etc/supervisor/conf.d/\nCMD supervisord -n',
      { 'a.conf': '[program:a]\ncommand=one\n' },
      ['one a.conf:2'],
    ],
    ['keys in capitals', 'COPY a.conf /etc/supervisord.conf\nCMD supervisord', { 'a.conf': '[program:a]\nCommand=one\n' }, ['one a.conf:2']],
    ['a configuration that a RUN writes', `RUN printf '[program:a]\\ncommand=one\\n' > /etc/supervisord.conf\nCMD supervisord`, {}, ['one Dockerfile:3']],
    [
      'what the package of supervisord includes, by its name',
      "COPY a.conf /etc/supervisor/conf.d/\nRUN printf '[program:b]\\ncommand=two\\n' >> /etc/supervisor/supervisord.conf\nCMD supervisord -c /etc/supervisor/supervisord.conf",
      { 'a.conf': '[program:a]\ncommand=one\n' },
      ['two Dockerfile:4', 'one a.conf:2'],
    ],
    ['foreman', 'COPY . .\nCMD foreman start', { Procfile: '# x\nweb: serve -p $PORT\njob: work\n' }, ['serve -p $PORT Procfile:2', 'work Procfile:3']],
    ['honcho with one process', 'COPY . .\nCMD honcho start -f Procfile.prod job', { 'Procfile.prod': 'web: serve\njob: work\n' }, ['work Procfile.prod:2']],
    [
      'cron with a crontab of the system',
      'COPY tab /etc/cron.d/tab\nCMD ["cron", "-f"]',
      { tab: 'PATH=/bin\n# a b c d e f\n* * * * * root work --all 2>&1\n' },
      ['work --all tab:3'],
    ],
    ['cron with crontab FILE', 'COPY tab /x\nRUN crontab /x\nCMD ["cron", "-f"]', { tab: '@hourly work\n' }, ['work tab:1']],
    ['cron with crontab -', 'RUN echo "0 0 * * * work" | crontab -\nCMD ["cron", "-f"]', {}, ['work Dockerfile:3']],
    ['crond with what echo adds', "RUN echo '*/5 * * * * work' >> /etc/crontabs/root\nCMD crond -f", {}, ['work Dockerfile:3']],
    [
      'crond with a script of a period',
      'COPY work /etc/periodic/daily/work\nCMD crond -f',
      { work: '#!/bin/sh\nclean\n' },
      ['/etc/periodic/daily/work', 'clean work:2'],
    ],
    ['supercronic', 'COPY tab /tab\nCMD ["supercronic", "/tab"]', { tab: '* * * * * work\n' }, ['work tab:1']],
    ['a crontab that the start installs', 'COPY tab /tab\nCMD crontab /tab && cron -f', { tab: '* * * * * work\n' }, ['work tab:1', 'cron -f']],
    [
      'runit',
      'COPY sv /etc/service\nCMD ["runsvdir", "/etc/service"]',
      { 'sv/a/run': '#!/bin/sh\nexec chpst -u x serve\n' },
      ['/etc/service/a/run', 'chpst -u x serve sv/a/run:2', 'serve sv/a/run:2'],
    ],
    [
      'linked services',
      'COPY sv /etc/sv\nRUN ln -s /etc/sv/a /etc/service/a\nCMD runsvdir /etc/service',
      { 'sv/a/run': '#!/bin/sh\nserve\n' },
      ['/etc/service/a/run', 'serve sv/a/run:2'],
    ],
    [
      'my_init',
      'COPY run /etc/service/a/run\nCMD ["/sbin/my_init", "--", "other", "x"]',
      { run: '#!/bin/bash\nserve\n' },
      ['/etc/service/a/run', 'serve run:2', 'other x'],
    ],
    [
      's6-overlay',
      'COPY root /\nENTRYPOINT ["/init"]\nCMD ["other"]',
      {
        'root/etc/services.d/a/run': '#!/usr/bin/with-contenv bash\nserve\n',
        'root/etc/services.d/b/run': '#!/usr/bin/execlineb -P\nwith-contenv\ns6-setuidgid app\nserve -b\n',
      },
      [
        '/etc/services.d/a/run',
        'serve root/etc/services.d/a/run:2',
        '/etc/services.d/b/run',
        'with-contenv s6-setuidgid app serve -b root/etc/services.d/b/run:1',
        's6-setuidgid app serve -b root/etc/services.d/b/run:1',
        'serve -b root/etc/services.d/b/run:1',
        'other',
      ],
    ],
    [
      'pm2 with JSON',
      'COPY . .\nCMD ["pm2-runtime", "apps.json"]',
      { 'apps.json': '{"apps":[{"script":"a.js","args":"-x"},{"script":"run","interpreter":"python3"}]}' },
      ['node a.js -x', 'python3 run'],
    ],
    [
      'service',
      'CMD service ssh start && service php8.2-fpm start && service nginx start',
      {},
      ['sshd', 'service php8.2-fpm start', 'php-fpm8.2', 'service nginx start', 'nginx'],
    ],
    ['a script of init.d', 'CMD /etc/init.d/redis-server start', {}, ['redis-server']],
    ['systemctl', 'CMD systemctl start nginx.service', {}, ['nginx']],
  ])('%s', (_, lines, files, expected) => {
    const facts = factsOf(lines, files);
    expect(started(facts)).toEqual(expected);
    expect(facts.start.open).toBeUndefined();
    expect(otherStarter(facts.start)).toBeUndefined();
  });

  test('environment and directory of supervisord', () => {
    const [, web] = factsOf('COPY sup.conf /etc/supervisord.conf\nCMD supervisord', { 'sup.conf': CONF }).start.commands;
    expect(web).toMatchObject({ cwd: '/srv', env: { A: '1', B: '2' } });
  });

  test.each<[string, string, Files]>([
    ['supervisord reads /etc/x.conf, which no instruction is seen to bring', 'CMD supervisord -c /etc/x.conf', {}],
    ['supervisord reads /etc/supervisor/supervisord.conf, which no instruction is seen to bring', 'CMD supervisord', {}],
    [
      'supervisord reads /etc/conf.d/app.conf, which no instruction is seen to bring',
      'COPY a.conf /etc/supervisord.conf\nCMD supervisord',
      { 'a.conf': '[include]\nfiles=conf.d/app.conf\n' },
    ],
    ['foreman reads /app/Procfile, which no instruction is seen to bring', 'CMD foreman start', {}],
    ['cron runs crontabs, and no instruction is seen to bring one', 'CMD cron -f', {}],
    ['runsvdir starts services, and no instruction is seen to bring one', 'CMD runsvdir /etc/service', {}],
    [
      '`/etc/service/a/run` is written in execline',
      'COPY run /etc/service/a/run\nCMD runsvdir /etc/service',
      { run: '#!/bin/execlineb\nforeground { echo x }\nserve\n' },
    ],
    [
      'httpd runs CGI programs, as httpd.conf says',
      'COPY httpd.conf /usr/local/apache2/conf/httpd.conf\nCMD httpd -DFOREGROUND',
      { 'httpd.conf': 'ScriptAlias /cgi-bin/ /x/\n' },
    ],
  ])('%s', (reason, lines, files) => {
    expect(factsOf(lines, files).start.open).toBe(reason);
  });

  test('a daemon whose files are not known starts others', () => {
    expect(otherStarter(factsOf('CMD cron -f', {}).start)?.name).toBe('cron');
  });
});

test('the paths that the configuration of nginx names', () => {
  const conf = 'server {\n  root /srv/www;\n  ssl_certificate /etc/ssl/a.pem;\n  location /x { }\n  include /etc/nginx/more/*.conf;\n}\n';
  const facts = factsOf("COPY site.conf /etc/nginx/conf.d/\nCMD nginx -g 'daemon off;'", { 'site.conf': conf });
  expect(placesNamed(facts).map(({ path, evidence }) => `${path} ${evidence.file}:${evidence.line}`)).toEqual([
    '/srv/www site.conf:2',
    '/etc/ssl/a.pem site.conf:3',
    '/etc/nginx/more site.conf:5',
  ]);
});

describe('needs of the start', () => {
  const plan = { ownPrograms: ['gunicorn'] } as Partial<LanguagePlan> as LanguagePlan;
  const needs = (lines: string, files: Files) =>
    startNeeds(factsOf(lines, files), plan).map(({ kind, name, evidence }) => `${kind} ${name} ${evidence.file}:${evidence.line}`);

  test('programs and shells have the place where they are named', () => {
    const install = 'RUN apt-get update && apt-get install -y supervisor nginx\nCOPY sup.conf /etc/supervisord.conf\n';
    const conf = '[program:a]\ncommand=gunicorn x\n[program:b]\ncommand=nginx\n[program:c]\ncommand=bash -c "perl x"\n';
    expect(needs(`${install}CMD ["supervisord"]`, { 'sup.conf': conf })).toEqual(
      expect.arrayContaining(['program nginx sup.conf:4', 'program perl sup.conf:6', 'shell /bin/bash sup.conf:6']),
    );
  });

  test('a crontab and a Procfile are read by a shell', () => {
    expect(needs('COPY tab /etc/cron.d/x\nCMD ["cron", "-f"]', { tab: '* * * * * root work\n' })).toContain('shell /bin/sh tab:1');
    expect(needs('COPY . .\nCMD ["honcho", "start"]', { Procfile: 'web: serve\n' })).toContain('shell /bin/sh Procfile:1');
  });

  test('the interpreter of a script', () => {
    expect(needs('COPY x /x\nCMD ["/x"]', { x: '#!/usr/bin/perl\nprint 1;\n' })).toContain('program perl Dockerfile:4');
  });

  test('programs of files that are not known', () => {
    expect(needs('CMD ["cron", "-f"]', {})).toContain('system programs Dockerfile:3');
  });
});
