import { describeBase } from '../knowledge/bases.ts';
import { formatImageReference, parseImageReference } from '../knowledge/image-reference.ts';
import { jreSibling } from '../knowledge/java-images.ts';
import { newestRelease } from '../knowledge/newest.ts';
import { alpineSibling, releaseBase, slimSibling } from '../knowledge/siblings.ts';
import type { Facts, LanguagePlan } from '../languages/language.ts';
import type { TargetBase } from '../types.ts';

export interface Candidate {
  /** The reference with its variables replaced. */
  reference: string;
  same: boolean;
}

/** The final bases to try, smallest first. */
export function candidates(facts: Facts, plan: LanguagePlan): Candidate[] {
  const { targetBase } = facts.options;
  const wanted = targetBase === 'auto' ? plan.bases.flatMap((kind) => auto(kind, facts)) : named(targetBase, facts, plan);
  return [
    ...new Map(
      wanted.filter((reference) => reference !== undefined).map((reference) => [reference, { reference, same: reference === facts.reference }]),
    ).values(),
  ];
}

function auto(kind: LanguagePlan['bases'][number], facts: Facts): (string | undefined)[] {
  switch (kind) {
    case 'scratch':
      return ['scratch'];
    case 'release':
      return [releaseBase(facts.reference, facts.base)];
    case 'slim':
      return [slimSibling(facts.reference)];
    case 'jre':
      return [jreSibling(facts.reference)];
    case 'same':
      return [facts.reference];
  }
}

function named(target: TargetBase, facts: Facts, plan: LanguagePlan): (string | undefined)[] {
  const compiled = plan.bases.includes('release');
  switch (target) {
    case 'scratch':
      return ['scratch'];
    case 'distroless':
      return compiled ? distroless(facts) : [];
    case 'alpine':
      return [compiled ? plain(facts, 'alpine') : facts.base.variant === 'alpine' ? facts.reference : alpineSibling(facts.reference)];
    case 'slim':
      return [compiled ? plain(facts, 'debian') : facts.base.variant === 'slim' ? facts.reference : slimSibling(facts.reference)];
    default:
      return [facts.reference];
  }
}

/** The plain image of a distribution: of the builder's release where it is the same one, else of the newest. */
function plain(facts: Facts, distro: 'alpine' | 'debian'): string | undefined {
  if (facts.base.distro === distro) return releaseBase(facts.reference, facts.base);
  const release = newestRelease(distro);
  return beside(facts, distro, distro === 'debian' ? `${release}-slim` : release);
}

/** An official image from the same registry as the builder. */
function beside(facts: Facts, repository: string, tag: string): string {
  return formatImageReference(parseImageReference(facts.reference), { repository, tag, digest: undefined });
}

const DEBIAN: Record<string, string> = { bullseye: '11', bookworm: '12', trixie: '13' };

function distroless(facts: Facts): string[] {
  const release = DEBIAN[facts.base.release] ?? DEBIAN[newestRelease('debian')] ?? '12';
  const images = ['static', 'base', 'cc'].map((name) => `gcr.io/distroless/${name}-debian${release}`);
  return images.filter((reference) => describeBase(reference) !== undefined);
}
