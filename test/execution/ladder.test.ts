import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Conversion } from '../../src/index.ts';
import { engineVersion } from '../support/docker.ts';
import { root } from '../support/examples.ts';
import { restageJson } from '../support/verify.ts';

/** A project of which the choice made without an engine is too small or too large: case.json. */
interface Case {
  why: string;
  /** Where it is, if not beside case.json. */
  folder?: string;
  /** The base that is taken after building and running; or what the refusal says. */
  lands?: string;
  refused?: string;
}

const MINUTES = 60_000;
const version = process.env.RUN_BUILDS === '1' ? engineVersion() : undefined;
const folder = join(root, 'test/verify/ladder');
const cases = readdirSync(folder).map((name) => {
  const told = JSON.parse(readFileSync(join(folder, name, 'case.json'), 'utf8')) as Case;
  return { name, ...told, place: told.folder === undefined ? join(folder, name, 'before') : join(root, told.folder) };
});

(version === undefined ? describe.skip : describe)(`convert --verify with engine ${version}`, () => {
  test.concurrent.each(cases)(
    '$name: $why',
    async ({ place, lands, refused }) => {
      const climb = () => restageJson<Conversion>(['convert', place, '--verify', '--dry-run']);
      const first = await climb();
      // Registries and busy machines have bad moments.
      const { status, json } =
        first.status === (lands === undefined ? 3 : 0) && (lands === undefined || finalBase(first.json) === lands) ? first : await climb();
      const codes = json.decisions.map(({ code }) => code);
      if (lands !== undefined) {
        expect({ status, final: finalBase(json), proof: codes.at(-1) }).toEqual({ status: 0, final: lands, proof: 'verified' });
      } else {
        expect({ status, code: json.code, message: json.message }).toEqual({ status: 3, code: 'not-proved', message: expect.stringContaining(refused ?? '') });
        expect(codes).toContain('rung-failed');
      }
      expect(existsSync(join(place, 'Dockerfile.multistage'))).toBe(false);
    },
    30 * MINUTES,
  );
});

function finalBase({ dockerfile = '' }: Conversion): string | undefined {
  return [...dockerfile.matchAll(/^FROM\s+(\S+)/gm)].at(-1)?.[1];
}
