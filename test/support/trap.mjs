import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} TrapCase One way in which conversions break, with what must come out all the same.
 * @property {string} name `01-certificates/converted`
 * @property {string} folder Build context with the Dockerfile.
 * @property {string} why What breaks where nobody looks.
 * @property {'converted' | 'refused' | 'unchanged'} outcome
 * @property {string} [code] Reason, where nothing is converted.
 * @property {Record<string, unknown>} [options]
 * @property {string[]} [final] Texts that the final stage has.
 * @property {string[]} [without] Texts that the final stage has not.
 * @property {string[]} [builder] Texts that stand before the final stage.
 * @property {Guard | Guard[]} guard What in src/ keeps it right: with `to` in the place of `from` the case fails. Several, where each would do.
 *
 * @typedef {{ file: string, from: string, to: string }} Guard
 */

/** @returns {TrapCase[]} */
export function listTraps(root) {
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .flatMap(({ name }) => readdirSync(join(root, name)).map((one) => `${name}/${one}`))
    .sort()
    .map((name) => ({ name, folder: join(root, name, 'context'), ...JSON.parse(readFileSync(join(root, name, 'case.json'), 'utf8')) }));
}

/** What of a case does not hold, given restage's public functions; [] if all does. */
export function brokenPromises({ convert, openContext }, trap) {
  const text = readFileSync(join(trap.folder, 'Dockerfile'), 'utf8');
  const found = convert({ text, path: 'Dockerfile', context: openContext(trap.folder), contextPath: '.', options: trap.options ?? {} });
  const dockerfile = found.dockerfile ?? '';
  const start = dockerfile.lastIndexOf('\nFROM ') + 1;
  const [builder, final] = [dockerfile.slice(0, start), dockerfile.slice(start)];
  return [
    ...(found.outcome === trap.outcome ? [] : [`${found.outcome} (${found.code}: ${found.message}), not ${trap.outcome}`]),
    ...(trap.code === undefined || found.code === trap.code ? [] : [`the reason is ${found.code} (${found.message}), not ${trap.code}`]),
    ...(trap.final ?? []).filter((one) => !final.includes(one)).map((one) => `the final stage lacks: ${one}\n${final}`),
    ...(trap.without ?? []).filter((one) => final.includes(one)).map((one) => `the final stage has: ${one}\n${final}`),
    ...(trap.builder ?? []).filter((one) => !builder.includes(one)).map((one) => `the builder lacks: ${one}\n${builder}`),
  ];
}
