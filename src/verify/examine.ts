import { accountOf } from './access.ts';
import type { Comparison } from './comparison.ts';
import { compareConfiguration } from './configuration.ts';
import { compareLinks, compareRights, type Files } from './files.ts';
import { findGone, type Gone } from './gone.ts';
import { compareMeans } from './means.ts';
import { compareModules } from './modules.ts';
import { compareNamed } from './named.ts';
import { ownPaths, type Subject } from './subject.ts';

/** Compares two images as they lie there: what they promise, and what their files ask for. Gives what is gone. */
export function examine(before: Subject, after: Subject, found: Comparison): Gone {
  const files: Files = {
    ...{ before, after, own: ownPaths(after), ownBefore: ownPaths(before) },
    accounts: { before: accountOf(before.config.User ?? '', before.tree), after: accountOf(after.config.User ?? '', after.tree) },
  };
  const side = ({ config, base }: Subject, uid: string | undefined) => ({ config, inherited: base.config, uid });
  found.checked.push('configuration');
  compareConfiguration(side(before, files.accounts.before?.uid), side(after, files.accounts.after?.uid), found);
  compareLinks(files, found);
  compareRights(files, found);
  const gone = findGone(files);
  compareMeans(files, found);
  compareNamed(files, gone, found);
  compareModules(files, found);
  return gone;
}
