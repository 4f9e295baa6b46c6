import type { Language } from '../language.ts';
import { goCommands } from './commands.ts';
import { readModule } from './modules.ts';
import { planGo, startsGo } from './plan.ts';

export const go: Language = {
  name: 'go',
  detect: (context) => {
    const module = readModule(context, '');
    if (!module) return undefined;
    return {
      language: 'go',
      directory: '',
      confidence: 0.9,
      ...(module.version !== undefined && { version: module.version }),
      evidence: [{ file: 'go.mod', note: `module ${module.path}` }],
    };
  },
  commands: goCommands,
  starts: startsGo,
  plan: planGo,
};
