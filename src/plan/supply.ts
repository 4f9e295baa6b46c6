import { posix } from 'node:path';
import { type Base, describeBase } from '../knowledge/bases.ts';
import { packageOfProgram, providesProgram } from '../knowledge/programs.ts';
import type { AddedStep } from '../languages/language.ts';
import type { Need } from '../types.ts';
import { SERVICES } from './general/services.ts';
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
export const ARCHIVED = new Set(['wheezy', 'jessie', 'stretch', 'buster', 'trusty', 'xenial']);

const SETTINGS = new Set(['cmd', 'entrypoint', 'env', 'user', 'workdir']);

/** What has to be added to a base so that every need is met, and what cannot be met. */
export function supply(input: SupplyInput): Supply {
  const found: Supply = { packages: [], steps: [], lacks: [] };
  if (input.keepsEntrypoint && ownPart(input.before) !== ownPart(input.base)) found.lacks.push('its own ENTRYPOINT is another');
  if (!input.same && input.before.unsure?.some((fact) => SETTINGS.has(fact))) found.lacks.push(`what ${input.before.image} sets is not known`);
  for (const need of input.needs) meet(need, input, found);
  found.packages = [...new Set(found.packages)].filter((name) => !input.packages.includes(name)).sort();
  if (found.packages.length > 0 && input.base.packageManager !== 'apt' && input.base.packageManager !== 'apk')
    found.lacks.push(`nothing is known of how ${found.packages.join(', ')} would be installed in it`);
  if (found.packages.length > 0 && ARCHIVED.has(input.base.release))
    found.lacks.push(`${input.base.release} no longer has package lists to install ${found.packages.join(', ')} from`);
  return found;
}

/** What an ENTRYPOINT adds to the command that it is given; nothing where it only prepares the image's own tool and runs the command. */
function ownPart({ entrypoint }: Base): string {
  return entrypoint.length === 1 && PREPARES_ONLY.has(entrypoint[0] ?? '') ? '' : entrypoint.join();
}

/**
 * Maven's copies settings for Maven (https://github.com/carlossg/docker-maven), Temurin's adds certificates where
 * USE_SYSTEM_CA_CERTS asks for it (https://github.com/adoptium/containers).
 */
const PREPARES_ONLY = new Set(['/usr/local/bin/mvn-entrypoint.sh', '/__cacert_entrypoint.sh']);

/** Name of a need of certificates that came with a package which stays behind: they count where something else needs them. */
export const LOST = 'lost certificates';

function meet(need: Need, input: SupplyInput, found: Supply): void {
  if (need.name === LOST) {
    restoreCertificates(input, found);
    return;
  }
  if (need.name === SERVICES) {
    nameServices(input, found);
    return;
  }
  // The old base has all that it had before; only what the builder keeps to itself may be missing.
  if (input.same && need.kind !== 'packages') return;
  const lack = LACKS[need.kind]?.(need, input);
  if (lack !== undefined) found.lacks.push(lack);
  else bring(need, input, found);
}

/** Only Debian's images may be without, and a plain one of them may have had it with a package that stays behind. */
function nameServices({ base, same, packages }: SupplyInput, found: Supply): void {
  if (base.distro === 'scratch') found.lacks.push(`it has no ${SERVICES}`);
  if (base.packageManager === 'apt' && (!same || PLAIN.has(base.image)) && !packages.includes('netbase')) found.packages.push('netbase');
}

const PLAIN = new Set(['debian', 'ubuntu']);

function restoreCertificates({ needs, base, before, packages }: SupplyInput, found: Supply): void {
  if (base.certificates || before.certificates || packages.includes('ca-certificates')) return;
  if (base.packageManager === 'apt' && needs.some(({ kind, name }) => kind === 'certificates' && name !== LOST)) found.packages.push('ca-certificates');
}

type Kind = Need['kind'];

