import { allEffects, within } from '../../effects/effect.ts';
import { Stop } from '../../errors.ts';
import type { Facts } from '../../languages/language.ts';
import type { Build } from './builds.ts';

/** Files of /etc that every distribution brings. */
const OF_THE_SYSTEM =
  /^\/etc\/(?:apt|apk|yum.*|dnf|bash.*|ca-certificates.*|cron.*|default|environment|fstab|group|gshadow|host.*|init.*|inputrc|issue.*|ld\.so.*|locale.*|localtime|login.*|logrotate.*|machine-id|mke2fs.*|mtab|nsswitch.*|opt|os-release|pam.*|passwd|pki|profile.*|resolv.*|rc.*|security|services|shadow|shells|skel|ssl|subgid|subuid|sudoers.*|sysctl.*|sysconfig|systemd|terminfo|timezone|update.*|X11|xattr.*)(?:\/|$)/;

/**
 * A file of /etc that is changed in place has to come from somewhere. Where neither the distribution, a package of its name
 * nor a COPY brings it, an install has written outside of its prefix, and more than this file is lost. Throws Stop then.
 */
export function stopAtEditedInstall(facts: Facts, builds: readonly Build[]): void {
  const first = builds.find(({ effect }) => effect.action === 'install-built');
  if (!first) return;
  const packages = allEffects(facts.labelled).flatMap((effect) => effect.packages?.names ?? []);
  for (const { index, segments } of facts.labelled) {
    for (const effect of segments?.flatMap(({ effects }) => effects) ?? []) {
      const path = effect.action === 'edit' ? effect.writes.find((write) => isStrange(write.path, facts, packages))?.path : undefined;
      if (path !== undefined)
        throw new Stop(
          'layout-unknown',
          {
            why: `${path} is changed in place, and no instruction is seen to bring it: the install of line ${first.line} may write outside of its prefix`,
            advice: 'Tell the install where everything goes (--prefix, --sysconfdir, --localstatedir), or COPY the file.',
          },
          facts.source.instructions[index]?.line,
        );
    }
  }
}

function isStrange(path: string, { labelled, sourceOf }: Facts, packages: readonly string[]): boolean {
  const [, name] = /^\/etc\/([^/]+)/.exec(path) ?? [];
  if (name === undefined || OF_THE_SYSTEM.test(path) || sourceOf(path) !== undefined) return false;
  const stem = name.replace(/[\d.].*$/, '');
  if (packages.some((one) => one === name || (stem.length > 1 && one.startsWith(stem)))) return false;
  return !labelled.some(
    ({ copy, segments }) =>
      (copy && within(path, copy.destination)) ||
      segments?.some(({ effects }) => effects.some((effect) => effect.action !== 'edit' && effect.writes.some((write) => within(path, write.path)))),
  );
}
