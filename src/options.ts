export type TargetBase = 'auto' | 'same' | 'slim' | 'alpine' | 'distroless' | 'scratch';
export type Hardening = 'nonroot' | 'strip' | 'clean';

export interface Options {
  targetBase: TargetBase;
  harden: Hardening[];
  allow: string[];
  buildArgs: Record<string, string>;
  platform?: string;
}
