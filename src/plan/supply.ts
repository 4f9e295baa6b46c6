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
  const { base, before } = input;
  // The old base has all that it had before; only what the builder keeps to itself may be missing.
  if (input.same && need.kind !== 'packages') return;
  switch (need.kind) {
    case 'libc':
      if ((base.libc !== need.name || base.release !== before.release || before.release === '')) found.lacks.push(`the program links to ${need.name} of ${before.distro} ${before.release}`.trim());
      return;
    case 'shell':
      if (!base.shells.includes(need.name) && !hasPackageOf(base, input, need.name.replace(/^.*\//, ''))) found.lacks.push(`it has no ${need.name} (${need.evidence.note})`);
      return;
    case 'commands':
      if (input.bare) found.lacks.push(`it has no shell to run line ${need.name} with`);
      return;
    case 'program':
      meetProgram(need.name, input, found);
      return;
    case 'packages':
      if (input.same && input.packages.includes(need.name)) return;
      if (base.packageManager === need.manager) found.packages.push(need.name);
      else found.lacks.push(`${need.name} cannot be installed in it`);
      return;
    case 'certificates':
      if (base.certificates || (!before.certificates && !need.evidence.note.startsWith('installs'))) return;
      if (input.packages.includes('ca-certificates')) return;
      copy(found, '/etc/ssl/certs/ca-certificates.crt', input, need.evidence.note);
      return;
    case 'zones':
      if (base.zones || input.packages.includes('tzdata')) return;
      copy(found, need.name, input, need.evidence.note);
      return;
    case 'user':
      if (/^\d+(:\d+)?$/.test(need.name) || base.users.includes(need.name) || (!input.bare && input.users.includes(need.name))) return;
      if (input.bare && (input.users.includes(need.name) || before.users.includes(need.name))) copy(found, '/etc/passwd /etc/group', input, `the user ${need.name}`);
      else found.lacks.push(`it has no user ${need.name}`);
      return;
    case 'home':
      if (!base.users.includes('root')) copy(found, '/etc/passwd /etc/group', input, need.evidence.note);
      return;
    case 'temporary':
      // A directory that is copied loses the mode that lets everybody write into it.
      if (base.distro === 'scratch') copy(found, '/tmp', input, need.evidence.note, input.user === 'root' ? '' : input.user);
      return;
    case 'package-manager':
      if (base.packageManager !== need.name) found.lacks.push(`it has no ${need.name}`);
      return;
    case 'interpreter':
      if (base.image !== need.name) found.lacks.push(`it has no ${need.name}`);
      return;
    case 'system':
      found.lacks.push(need.evidence.note);
      return;
    case 'file':
      copy(found, need.name, input, need.evidence.note);
      return;
  }
}

/** What the language images bring themselves: a distribution's package would be another version. */
const OWN_PROGRAMS = new Set(['go', 'gofmt', 'node', 'nodejs', 'npm', 'npx', 'yarn', 'corepack', 'python', 'python3', 'pip', 'pip3']);

function meetProgram(name: string, input: SupplyInput, found: Supply): void {
  const { base, before } = input;
  // What the old image did not have is not missed in the new one.
  if (providesProgram(base, name) || (!providesProgram(before, name) && before.image !== '')) return;
  const manager = base.packageManager;
  if (hasPackageOf(base, input, name)) return;
  const wanted = manager === 'none' || OWN_PROGRAMS.has(name) ? undefined : packageOfProgram(manager, name);
  if (wanted !== undefined && before.packageManager === manager) found.packages.push(wanted);
  else found.lacks.push(`it has no ${name}`);
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
