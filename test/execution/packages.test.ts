import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Verification } from '../../src/verify/index.ts';
import { restage, useFolders } from '../support/cli.ts';
import { engineVersion } from '../support/docker.ts';
import { root } from '../support/examples.ts';

const version = process.env.RUN_BUILDS === '1' ? engineVersion() : undefined;
const folderWith = useFolders();
const example = join(root, 'examples/go-hello/before');

/** Stands for the scanner: lists what is in an image by the image's name. */
const SYFT = `#!/bin/sh
case "$1" in
*:before) echo '{"components":[{"type":"library","name":"bash","version":"5.2"},{"type":"library","name":"hello","version":"1"},{"type":"file","name":"/x"}]}' ;;
*:after) echo '{"components":[{"type":"library","name":"hello","version":"1"}]}' ;;
*) exit 1 ;;
esac
`;
const GRYPE = `#!/bin/sh
case "$1" in
*:before) echo '{"matches":[{"vulnerability":{"id":"CVE-1","severity":"High"}},{"vulnerability":{"id":"CVE-1","severity":"High"}}]}' ;;
*) echo '{"matches":[]}' ;;
esac
`;

function verifyWith(tools: Record<string, string>): { status: number | null; found: Verification } {
  const folder = folderWith(tools);
  for (const name of Object.keys(tools)) chmodSync(join(folder, name), 0o755);
  const { status, stdout } = restage(['verify', example, '--packages', '--json', '--quiet', '--engine', process.env.DOCKER ?? 'docker'], {
    env: { PATH: `${folder}:${process.env.PATH}` },
  });
  return { status, found: JSON.parse(stdout) as Verification };
}

(version === undefined ? describe.skip : describe)(`packages with engine ${version}`, () => {
  test('are listed by the scanners that are installed', () => {
    const { status, found } = verifyWith({ syft: SYFT, grype: GRYPE });
    expect({ status, packages: found.packages }).toEqual({
      status: 0,
      packages: { before: 2, after: 1, gone: ['bash 5.2'], added: [], vulnerabilities: { before: { High: 1 }, after: {} } },
    });
  });

  test('are not made up where there is none', () => {
    const { status, found } = verifyWith({ syft: '#!/bin/sh\nexit 1\n' });
    expect({ status, packages: found.packages }).toEqual({ status: 0, packages: undefined });
    expect(found.changes).toContainEqual(expect.stringContaining('packages were not listed'));
  });
});
