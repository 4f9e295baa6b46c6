import { within } from '../../effects/effect.ts';
import type { Facts, LanguagePlan } from '../language.ts';
import type { DataFiles } from './data.ts';

/**
 * What else RUN instructions write: directories of other builds (a front end) stay behind but for the paths that the
 * program reads, and so do files made among the sources. All of them are kept where the program opens computed paths.
 */
export function otherWrites(facts: Facts, data: DataFiles): { directories: string[]; outputs: string[]; generated: LanguagePlan['generated'] } {
  const directories = new Set<string>();
  const outputs = new Set<string>();
  const generated = new Map<string, number>();
  for (const { index, segments } of facts.labelled) {
    for (const effect of (segments ?? []).flatMap((segment) => segment.effects)) {
      if (effect.action?.startsWith('go-') || KEEPS_PLACE.has(effect.action ?? '') || effect.role === 'neutral') continue;
      for (const write of effect.writes) {
        if (effect.role === 'build') directories.add(write.path);
        if (data.all) outputs.add(write.path);
        for (const path of data.named) {
          const inside = path !== write.path && within(path, write.path);
          if (inside && effect.role === 'build' && !isInContext(path, facts)) generated.set(path, index);
          if (path === write.path || within(write.path, path)) generated.set(write.path, index);
        }
      }
    }
  }
  return { directories: data.all ? [] : [...directories], outputs: [...outputs], generated: [...generated].map(([path, after]) => ({ path, after })) };
}

const KEEPS_PLACE = new Set(['remove', 'chmod', 'chown', 'chgrp', 'edit', 'make-directory']);

function isInContext(path: string, facts: Facts): boolean {
  const source = facts.sourceOf(path);
  return source !== undefined && facts.context.kind(source) !== undefined;
}

