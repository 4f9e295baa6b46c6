import type { Language } from '../language.ts';
import { pythonCommands } from './commands.ts';
import { detectPython } from './detect.ts';
import { planPython } from './plan.ts';
import { settlePython } from './settle.ts';
import { startsPython } from './start.ts';

export const python: Language = {
  name: 'python',
  detect: detectPython,
  commands: pythonCommands,
  settle: settlePython,
  starts: startsPython,
  plan: planPython,
};
