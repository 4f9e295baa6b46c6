import { type Conversion, explainReason, type ReasonCode } from '../index.ts';

/** What stands in the way before a conversion can begin, or after it. */
export interface Problem {
  code: ReasonCode;
  path: string;
  data?: Record<string, string>;
  line?: number;
}

/** A problem as the outcome of a conversion, so that all reports and exit codes hold for it as well. */
export function failure({ code, path, data = {}, line }: Problem): Conversion {
  const { outcome, message, help } = explainReason(code, { path, ...data });
  return { schema: 1, path, context: data.context ?? '', outcome, code, message, help, decisions: [], ...(line !== undefined && { line }) };
}

/** The operating system's own words, without code, call and path. */
export function systemMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^[A-Z]\w+: ([^,]+)/.exec(message)?.[1] ?? message;
}
