import { posix } from 'node:path';
import { parseDockerfile } from '../parse/dockerfile.ts';
import { parseShell } from '../parse/shell.ts';
import type { Subject } from './subject.ts';

const INTERPRETER = /^(sh|bash|dash|ash|zsh|python|perl|node|ruby|php|lua|tclsh|deno|bun)[\d.]*$/;

/** Names of the scripts that RUN instructions of a Dockerfile start: what these ask for, the build had. */
export function startedByBuild(text: string): Set<string> {
  const runs = parseDockerfile(text, '').instructions.filter(({ keyword }) => keyword === 'RUN');
  const commands = runs.flatMap(({ exec, shell }) =>
    exec
      ? [exec]
      : shell
        ? parseShell(shell.text, undefined, {}).segments.flatMap((part) => part.commands.map(({ name, args }) => [name, ...args.map((word) => word.value)]))
        : [],
  );
  return new Set(commands.flatMap(([name = '', ...args]) => (INTERPRETER.test(posix.basename(name)) ? args : [name])).map((word) => posix.basename(word)));
}

/** Whether only the build starts a script: neither the command of the image nor its HEALTHCHECK names it. */
export function isOfBuild(path: string, { config, buildScripts }: Subject): boolean {
  const words = [...(config.Entrypoint ?? []), ...(config.Cmd ?? []), ...(config.Healthcheck?.Test ?? [])].join(' ');
  return buildScripts.has(posix.basename(path)) && !words.includes(posix.basename(path));
}
