/** What differs from one container engine to another: how it is called, not what it does. */
export interface EngineKind {
  /** Arguments that print the version of what really builds and runs; they fail where nothing answers. */
  version: readonly string[];
  /** Options of a build, beyond those that all engines share. */
  build: readonly string[];
  /** It writes archives to standard output. Podman opens that by name, which of a pipe of Node's cannot be done: it is a socket. */
  streams: boolean;
  env: Readonly<Record<string, string>>;
}

/** The engines, in the order in which they are looked for. */
export const engineKinds = {
  docker: {
    version: ['version', '--format', '{{.Server.Version}}'],
    build: ['--force-rm'],
    streams: true,
    // The builder of the engine itself: another one would keep what it builds to itself. Options of BuildKit are given here, for the
    // builder before it refuses them.
    env: { DOCKER_BUILDKIT: '1', BUILDKIT_PROGRESS: 'plain', BUILDX_BUILDER: 'default', BUILDX_NO_DEFAULT_ATTESTATIONS: '1', DOCKER_CLI_HINTS: 'false' },
  },
  podman: {
    version: ['version', '--format', '{{.Client.Version}}'],
    // Its own format knows no HEALTHCHECK, ONBUILD and SHELL: https://docs.podman.io/en/latest/markdown/podman-build.1.html
    build: ['--format', 'docker', '--force-rm'],
    streams: false,
    env: {},
  },
} as const satisfies Record<string, EngineKind>;

export type EngineName = keyof typeof engineKinds;