/** Why a base cannot meet a need of a kind, whatever is added to it. */
const LACKS: Partial<Record<Kind, (need: Need, input: SupplyInput) => string | undefined>> = {
  libc: ({ name }, { base, before }) =>
    base.libc === name && base.release === before.release && before.release !== ''
      ? undefined
      : `the program links to ${name} of ${before.distro} ${before.release}`.trim(),
  shell: ({ name, evidence }, input) =>
    input.base.shells.includes(name) || hasPackageOf(input.base, input, posix.basename(name)) ? undefined : `it has no ${name} (${evidence.note})`,
  commands: ({ name }, { bare }) => (bare ? `it has no shell to run line ${name} with` : undefined),
  packages: (need, { base }) => (need.kind === 'packages' && base.packageManager === need.manager ? undefined : `${need.name} cannot be installed in it`),
  user: ({ name }, input) =>
    hasUser(name, input) || (input.bare && [...input.users, ...input.before.users].includes(name)) ? undefined : `it has no user ${name}`,
  'package-manager': ({ name }, { base }) => (base.packageManager === name ? undefined : `it has no ${name}`),
  interpreter: ({ name }, { base }) => (base.image === name ? undefined : `it has no ${name}`),
  system: ({ evidence }) => evidence.note,
  directories: ({ name, evidence }, { base }) => (base.distro === 'scratch' ? `it has no ${name} (${evidence.note})` : undefined),
  tool: ({ name }, { base, ...input }) =>
    providesProgram(base, name) || hasPackageOf(base, { base, ...input }, name) || packageFor(name, { base, ...input }) !== undefined
      ? undefined
      : `it has no ${name}`,
  program: ({ name }, input) => (hasProgram(name, input) || packageFor(name, input) !== undefined ? undefined : `it has no ${name}`),
};

/** Name of a need of certificates by those who may look for each by its hash, as OpenSSL does, and not only for the one file of all. */
export const HASHED_CERTIFICATES = 'hashed certificates';

/** What a base lacks of a need of a kind, as paths of the builder: those between blanks are copied at once. */
const BRINGS: Partial<Record<Kind, (need: Need, input: SupplyInput) => string | string[] | undefined>> = {
  certificates: ({ name, evidence }, { base, before, packages }) => {
    if (base.certificates || packages.includes('ca-certificates') || !(before.certificates || evidence.note.startsWith('installs'))) return undefined;
    // On Debian the hashes are links to files of another directory.
    return name === HASHED_CERTIFICATES && base.packageManager === 'apt'
      ? ['/etc/ssl/certs', '/usr/share/ca-certificates']
      : '/etc/ssl/certs/ca-certificates.crt';
  },
  zones: ({ name }, { base, packages }) => (base.zones || packages.includes('tzdata') ? undefined : name),
  user: ({ name }, input) => (hasUser(name, input) ? undefined : ACCOUNTS),
  home: (_, { base }) => (base.users.includes('root') ? undefined : ACCOUNTS),
  temporary: (_, { base }) => (base.distro === 'scratch' ? TEMPORARY : undefined),
  // A distribution has its own nsswitch.conf.
  file: ({ name }, { base }) => (name === '/etc/nsswitch.conf' && base.distro !== 'scratch' ? undefined : name),
};

const ACCOUNTS = '/etc/passwd /etc/group';
const TEMPORARY = '/tmp';

/** Adds what a need asks for and the base does not have. */
function bring(need: Need, input: SupplyInput, found: Supply): void {
  if (need.kind === 'program' && !hasProgram(need.name, input)) found.packages.push(packageFor(need.name, input) ?? need.name);
  if (need.kind === 'tool' && !providesProgram(input.base, need.name) && !hasPackageOf(input.base, input, need.name))
    found.packages.push(packageFor(need.name, input) ?? need.name);
  if (need.kind === 'packages' && !(input.same && input.packages.includes(need.name))) found.packages.push(need.name);
  // A directory that is copied loses the mode that lets everybody write into it.
  for (const paths of [BRINGS[need.kind]?.(need, input) ?? []].flat())
    copy(found, paths, input, need.evidence.note, paths === TEMPORARY && input.user !== 'root' ? input.user : '');
}

function hasUser(name: string, { base, bare, users }: SupplyInput): boolean {
  return /^\d+(:\d+)?$/.test(name) || base.users.includes(name) || (!bare && users.includes(name));
}

/** What an image brings beyond its distribution: a package would be another version, or another program. */
function isOwnProgram(name: string, before: Base): boolean {
  if (!providesProgram(before, name) || DISTRIBUTIONS.has(before.image)) return false;
  const plain = describeBase(before.distro === 'debian' ? `buildpack-deps:${before.release}` : `${before.distro}:${before.release}`);
  return !plain || !providesProgram(plain, name);
}

const DISTRIBUTIONS = new Set(['alpine', 'buildpack-deps', 'debian', 'ubuntu']);

/** What the old image did not have is not missed in the new one. */
function hasProgram(name: string, input: SupplyInput): boolean {
  const { base, before } = input;
  const neverHad = !providesProgram(before, name) && before.image !== '' && !before.unsure?.includes('programs');
  return providesProgram(base, name) || neverHad || hasPackageOf(base, input, name);
}

/** The package of the base that brings a program, where the old image had it from the same package manager. */
function packageFor(name: string, { base, before }: SupplyInput): string | undefined {
  const manager = base.packageManager;
  return manager === 'none' || isOwnProgram(name, before) || before.packageManager !== manager ? undefined : packageOfProgram(manager, name);
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
