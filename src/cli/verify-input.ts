import { readFileSync, statSync } from 'node:fs';
import { readSettings, type Settings, SettingsError, type VerifyInput } from '../verify/index.ts';
import { type ConvertArguments, type EngineArguments, UsageError } from './args.ts';
import type { DockerfileInput } from './input.ts';
import type { Surroundings } from './run.ts';

/** All that a verification is given but the second Dockerfile; `ignore` is what both are built with. */
export function verifyInput(
  { path, file, text, context }: DockerfileInput,
  { options, quiet }: Pick<ConvertArguments, 'options' | 'quiet'>,
  { given, secrets, ssh, engine }: EngineArguments,
  surroundings: Surroundings,
): Omit<VerifyInput, 'after'> & { ignore?: string } {
  if (context === undefined) throw new UsageError('to build images takes a build context: name it with --context');
  const settings = settingsOf(given, file);
  const ignore = ignoreFile(file);
  return {
    ...{ path, settings, before: { text, ...ignore }, ...ignore, expected: expectedOf(options), signal: surroundings.interruption() },
    build: {
      ...{ context, buildArgs: { ...settings.buildArgs, ...options.buildArgs }, secrets, ssh },
      ...(options.platform !== undefined && { platform: options.platform }),
    },
    ...(engine !== undefined && { engine }),
    tell: (line) => quiet || surroundings.tell(`restage: ${line}\n`),
  };
}

/** How the images of a Dockerfile are run. Throws UsageError where its restage.json cannot be used. */
export function settingsOf(given: EngineArguments['given'], file: string | undefined): Settings {
  try {
    return readSettings(given, file);
  } catch (error) {
    if (error instanceof SettingsError) throw new UsageError(error.message);
    throw error;
  }
}

/** The ignore file that goes with a Dockerfile of that name alone: https://docs.docker.com/build/concepts/context/#filename-and-location */
export function ignoreFile(file: string | undefined): { ignore?: string } {
  const path = `${file}.dockerignore`;
  return file !== undefined && statSync(path, { throwIfNoEntry: false }) ? { ignore: readFileSync(path, 'utf8') } : {};
}

/** What the user asked to be otherwise. */
export function expectedOf({ harden, allow }: ConvertArguments['options']): string[] {
  return [...(harden.includes('nonroot') ? ['user', 'access', 'owner'] : []), ...(allow.includes('go-run') ? ['entrypoint'] : [])];
}
