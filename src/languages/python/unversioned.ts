import { posix } from 'node:path';
import { allEffects } from '../../effects/effect.ts';
import { runtimeLibraries } from '../../knowledge/packages.ts';
import { providesProgram } from '../../knowledge/programs.ts';
import type { Evidence, Need } from '../../types.ts';
import type { Facts } from '../language.ts';
import { isHeader, packageNeed, stayingPackages } from './compilers.ts';
import type { PythonSource } from './sources.ts';

/** The -dev packages of Debian whose links are not called after them. */
const LINKS: Record<string, string> = {
  ...{ z: 'zlib1g-dev', ssl: 'libssl-dev', crypto: 'libssl-dev', curl: 'libcurl4-openssl-dev', db: 'libdb-dev', bz2: 'libbz2-dev' },
  ...{ 'glib-2.0': 'libglib2.0-dev', 'gobject-2.0': 'libglib2.0-dev', 'gio-2.0': 'libglib2.0-dev', 'gmodule-2.0': 'libglib2.0-dev' },
  ...{ krb5: 'libkrb5-dev', gssapi_krb5: 'libkrb5-dev', ncursesw: 'libncurses-dev', tinfo: 'libncurses-dev', history: 'libreadline-dev' },
  ...{ png16: 'libpng-dev', xslt: 'libxslt1-dev', exslt: 'libxslt1-dev', mysqlclient: 'default-libmysqlclient-dev', mariadb: 'default-libmysqlclient-dev' },
  ...{ tcmalloc: 'libgoogle-perftools-dev', tcmalloc_minimal: 'libgoogle-perftools-dev', profiler: 'libgoogle-perftools-dev' },
  ...{ GL: 'libgl-dev', EGL: 'libegl-dev', X11: 'libx11-dev', 'usb-1.0': 'libusb-1.0-0-dev', OpenCL: 'ocl-icd-opencl-dev', sndfile: 'libsndfile1-dev' },
};

const UNVERSIONED = /^(?:\/usr)?\/lib(?:64)?\/(?:[\w.-]+\/)*lib([\w+.-]+?)\.so$/;
const BY_NAME = /^lib([\w+.-]+?)\.so$/;

/**
 * Libraries that are opened by a name without a number (`libpq.so`): that link is a file of the development package
 * (https://www.debian.org/doc/debian-policy/ch-sharedlibs.html#development-files), which stays then.
 */
export function linkNeeds(facts: Facts, sources: readonly PythonSource[]): Need[] {
  return namedLinks(facts, sources).flatMap(({ stem, evidence }) => (isOwn(`lib${stem}.so`, facts) ? [] : holders(stem, evidence, facts)));
}

interface NamedLink {
  stem: string;
  evidence: Evidence;
}

function namedLinks(facts: Facts, sources: readonly PythonSource[]): NamedLink[] {
  const found = sources.flatMap((source) => {
    const opens = source.libraries.length > 0 || [...source.imports.keys()].some((name) => /^(ctypes|cffi|_cffi_backend)(\.|$)/.test(name));
    return source.literals.flatMap(({ value, line }) => linkOf(value, opens, { file: source.file, line, note: `opens ${value}` }));
  });
  const states = [facts.labelled.at(-1)?.state.env ?? {}, ...facts.start.commands.map(({ env }) => env)];
  const given = states.flatMap((env) =>
    Object.entries(env).flatMap(([name, value]) =>
      (value ?? '').split(/[\s:]+/).flatMap((word) => linkOf(word, name === 'LD_PRELOAD', { file: facts.source.path, note: `${name} names ${word}` })),
    ),
  );
  const assigned = facts.start.commands.flatMap(({ assignments, name, args }) => [
    ...assignments.map((one) => one.word.value),
    ...(name === 'export' ? args.map((word) => word.value.replace(/^\w+=/, '')) : []),
  ]);
  const exported = assigned.flatMap((value) =>
    value.split(/[\s:]+/).flatMap((word) => linkOf(word, false, { file: facts.source.path, note: `the start names ${word}` })),
  );
  return [...new Map([...found, ...given, ...exported].map((one) => [one.stem, one])).values()];
}

/** The name between `lib` and `.so`, of a path of the system or, where libraries are opened by their name, of that. */
function linkOf(value: string, byName: boolean, evidence: Evidence): NamedLink[] {
  const stem = (UNVERSIONED.exec(value) ?? (byName ? BY_NAME.exec(value) : null))?.[1];
  return stem === undefined ? [] : [{ stem, evidence }];
}

/** The context or a RUN brings a file of that name. */
function isOwn(name: string, { context, labelled }: Facts): boolean {
  const written = allEffects(labelled).some(({ writes }) => writes.some(({ path }) => posix.basename(path) === name));
  return written || (context.files() ?? []).some((file) => posix.basename(file) === name);
}

/** The packages that hold the link, as far as anybody can tell: all headers that are installed where their names do not. */
function holders(stem: string, evidence: Evidence, facts: Facts): Need[] {
  const named = new Set([LINKS[stem], `lib${stem}-dev`, `lib${stem.toLowerCase()}-dev`, `${stem}-dev`].filter((name) => name !== undefined));
  const headers = stayingPackages(facts).filter(isHeader);
  const installed = headers.filter(({ name }) => named.has(name) || new RegExp(`^lib${stem.replace(/[^\w]/g, '.')}[\\d.-]*-dev$`, 'i').test(name));
  if (installed.length > 0) return installed.map((one) => packageNeed(one, evidence));
  const { packageManager, release } = facts.base;
  const full = packageManager === 'apt' && providesProgram(facts.base, 'gcc');
  const known = full ? [...named].find((name) => runtimeLibraries('apt', name, release) !== undefined) : undefined;
  if (known !== undefined) return [{ kind: 'packages', name: known, manager: 'apt', evidence }];
  return headers.map((one) => packageNeed(one, evidence));
}
