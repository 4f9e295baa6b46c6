import type { BuildContext, Effect, ShellCommand } from '../types.ts';

/** What surrounds a command when its effect is asked for. */
export interface EffectScope {
  user: string;
  context: BuildContext;
  /** Where a path of the image came from in the context, if it did. */
  sourceOf(path: string): string | undefined;
}

/** Says what a command does; undefined where the rule does not know that use of it. */
export type CommandRule = (command: ShellCommand, scope: EffectScope) => Effect | undefined;

/** The rules of a family of commands, by the command's name. */
export type CommandRules = Record<string, CommandRule>;
