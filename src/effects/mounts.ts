import { posix } from 'node:path';
import { expand } from '../parse/variables.ts';
import type { BuildContext, Effect, ImageState, LabelledSegment, SourceInstruction } from '../types.ts';
import { within } from './effect.ts';
import { valuesNamed } from './values.ts';

/** What a `RUN --mount` puts at a place while its commands run: https://docs.docker.com/reference/dockerfile/#run---mount */
export interface Mount {
  type: string;
  /** Absolute. */
  target: string;
  /** Stage, image or context that a bind mount comes from; the build context if absent. */
  from?: string;
  source: string;
}

const TARGETS = ['target', 'dst', 'destination'];
const SOURCES = ['source', 'src'];

export function mountsOf(instruction: SourceInstruction, state: ImageState, escape: '\\' | '`'): Mount[] {
  return instruction.flags.flatMap((flag) => {
    if (flag.name !== 'mount') return [];
    const values = valuesNamed(flag.value, state);
    const fields = new Map(flag.value.split(',').map((field) => keyAndValue(expand(field, values, escape).text)));
    const named = (names: string[]) => names.map((name) => fields.get(name)).find((one) => one !== undefined);
    const type = fields.get('type') ?? 'bind';
    const from = fields.get('from');
    const target = named(TARGETS) ?? (type === 'secret' ? `/run/secrets/${fields.get('id') ?? ''}` : undefined);
    const source = (named(SOURCES) ?? '').replace(/^(\.?\/)+|\/$/g, '').replace(/^\.$/, '');
    return target === undefined ? [] : [{ type, target: posix.resolve(state.cwd, target), source, ...(from !== undefined && { from }) }];
  });
}

function keyAndValue(field: string): [string, string] {
  const at = field.indexOf('=');
  return at < 0 ? [field.trim().toLowerCase(), ''] : [field.slice(0, at).trim().toLowerCase(), field.slice(at + 1)];
}

/** Where a path that a command of the RUN sees lies in the context, if a bind mount brought it. */
export function mountedSource(mounts: readonly Mount[], path: string, context: BuildContext): string | undefined {
  const mount = mounts.findLast((one) => within(path, one.target));
  if (mount?.type !== 'bind' || mount.from !== undefined) return undefined;
  const source = posix.join(mount.source, posix.relative(mount.target, path));
  return context.kind(source) === undefined ? undefined : source === '.' ? '' : source;
}

/** The parts of a RUN without what they write into its mounts: that is not in the image. */
export function withoutMounted(segments: LabelledSegment[], mounts: readonly Mount[]): LabelledSegment[] {
  if (mounts.length === 0) return segments;
  const stays = (effect: Effect): Effect => {
    const writes = effect.writes.filter((write) => !mounts.some((mount) => within(write.path, mount.target)));
    return writes.length === effect.writes.length ? effect : { ...effect, writes };
  };
  return segments.map((segment) => ({ ...segment, effects: segment.effects.map(stays) }));
}
