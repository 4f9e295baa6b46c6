import type { Base } from './bases.ts';
export function providesProgram(base: Base, name: string): boolean { return base.programs.includes(name); }
export function packageOfProgram(_manager: string, name: string): string | undefined { return name === 'curl' ? 'curl' : undefined; }
export function programsOfPackage(_manager: string, name: string): string[] { return [name]; }
