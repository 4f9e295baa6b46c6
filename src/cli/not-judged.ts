import type { EngineProblem, Verification } from '../verify/index.ts';

/** What is reported of a Dockerfile whose verification an engine's problem ended. */
export function notJudged({ path, context }: { path: string; context: string }, { message, help }: EngineProblem): Verification {
  return { schema: 1, path, context, verdict: 'cannot-judge', message, help, differences: [], changes: [], checked: [], engine: '' };
}
