import { posix } from 'node:path';
import type { ShellCommand } from '../../types.ts';
import type { AddedStep, Facts, LanguagePlan } from '../language.ts';

export interface GoRun {
  command: ShellCommand;
  flags: string[];
  packages: string[];
  args: string[];
}

/** `go run [flags] package|files [arguments]` at start, taken apart: https://pkg.go.dev/cmd/go#hdr-Compile_and_run_Go_program */
export function readGoRun(command: ShellCommand): GoRun | undefined {
  if (!/(^|\/)go$/.test(command.name) || command.args[0]?.value !== 'run') return undefined;
  const words = command.args.slice(1).map((word) => word.value);
  const first = words.findIndex((word) => !word.startsWith('-'));
  if (first < 0) return undefined;
  const rest = words.slice(first);
  const files = rest.findIndex((word) => !word.endsWith('.go'));
  const count = rest[0]?.endsWith('.go') ? (files < 0 ? rest.length : files) : 1;
  return { command, flags: words.slice(0, first), packages: rest.slice(0, count), args: rest.slice(count) };
}

/** With `--allow go-run`: the program is built by a step of its own, and started in the place of `go run`. */
export function buildInstead(facts: Facts, run: GoRun): Pick<LanguagePlan, 'generated' | 'start'> & { builderSteps: AddedStep[] } {
  const { entrypoint, cmd } = facts.start;
  const index = cmd ?? entrypoint ?? 0;
  const last = facts.labelled.filter((one) => one.segments || one.copy).at(-1)?.index ?? 0;
  const cwd = run.command.cwd ?? '/';
  const output = posix.join(cwd === '/' ? '/usr/local/bin' : cwd, 'main');
  const data = { flags: run.flags, output, packages: run.packages };
  return {
    builderSteps: [{ after: last, instruction: { kind: 'added', template: 'go/build', data, why: 'built once in the place of at every start' } }],
    generated: [{ path: output, after: last }],
    start: { index, keyword: facts.source.instructions[index]?.keyword ?? 'CMD', words: [output, ...run.args] },
  };
}
