import { effect, operands } from '../../effects/effect.ts';
import type { CommandRule } from '../../types.ts';
import type { Facts, Language, LanguagePlan } from '../language.ts';

const pip: CommandRule = (command) => {
  const [verb] = operands(command);
  if (verb?.value !== 'install') return effect('neutral', 'pip leaves nothing that runs');
  return effect('build', 'installs packages', { action: 'pip-install', writes: [{ path: '/usr/local/lib/python/site-packages', kind: 'tree' }, { path: '/usr/local/bin', kind: 'tree' }] });
};

export const python: Language = {
  name: 'python',
  detect: (context) => (context.kind('requirements.txt') === 'file' ? { language: 'python', directory: '', confidence: 0.9, evidence: [{ file: 'requirements.txt', note: 'requirements of Python' }] } : undefined),
  commands: { pip, pip3: pip },
  starts: (facts) => facts.start.commands.some((command) => /^(python[\d.]*|gunicorn|uvicorn|flask)$/.test(command.name.replace(/^.*\//, ''))),
  plan: planPython,
};

function planPython(_facts: Facts): LanguagePlan {
  return { needs: [], copies: {}, buildOnly: [], outputs: [], generated: [], buildTools: [], ownPrograms: ['python', 'python3', 'pip', 'gunicorn', 'uvicorn', 'flask'], builderSteps: [], finalSteps: [], bases: ['slim', 'same'], bare: false, decisions: [] };
}
