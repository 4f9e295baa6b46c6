import { allEffects } from '../../effects/effect.ts';
import { programsOfPackage, providesProgram } from '../../knowledge/programs.ts';
import type { Need } from '../../types.ts';
import type { Facts } from '../language.ts';
import type { GoSource } from './sources.ts';

/** What of the standard library asks the go command, or reads GOROOT: https://pkg.go.dev/go/build#Context.Import, https://pkg.go.dev/go/importer */
export function toolchainNeeds(sources: readonly GoSource[]): Need[] {
  return sources.flatMap(({ file, imports, marks }): Need[] => {
    const why = [
      imports.includes('go/importer') ? 'imports go/importer' : undefined,
      imports.includes('go/build') && marks.has('imports') ? 'imports packages with go/build' : undefined,
      marks.has('goroot') ? 'reads files of GOROOT' : undefined,
    ].find((one) => one !== undefined);
    return why === undefined ? [] : [{ kind: 'program', name: 'go', evidence: { file, note: `${why}, which takes an installed Go` } }];
  });
}

/** A Go that neither the base nor a package brings was unpacked there: no other image has it. */
export function withoutGo(need: Need, { base, labelled }: Facts): Need {
  if (need.kind !== 'program' || need.name !== 'go' || providesProgram(base, 'go')) return need;
  const brought = allEffects(labelled).some(({ packages }) =>
    packages?.names.some((name) => /^go$|^golang/.test(name) || programsOfPackage(packages.manager, name).includes('go')),
  );
  return brought ? need : { kind: 'system', name: 'go', evidence: { ...need.evidence, note: `it has no go (${need.evidence.note})` } };
}
