import { posix } from 'node:path';
import { within } from '../../effects/effect.ts';
import type { Facts } from '../../languages/language.ts';
import type { Effect, PathWrite } from '../../types.ts';

/**
 * The effects as they are where no language module answers for the program. What package managers of languages install is
 * made again in the final stage as it is written, for nothing here knows which of its files would have to cross; and of
 * what cargo builds only the programs that are started cross.
 */
export function settleGeneral(facts: Facts): Facts {
  const settle = (effect: Effect) => programsOnly(asRuntime(effect), facts);
  const labelled = facts.labelled.map((one) =>
    one.segments ? { ...one, segments: one.segments.map((segment) => ({ ...segment, effects: segment.effects.map(settle) })) } : one,
  );
  return { ...facts, labelled };
}

const OF_A_LANGUAGE = /^(python|node|corepack)/;

function asRuntime(effect: Effect): Effect {
  if (!OF_A_LANGUAGE.test(effect.action ?? '') || effect.role === 'neutral' || effect.role === 'unknown') return effect;
  return { ...effect, role: 'runtime', compiles: true, writes: [] };
}

/** A build script may write anywhere, also into the sources: https://doc.rust-lang.org/cargo/reference/build-scripts.html */
function buildScriptWrites({ context }: Facts): boolean {
  const files = context.files();
  if (!files) return true;
  const scripts = files.filter(
    (file) => /(^|\/)build\.rs$/.test(file) || (/\.toml$/.test(file) && /^\s*(build\s*=\s*"|proc-macro\s*=\s*true)/m.test(context.read(file) ?? '')),
  );
  return scripts.some((file) => file.endsWith('.toml') || WRITES.test(context.read(file) ?? 'fs::'));
}

const WRITES = /\b(?:fs::|File::|OpenOptions|Command::new|write_all|copy_|create_)/;

/** A program that starts or loads others may find them beside itself. */
function looksAround({ context }: Facts): boolean {
  const files = context.files()?.filter((file) => /\.rs$|(^|\/)Cargo\.toml$/.test(file));
  return !files || files.some((file) => /current_exe|read_dir|Command::new|libloading|dlopen|"target\/|\bc?dylib\b/.test(context.read(file) ?? ''));
}

/** Below `target` cargo keeps what it compiled on the way: https://doc.rust-lang.org/cargo/reference/build-cache.html */
function programsOnly(effect: Effect, facts: Facts): Effect {
  const { labelled, start } = facts;
  const { command } = effect;
  if (effect.action !== 'compile' || command?.name !== 'cargo' || command.cwd === undefined) return effect;
  if (buildScriptWrites(facts) || looksAround(facts)) return effect;
  const target = posix.join(command.env.CARGO_TARGET_DIR ?? posix.join(command.cwd, 'target'));
  const state = labelled.at(-1)?.state;
  if (within(state?.cwd ?? '/', target) || state?.env.PATH?.split(':').some((directory) => within(directory, target))) return effect;
  const words = start.commands.flatMap(({ name, args, cwd }) => [name, ...args.map((word) => word.value)].map((word) => posix.resolve(cwd ?? '/', word)));
  const started = words.filter((path) => within(path, target) && path !== target);
  const writes: PathWrite[] = [...new Set(started)].map((path) => ({ path, kind: 'file' }));
  return { ...effect, writes: [...writes, { path: target, kind: 'tree', disposable: true }] };
}
