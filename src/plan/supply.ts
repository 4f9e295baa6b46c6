import { posix } from 'node:path';
import type { Base } from '../knowledge/bases.ts';
import { packageOfProgram, providesProgram } from '../knowledge/programs.ts';
import type { AddedStep } from '../languages/language.ts';
import type { Need } from '../types.ts';
import { programsOf } from './needs.ts';

export interface Supply {
  /** Packages to install in the final stage besides those of the source. */
  packages: string[];
  steps: AddedStep[];
  /** Why the base cannot serve. */
  lacks: string[];
}

export interface SupplyInput {
  needs: readonly Need[];
  /** The image that the program ran in so far. */
  before: Base;
  /** The candidate. */
  base: Base;
  same: boolean;
  builder: string;
  /** Packages that instructions of the source install in the final stage. */
  packages: readonly string[];
  /** Users that instructions of the source make in the final stage. */
  users: readonly string[];
  /** The Dockerfile sets no ENTRYPOINT: that of the base holds. */
  keepsEntrypoint: boolean;
  /** The user that the image runs as. */
  user: string;
  bare: boolean;
}

/** Debian releases whose package lists have left the mirrors; Debian's own words: https://www.debian.org/releases/ */
const ARCHIVED = new Set(['wheezy', 'jessie', 'stretch', 'buster', 'trusty', 'xenial']);

/** What has to be added to a base so that every need is met, and what cannot be met. */
export function supply(input: SupplyInput): Supply {
  const found: Supply = { packages: [], steps: [], lacks: [] };
  if (input.keepsEntrypoint && input.before.entrypoint.join() !== input.base.entrypoint.join()) found.lacks.push('its own ENTRYPOINT is another');
  for (const need of input.needs) meet(need, input, found);
  found.packages = [...new Set(found.packages)].filter((name) => !input.packages.includes(name)).sort();
  if (found.packages.length > 0 && ARCHIVED.has(input.base.release)) found.lacks.push(`${input.base.release} no longer has package lists to install ${found.packages.join(', ')} from`);
  return found;
}

function meet(need: Need, input: SupplyInput, found: Supply): void {
  // The old base has all that it had before; only what the builder keeps to itself may be missing.
  if (input.same && need.kind !== 'packages') return;
  const lack = lackOf(need, input);
  if (lack !== undefined) found.lacks.push(lack);
  else bring(need, input, found);
}

/** Why a base cannot meet a need, whatever is added to it. */
function lackOf(need: Need, input: SupplyInput): string | undefined {
  const { base, before } = input;
  switch (need.kind) {
    case 'libc':
      return base.libc === need.name && base.release === before.release && before.release !== '' ? undefined : `the program links to ${need.name} of ${before.distro} ${before.release}`.trim();
    case 'shell':
      return base.shells.includes(need.name) || hasPackageOf(base, input, posix.basename(need.name)) ? undefined : `it has no ${need.name} (${need.evidence.note})`;
    case 'commands':
      return input.bare ? `it has no shell to run line ${need.name} with` : undefined;
    case 'packages':
      return base.packageManager === need.manager ? undefined : `${need.name} cannot be installed in it`;
    case 'user':
      return hasUser(need.name, input) || (input.bare && (input.users.includes(need.name) || before.users.includes(need.name))) ? undefined : `it has no user ${need.name}`;
    case 'package-manager':
      return base.packageManager === need.name ? undefined : `it has no ${need.name}`;
    case 'interpreter':
      return base.image === need.name ? undefined : `it has no ${need.name}`;
    case 'system':
      return need.evidence.note;
    case 'program':
      return hasProgram(need.name, input) || packageFor(need.name, input) !== undefined ? undefined : `it has no ${need.name}`;
    default:
      return undefined;
  }
}

/** Adds what a need asks for and the base does not have. */
function bring(need: Need, input: SupplyInput, found: Supply): void {
  const { base, before } = input;
  const note = need.evidence.note;
  switch (need.kind) {
    case 'program':
      if (!hasProgram(need.name, input)) found.packages.push(packageFor(need.name, input) ?? need.name);
      return;
    case 'packages':
      if (!input.same || !input.packages.includes(need.name)) found.packages.push(need.name);
      return;
    case 'certificates':
      if (!base.certificates && !input.packages.includes('ca-certificates') && (before.certificates || note.startsWith('installs'))) copy(found, '/etc/ssl/certs/ca-certificates.crt', input, note);
      return;
    case 'zones':
      if (!base.zones && !input.packages.includes('tzdata')) copy(found, need.name, input, note);
      return;
    case 'user':
      if (!hasUser(need.name, input)) copy(found, '/etc/passwd /etc/group', input, `the user ${need.name}`);
      return;
    case 'home':
      if (!base.users.includes('root')) copy(found, '/etc/passwd /etc/group', input, note);
      return;
    case 'temporary':
      // A directory that is copied loses the mode that lets everybody write into it.
      if (base.distro === 'scratch') copy(found, '/tmp', input, note, input.user === 'root' ? '' : input.user);
      return;
    case 'file':
      copy(found, need.name, input, note);
      return;
    default:
      return;
  }
}

function hasUser(name: string, { base, bare, users }: SupplyInput): boolean {
  return /^\d+(:\d+)?$/.test(name) || base.users.includes(name) || (!bare && users.includes(name));
}

/** What the language images bring themselves: a distribution's package would be another version. */
const OWN_PROGRAMS = new Set(['go', 'gofmt', 'node', 'nodejs', 'npm', 'npx', 'yarn', 'corepack', 'python', 'python3', 'pip', 'pip3']);

/** What the old image did not have is not missed in the new one. */
function hasProgram(name: string, input: SupplyInput): boolean {
  const { base, before } = input;
  return providesProgram(base, name) || (!providesProgram(before, name) && before.image !== '') || hasPackageOf(base, input, name);
}

/** The package of the base that brings a program, where the old image had it from the same package manager. */
function packageFor(name: string, { base, before }: SupplyInput): string | undefined {
  const manager = base.packageManager;
  return manager === 'none' || OWN_PROGRAMS.has(name) || before.packageManager !== manager ? undefined : packageOfProgram(manager, name);
}

/** Whether the final stage installs a package that brings the program. */
function hasPackageOf(base: Base, input: SupplyInput, name: string): boolean {
  return base.packageManager !== 'none' && programsOf(base.packageManager, input.packages).has(name);
}

function copy(found: Supply, paths: string, input: SupplyInput, why: string, owner = ''): void {
  if (found.steps.some((step) => step.instruction.data.from === paths)) return;
  const sources = paths.split(' ');
  const first = sources[0] as string;
  const to = sources.length > 1 || /\.(crt|zip)$/.test(first) ? `${first.slice(0, first.lastIndexOf('/'))}/` : first;
  found.steps.push({ after: -1, instruction: { kind: 'added', template: 'copy-from', data: { stage: input.builder, from: paths, to, owner }, why } });
}
