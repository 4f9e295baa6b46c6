import type { CommandRule } from '../rule.ts';
import { control } from './control.ts';
import { downloads } from './downloads.ts';
import { files } from './files.ts';
import { generators } from './generators.ts';
import { packages } from './packages.ts';
import { system } from './system.ts';
import { users } from './users.ts';

/** The rules of the general commands, by the command's name. */
export const commandRules: Record<string, CommandRule> = { ...control, ...packages, ...files, ...users, ...downloads, ...generators, ...system };
