import type { ImageConfig } from '../engine/image.ts';
import type { Comparison } from './comparison.ts';
import marks from './marks.json' with { type: 'json' };

/** The configuration of an image, and what of it came from its base. */
export interface Configured {
  config: ImageConfig;
  inherited: ImageConfig;
  /** Id of the user that its processes run as; undefined where it names a user that does not exist. */
  uid: string | undefined;
}

const BUILD_VARIABLES = new RegExp(marks.buildVariables);

/**
 * Compares what two images promise to whoever runs them. What the first Dockerfile sets itself has to be in the second image;
 * what came from its base image, and what only builds read, may change.
 */
export function compareConfiguration(before: Configured, after: Configured, found: Comparison): void {
  compareVariables(before, after, found);
  compareNamed('label', before, after, ({ Labels }) => Labels ?? {}, found);
  compareSets('port', before, after, ({ ExposedPorts }) => ExposedPorts, found);
  compareSets('volume', before, after, ({ Volumes }) => Volumes, found);
  compareSets('onbuild', before, after, ({ OnBuild }) => Object.fromEntries((OnBuild ?? []).map((line) => [line, line])), found);
  compareValue('workdir', before, after, ({ WorkingDir }) => WorkingDir || '/', found);
  compareValue('stopsignal', before, after, ({ StopSignal }) => StopSignal ?? '', found);
  compareValue('healthcheck', before, after, ({ Healthcheck }) => (Healthcheck?.Test?.length ? JSON.stringify(Healthcheck) : ''), found);
  compareStart(before, after, found);
  compareUser(before, after, found);
}

type Read<T> = (config: ImageConfig) => T;

function compareVariables(before: Configured, after: Configured, found: Comparison): void {
  const variables: Read<Record<string, string>> = ({ Env }) =>
    Object.fromEntries((Env ?? []).map((pair) => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)]));
  compareNamed('env', before, after, variables, found, (name) => name !== 'PATH' && !BUILD_VARIABLES.test(name));
}

function compareNamed(
  what: string,
  before: Configured,
  after: Configured,
  read: Read<Record<string, string>>,
  found: Comparison,
  counts: (name: string) => boolean = () => true,
): void {
  const [was, is, inherited] = [read(before.config), read(after.config), read(before.inherited)];
  for (const [name, value] of Object.entries(was)) {
    if (is[name] === value) continue;
    const message = `${what} ${name}=${value} ${is[name] === undefined ? 'is gone' : `became ${is[name]}`}`;
    if (inherited[name] !== value && counts(name)) found.differ('configuration', what, message);
    else found.change(message);
  }
  for (const name of Object.keys(is))
    if (was[name] === undefined && read(after.inherited)[name] !== is[name]) found.change(`${what} ${name}=${is[name]} is new`);
}

function compareSets(what: string, before: Configured, after: Configured, read: Read<Record<string, unknown> | null | undefined>, found: Comparison): void {
  const [was, is, inherited] = [read(before.config) ?? {}, read(after.config) ?? {}, read(before.inherited) ?? {}];
  for (const name of Object.keys(was)) {
    if (name in is) continue;
    if (name in inherited) found.change(`${what} ${name} of the base image is gone`);
    else found.differ('configuration', what, `${what} ${name} is gone`);
  }
  for (const name of Object.keys(is)) if (!(name in was)) found.change(`${what} ${name} is new`);
}

function compareValue(what: string, before: Configured, after: Configured, read: Read<string>, found: Comparison): void {
  const [was, is] = [read(before.config), read(after.config)];
  if (was === is) return;
  const message = `${what} ${was || '(none)'} became ${is || '(none)'}`;
  if (was !== '' && was !== read(before.inherited)) found.differ('configuration', what, message);
  else found.change(message);
}

/** Who gives `docker run IMAGE` arguments sees whether there is an entry point; which words start the same program is not seen. */
function compareStart(before: Configured, after: Configured, found: Comparison): void {
  const [entry, now] = [before, after].map(({ config }) => config.Entrypoint ?? []);
  const [old, next] = [before, after].map(({ config }) => JSON.stringify([...(config.Entrypoint ?? []), ...(config.Cmd ?? [])]));
  if (hasOwnEntry(before) !== hasOwnEntry(after)) {
    const effect = hasOwnEntry(after) ? 'would be arguments, not the command' : 'would replace the command, not be its arguments';
    found.differ('configuration', 'entrypoint', `entrypoint ${JSON.stringify(entry)} became ${JSON.stringify(now)}: what docker run is given ${effect}`);
  } else if (old !== next) found.change(`command ${old} became ${next}`);
}

/** Those of base images only prepare what they are given. */
function hasOwnEntry({ config, inherited }: Configured): boolean {
  return (config.Entrypoint ?? []).length > 0 && JSON.stringify(config.Entrypoint) !== JSON.stringify(inherited.Entrypoint ?? []);
}

function compareUser(before: Configured, after: Configured, found: Comparison): void {
  const [was, is] = [before.config.User || 'root', after.config.User || 'root'];
  if (was === is && before.uid === after.uid) return;
  const message = `user ${was} became ${is}${after.uid === undefined ? ', which does not exist' : ''}`;
  const isSame = before.uid === after.uid && before.uid !== undefined;
  if (!isSame && (after.uid === undefined || (before.uid !== '0' && before.config.User !== before.inherited.User)))
    found.differ('configuration', 'user', message);
  else if (was !== is) found.change(message);
}
