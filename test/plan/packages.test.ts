import { describe, expect, it } from '@jest/globals';
import { gather } from '../../src/gather.ts';
import { hasBuildDependencies } from '../../src/plan/packages.ts';
import { convertText, finalStage } from '../support/convert-text.ts';

const C = { 'main.c': '#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n' };
const lines = (...text: string[]) => `${text.join('\n')}\n`;

describe('what is removed again', () => {
  const removed = (command: string) =>
    finalStage(
      convertText(
        lines(
          'FROM debian:bookworm-slim',
          'RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev libpng-dev',
          'COPY main.c /src/',
          'RUN gcc -o /usr/local/bin/app /src/main.c -lpng',
          `RUN ${command}`,
          'CMD ["app"]',
        ),
        C,
      ),
    );

  it.each(['apt-get remove -y gcc libpng-dev', 'apt-get purge -y libpng-dev gcc', 'apt-get autoremove -y && apt-get purge -y gcc libpng-dev'])(
    'leaves its libraries: %s',
    (command) => {
      expect(removed(command)).toContain('libpng16-16');
    },
  );

  it.each([
    'apt-get purge -y --auto-remove gcc libpng-dev',
    'apt-get remove -y gcc libpng-dev && apt-get autoremove -y',
    'apt-get autoremove -y gcc libpng-dev',
    'apt-get purge -y -o APT::AutoRemove::RecommendsImportant=false --autoremove gcc libpng-dev',
  ])('takes its libraries along: %s', (command) => {
    expect(removed(command)).not.toContain('libpng');
  });
});

describe('a tool', () => {
  const withTool = (tool: string, ...runs: string[]) =>
    finalStage(
      convertText(
        lines(
          'FROM debian:bookworm-slim',
          `RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev ${tool}`,
          'WORKDIR /src',
          'COPY . .',
          ...runs.map((run) => `RUN ${run}`),
          'RUN gcc -o app main.c',
          'CMD ["./app"]',
        ),
        C,
      ),
    );

  it('stays behind where the build calls it', () => {
    expect(withTool('git', 'git describe --always > version.h')).not.toContain('git');
  });

  it.each(['git', 'wget', 'unzip', 'gnupg'])('is there to run where nothing calls it: %s', (tool) => {
    expect(withTool(tool)).toMatch(new RegExp(`install -y --no-install-recommends ${tool}\\b`));
  });
});

describe('hasBuildDependencies', () => {
  it.each([
    ['apt-get build-dep -y nginx', true],
    ['yum-builddep -y nginx', true],
    ['mk-build-deps --install debian/control', true],
    ['apt-get install -y nginx', false],
  ])('%s: %s', (command, expected) => {
    const { labelled } = gather(lines('FROM debian:bookworm', `RUN ${command}`), 'Dockerfile', undefined, {
      targetBase: 'auto',
      harden: [],
      allow: [],
      buildArgs: {},
    });
    expect(hasBuildDependencies(labelled)).toBe(expected);
  });
});
