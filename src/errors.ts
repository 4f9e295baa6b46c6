import { explainReason, type ReasonCode } from './reasons.ts';

/** A reason that ends a conversion; `convert` turns it into a Conversion. Never seen outside of it. */
export class Stop extends Error {
  readonly code: ReasonCode;
  readonly data: Record<string, string>;
  readonly line: number | undefined;

  /** `data` fills the marks of the reason's message and help. */
  constructor(code: ReasonCode, data: Record<string, string> = {}, line?: number) {
    super(explainReason(code, data).message);
    this.name = 'Stop';
    this.code = code;
    this.data = data;
    this.line = line;
  }
}
