import { labelledAt } from '../effects/labelled.ts';
import type { Facts } from '../languages/language.ts';
import type { Decision, PlannedInstruction, PlannedStage, StagePlan } from '../types.ts';
import type { BaseChoice } from './bases.ts';

/** The nonroot user of distroless images, whom every base knows by number: https://github.com/GoogleContainerTools/distroless */
const NONROOT = '65532:65532';

/** Changes a plan in the ways that were asked for by name with --harden; each is a decision. */
export function harden(facts: Facts, plan: StagePlan, choice: BaseChoice): StagePlan {
  let hardened = plan;
  if (facts.options.harden.includes('strip')) hardened = strip(facts, hardened);
  if (facts.options.harden.includes('clean')) hardened = clean(facts, hardened);
  if (facts.options.harden.includes('nonroot')) hardened = nonroot(facts, hardened, choice);
  return hardened;
}

/** `go build` leaves out symbols and debug information: https://pkg.go.dev/cmd/link */
function strip(facts: Facts, plan: StagePlan): StagePlan {
  const builders = plan.stages.slice(0, -1).keys();
  return [...builders].reduce((changed, at) => stripStage(facts, changed, at), plan);
}

function stripStage(facts: Facts, plan: StagePlan, at: number): StagePlan {
  return rewrite(
    facts,
    plan,
    at,
    (text, index) => {
      const builds = labelledAt(facts.labelled, index)?.segments?.some(({ effects }) => effects.some((effect) => effect.action === 'go-build'));
      if (!builds || /-ldflags[= ]*["']?[^"'\n]*-s\b/.test(text)) return text;
      if (/-ldflags/.test(text)) return text.replace(/(-ldflags[= ]*["'])/, '$1-s -w ');
      return text.replace(/(\bgo\s+(?:build|install))\b/, '$1 -ldflags="-s -w"');
    },
    (line) => ({ code: 'harden-strip', message: 'symbols and debug information are left out', line }),
  );
}

/** The final stage keeps no lists or caches of its package manager. */
function clean(facts: Facts, plan: StagePlan): StagePlan {
  return rewrite(
    facts,
    plan,
    -1,
    (text) => {
      if (/\bapt(-get)?\s+(-\S+\s+)*install\b/.test(text) && !text.includes('/var/lib/apt/lists'))
        return `${text.trimEnd()} \\\n    && rm -rf /var/lib/apt/lists/*\n`;
      return text.includes('--no-cache') ? text : text.replace(/\bapk\s+add\b/, 'apk add --no-cache');
    },
    (line) => ({ code: 'harden-clean', message: 'the lists of the package manager are removed', line }),
  );
}

function rewrite(facts: Facts, plan: StagePlan, at: number, change: (text: string, index: number) => string, decide: (line: number) => Decision): StagePlan {
  const decisions = [...plan.decisions];
  const stage = plan.stages.at(at) as PlannedStage;
  const instructions = stage.instructions.map((planned): PlannedInstruction => {
    if (planned.kind === 'added') return planned;
    const source = facts.source.instructions[planned.index];
    if (source?.keyword !== 'RUN') return planned;
    const text = planned.kind === 'split' ? planned.text : source.text;
    const changed = change(text, planned.index);
    if (changed === text) return planned;
    const decision = decide(source.line);
    decisions.push(decision);
    return { kind: 'split', index: planned.index, text: changed, why: decision.message };
  });
  return { ...plan, decisions, stages: plan.stages.map((one) => (one === stage ? { ...stage, instructions } : one)) };
}

/** The program runs as a user without rights, who owns what the builder made. */
function nonroot(facts: Facts, plan: StagePlan, choice: BaseChoice): StagePlan {
  const state = facts.labelled.at(-1)?.state;
  if (state !== undefined && !['', 'root', '0'].includes(state.user)) return plan;
  const user = choice.base.users.includes('node') && choice.base.image === 'node' ? 'node' : NONROOT;
  const owner = user === 'node' ? 'node:node' : user;
  const final = plan.stages.at(-1) as PlannedStage;
  const owned = final.instructions.map(
    (planned): PlannedInstruction => (isOwnable(planned, plan) ? { ...planned, data: { ...planned.data, owner } } : planned),
  );
  const ordered = ownedBeforeWorkdir(owned, facts);
  const start = ordered.findIndex(
    (planned) => planned.kind === 'carried' && ['CMD', 'ENTRYPOINT'].includes(facts.source.instructions[planned.index]?.keyword ?? ''),
  );
  const at = start < 0 ? ordered.length : start;
  const added: PlannedInstruction = { kind: 'added', template: 'user', data: { user }, why: 'asked for with --harden nonroot' };
  const stages = [...plan.stages.slice(0, -1), { ...final, instructions: [...ordered.slice(0, at), added, ...ordered.slice(at)] }];
  return { ...plan, stages, decisions: [...plan.decisions, { code: 'harden-nonroot', message: `the program runs as ${user}, who owns its files` }] };
}

function isOwnable(planned: PlannedInstruction, plan: StagePlan): planned is Extract<PlannedInstruction, { kind: 'added' }> {
  if (planned.kind !== 'added' || planned.template !== 'copy-from') return false;
  return planned.data.from === '/tmp' || plan.artifacts.some((artifact) => artifact.from === planned.data.from && !artifact.from.startsWith('/usr/'));
}

/** A directory that COPY makes belongs to the owner it names, one that WORKDIR made before stays root's. */
function ownedBeforeWorkdir(instructions: readonly PlannedInstruction[], facts: Facts): PlannedInstruction[] {
  const ordered = [...instructions];
  for (const planned of instructions) {
    const workdir = ordered.findIndex(
      (other) =>
        other.kind === 'carried' &&
        facts.source.instructions[other.index]?.keyword === 'WORKDIR' &&
        planned.kind === 'added' &&
        labelledAt(facts.labelled, other.index)?.state.cwd === planned.data.to,
    );
    const at = ordered.indexOf(planned);
    if (workdir < 0 || at < workdir) continue;
    ordered.splice(at, 1);
    ordered.splice(workdir, 0, planned);
  }
  return ordered;
}
