import { memoryContext } from './context.ts';
import { detectAll } from './detect/detect.ts';
import { commandRules } from './effects/commands/index.ts';
import { settleInstalls } from './effects/settle-installs.ts';
import { settleObserved } from './effects/settle-observed.ts';
import { copiedBy, findSource, isInContext } from './effects/sources.ts';
import { walk } from './effects/walk.ts';
import { Stop } from './errors.ts';
import { type Base, describeBase } from './knowledge/bases.ts';
import { parseImageReference } from './knowledge/image-reference.ts';
import { describeSeen } from './knowledge/seen-base.ts';
import { languages } from './languages/index.ts';
import type { Facts } from './languages/language.ts';
import { parseDockerfile } from './parse/dockerfile.ts';
import { findTemplateMark } from './parse/template-marks.ts';
import { expand, splitPairs } from './parse/variables.ts';
import type { BuildContext, Observation, Options, SourceDockerfile, SourceInstruction } from './types.ts';

const allRules = Object.assign({}, commandRules, ...languages.map((language) => language.commands ?? {}));

/** Everything that is known before planning, but for the start command. Throws Stop where there is nothing to convert. */
export function gather(text: string, path: string, context: BuildContext | undefined, options: Options, observation?: Observation): Omit<Facts, 'start'> {
  const mark = findTemplateMark(text);
  if (mark) throw new Stop('template', { mark: mark.text }, mark.line);
  const source = parseDockerfile(text, path);
  const from = onlyFrom(source);
  const reference = resolveReference(source, from, options);
  if (/windows|nanoserver|servercore/i.test(reference)) throw new Stop('windows-base', { image: reference }, from.line);
  if (reference === 'scratch') throw new Stop('from-scratch');
  if (/onbuild/.test(reference)) throw new Stop('onbuild-base', { image: reference }, from.line);
  const base = baseOf(reference, observation);
  const walked = settleInstalls(
    walk({
      source,
      context,
      buildArgs: { ...platformArguments(options.platform), ...options.buildArgs },
      baseEnv: base.env,
      baseUser: base.user,
      baseWorkdir: base.workdir,
      rules: allRules,
    }),
    base.unsure?.includes('programs') ? undefined : base.programs,
  ).filter(({ index }) => index >= from.index);
  const files = context ?? memoryContext({});
  const known = {
    source,
    context: files,
    reference,
    base,
    options,
    detections: detectAll(files),
    ...(observation && { observation }),
    sourceOf: (place: string) => findSource(copiedBy(walked), place, files),
  };
  const settled = languages.reduce((before, language) => language.settle?.({ ...known, labelled: before }) ?? before, walked);
  return { ...known, labelled: observation ? settleObserved(settled, observation, (path) => isInContext(path, known)) : settled };
}

/** What the tables know of a base image, and, where they do not know it or its release, what was seen of it. */
function baseOf(reference: string, observation: Observation | undefined): Base {
  const known = describeBase(reference);
  const seen = observation?.base;
  if (!seen || (known && known.release !== '')) return known ?? unknownBase(reference);
  return known?.distro === seen.distro ? { ...known, release: seen.release } : describeSeen(reference, seen, observation.bytes.base);
}

/** What BuildKit sets for `--platform`: https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope */
function platformArguments(platform: string | undefined): Record<string, string> {
  const [os, architecture, variant = ''] = platform?.split('/') ?? [];
  if (platform === undefined || os === undefined || architecture === undefined) return {};
  return { TARGETPLATFORM: platform, TARGETOS: os, TARGETARCH: architecture, TARGETVARIANT: variant };
}

function onlyFrom(source: SourceDockerfile): SourceInstruction {
  const froms = source.instructions.filter((instruction) => instruction.keyword === 'FROM');
  const [from] = froms;
  const first = source.instructions.find((instruction) => instruction.keyword !== 'ARG');
  if (!from || first !== from) {
    throw new Stop(
      'syntax',
      { what: from ? `${first?.keyword} stands before FROM` : 'there is no FROM', advice: 'A Dockerfile begins with FROM; only ARG may stand before it.' },
      first?.line,
    );
  }
  if (froms.length > 1) throw new Stop('already-multi-stage');
  return from;
}

/** The base image with its variables replaced by the ARGs before FROM and the build arguments. */
function resolveReference(source: SourceDockerfile, from: SourceInstruction, options: Options): string {
  const values: Record<string, string | undefined> = {};
  for (const instruction of source.instructions.slice(0, from.index)) {
    for (const { name, value } of splitPairs(instruction.value, source.escape)) {
      const given = value === undefined ? undefined : expand(value, values, source.escape);
      values[name] = options.buildArgs[name] ?? (given && given.unknown.length === 0 ? given.text : undefined);
    }
  }
  const written = /^\S+/.exec(from.value)?.[0] ?? '';
  const { text, unknown } = expand(written, values, source.escape);
  const [name] = unknown;
  if (name !== undefined) throw new Stop('unset-argument', { image: written, name }, from.line);
  if (text === '' || !/^([\w.-]+(:\d+)?\/)?[\w.-]+(\/[\w.-]+)*(:[\w.-]+)?(@\w+:\w+)?$/.test(text)) {
    throw new Stop('syntax', { what: `${written} is not the name of an image`, advice: 'Correct the FROM line.' }, from.line);
  }
  return text.replace(/^["']|["']$/g, '');
}

/** An image of which nothing is known: it can only serve as its own successor. */
function unknownBase(reference: string): Base {
  const { repository } = parseImageReference(reference);
  return {
    ...{ image: '', distro: 'debian', release: '', floating: true, variant: 'full', libc: 'none', shells: ['/bin/sh', '/bin/bash'], packageManager: 'none' },
    ...{
      megabytes: 0,
      user: '',
      workdir: '/',
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
      entrypoint: [],
      cmd: [],
      users: [],
      certificates: true,
      zones: true,
      programs: [repository],
    },
  };
}
