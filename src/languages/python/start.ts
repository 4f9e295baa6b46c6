import { posix } from 'node:path';
import { programsOfPackage, providesProgram } from '../../knowledge/programs.ts';
import type { Facts } from '../language.ts';
import { findInstalls } from './packages.ts';
import { installedPackages } from './risks.ts';

const STARTERS =
  /^(python[\d.]*|pypy3?|gunicorn|uvicorn|hypercorn|daphne|waitress-serve|uwsgi|flask|django-admin|celery|streamlit|fastapi|jupyter(-\w+)?|pytest|poetry|pipenv|uv|uvx|scrapy|ansible(-playbook)?)$/;
/** Programs of the system that start others; beside packages of Python these are its own. */
const MANAGERS = /^(supervisord|circusd|honcho|runsvdir|s6-svscan|cron|crond|nginx|apache2ctl|apachectl|httpd)$/;
const SHELL = /^(\.|:|\[|exec|exit|echo|export|cd|set|sh|bash|ash|dash|source|sleep|true|if|wait|test|cat|trap|shift)$/;

/** Whether the image starts a program of Python: an interpreter, or a script that an installed package put on PATH. */
export function startsPython(facts: Facts): boolean {
  const { commands } = facts.start;
  if (commands.some(({ name }) => STARTERS.test(posix.basename(name)) || name.endsWith('.py'))) return true;
  if (commands.some(({ name, cwd }) => isPythonScript(posix.resolve(cwd ?? '/', name), facts))) return true;
  if (findInstalls(facts.labelled).length === 0) return false;
  if (commands.some(({ name }) => MANAGERS.test(posix.basename(name)))) return true;
  const installed = installedPackages(facts.labelled);
  return commands.some(({ name }) => {
    const plain = posix.basename(name);
    const elsewhere =
      providesProgram(facts.base, plain) || installed.some((one) => one.name === plain || programsOfPackage(one.manager, one.name).includes(plain));
    const placed = name.includes('/') && !/\/bin\/[^/]+$/.test(name);
    return plain !== '' && !plain.includes('$') && /^[\w.-]+$/.test(plain) && !SHELL.test(plain) && !elsewhere && !placed;
  });
}

function isPythonScript(path: string, facts: Facts): boolean {
  const source = facts.sourceOf(path);
  return source !== undefined && /^#!.*\bpython/.test(facts.context.read(source)?.slice(0, 100) ?? '');
}
