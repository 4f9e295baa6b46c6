import { type Component, listComponents, listVulnerabilities } from '../engine/scan.ts';
import type { Session } from '../engine/session.ts';
import type { PackageReport } from './types.ts';

/** What package scanners find in both images; undefined where none is installed. Nothing is told that no scanner said. */
export async function packageReport(session: Session, before: string, after: string): Promise<PackageReport | undefined> {
  const [was, is] = [await listComponents(session, before), await listComponents(session, after)];
  if (!was || !is) return undefined;
  const [old, now] = [await listVulnerabilities(session, before), await listVulnerabilities(session, after)];
  return {
    ...{ before: was.length, after: is.length, gone: without(was, is), added: without(is, was) },
    ...(old && now && { vulnerabilities: { before: old, after: now } }),
  };
}

function without(all: readonly Component[], others: readonly Component[]): string[] {
  const word = ({ name, version }: Component) => `${name} ${version}`.trim();
  const known = new Set(others.map(word));
  return [...new Set(all.map(word))].filter((one) => !known.has(one)).sort();
}
