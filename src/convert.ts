import { chooseLanguage } from './detect/choose.ts';
import { unifiedDiff } from './diff.ts';
import { emit } from './emit/emit.ts';
import { loadTemplates } from './emit/templates.ts';
import { Stop } from './errors.ts';
import { explain, explainStop } from './explain.ts';
import { gather } from './gather.ts';
import type { Facts } from './languages/language.ts';
import { chooseBase } from './plan/bases.ts';
import { cacheOrder } from './plan/cache-order.ts';
import { checkOutput, configurationOf } from './plan/check.ts';
import { downloadedNeeds } from './plan/downloaded.ts';
import { worthIt } from './plan/estimate.ts';
import { planGeneral } from './plan/general/general.ts';
import { settleGeneral } from './plan/general/settle.ts';
import { harden } from './plan/harden.ts';
import { startNeeds, userNeeds } from './plan/needs.ts';
import { packageNeeds } from './plan/packages.ts';
import { parallel } from './plan/parallel.ts';
import { assemble, builderName } from './plan/plan.ts';
import { readStart } from './plan/start.ts';
import { explainReason } from './reasons.ts';
import type { BuildContext, Conversion, Need, Observation, Options } from './types.ts';

export interface ConvertInput {
  /** The Dockerfile's text. */
  text: string;
  /** As the user named it; for messages and the diff. */
  path: string;
  /** Undefined where the Dockerfile comes without one (standard input). */
  context?: BuildContext;
  contextPath?: string;
  options?: Partial<Options>;
  /** Directory with templates that go before restage's own. */
  templates?: string;
  /** What was seen of an image that was built from this very text; it tells what the text does not. */
  observation?: Observation;
}

const DEFAULTS: Options = { targetBase: 'auto', harden: [], allow: [], buildArgs: {} };

/**
 * Turns a single-stage Dockerfile into a multi-stage one, or says why not. Never throws for a bad Dockerfile: the outcome
 * is `converted`, `unchanged`, `refused` or `failed`, with a code, a message and what to do.
 */
export function convert(input: ConvertInput): Conversion {
  const progress: Progress = {};
  try {
    return convertOrStop(input, progress);
  } catch (error) {
    const stop = error instanceof Stop ? error : new Stop('internal', { cause: error instanceof Error ? error.message : String(error) });
    return conclude(input, stop, progress);
  }
}

/** What was known when a conversion stopped, for its explanation. */
interface Progress {
  facts?: Omit<Facts, 'start'>;
  needs?: Need[];
}

function convertOrStop(input: ConvertInput, progress: Progress): Conversion {
  const gathered = gather(input.text, input.path, input.context, { ...DEFAULTS, ...input.options }, input.observation);
  progress.facts = gathered;
  const read: Facts = { ...gathered, start: readStart(gathered) };
  const language = chooseLanguage(read);
  const known = language ? read : settleGeneral(read);
  const plan = language ? language.plan(known) : planGeneral(known);
  const needs = [...plan.needs, ...startNeeds(known, plan), ...downloadedNeeds(known), ...userNeeds(known), ...packageNeeds(known.labelled, known.source)];
  progress.needs = needs;
  const choice = chooseBase(known, plan, needs, builderName(known));
  const estimate = worthIt(known, plan, choice);
  const stages = harden(known, parallel(known, cacheOrder(known, plan, assemble(known, plan, choice))), choice);
  const dockerfile = emit(known.source, stages, loadTemplates(input.templates));
  checkOutput(known, stages, dockerfile);
  const reason = explainReason('converted', { from: known.reference, to: choice.reference });
  return {
    ...heading(input),
    ...{ outcome: 'converted', code: 'converted', message: reason.message, help: reason.help },
    dockerfile,
    diff: unifiedDiff(input.path, input.text, dockerfile),
    plan: stages,
    decisions: stages.decisions,
    contract: { start: known.start, configuration: configurationOf(known), needs },
    estimate,
    explanation: explain(known, stages, needs, choice),
  };
}

function heading(input: ConvertInput) {
  return { schema: 1 as const, path: input.path, context: input.contextPath ?? '' };
}

function conclude(input: ConvertInput, stop: Stop, { facts, needs = [] }: Progress): Conversion {
  const { outcome, message, help } = explainReason(stop.code, { context: input.contextPath ?? '', path: input.path, ...stop.data });
  const explanation = facts && explainStop(facts, needs);
  return {
    ...heading(input),
    ...{ outcome, code: stop.code, message, help, decisions: [] },
    ...(stop.line !== undefined && { line: stop.line }),
    ...(explanation && { explanation }),
  };
}
