import type { Detection } from '../../types.ts';
import type { Facts, Language, LanguagePlan } from '../language.ts';
import { nodeCommands } from './commands.ts';

const STARTERS = new Set(['node', 'nodejs', 'npm', 'yarn', 'pnpm', 'npx']);

export const node: Language = {
  name: 'node',
  detect: (context) => {
    if (context.kind('package.json') !== 'file') return undefined;
    const detection: Detection = { language: 'node', directory: '', confidence: 0.9, evidence: [{ file: 'package.json', note: 'a package of Node.js' }] };
    return detection;
  },
  commands: nodeCommands,
  follow: (command, scope) => {
    if (!['npm', 'yarn', 'pnpm'].includes(command.name) || command.cwd === undefined) return undefined;
    const words = command.args.map((word) => word.value).filter((word) => !word.startsWith('-'));
    const name = words[0] === 'run' ? words[1] : words[0];
    const place = scope.sourceOf(`${command.cwd === '/' ? '' : command.cwd}/package.json`);
    const text = place === undefined ? undefined : scope.context.read(place);
    if (text === undefined || name === undefined) return undefined;
    const script = (JSON.parse(text) as { scripts?: Record<string, string> }).scripts?.[name];
    return script === undefined ? undefined : { text: script, cwd: command.cwd };
  },
  starts: (facts) => facts.start.commands.some((command) => STARTERS.has(command.name.replace(/^.*\//, ''))),
  plan: planNode,
};

function planNode(facts: Facts): LanguagePlan {
  const ownPrograms = ['node', 'npm', 'npx', 'yarn'];
  const builds = facts.labelled.some(({ segments }) => segments?.some((segment) => segment.effects.some((effect) => effect.action === 'node-script')));
  return {
    ...{ needs: [], copies: {}, buildOnly: [], outputs: [], generated: [], buildTools: [], ownPrograms, builderSteps: [], finalSteps: [], bases: ['slim', 'same'], bare: false, decisions: [] },
    ...(!builds && { nothingToGain: { why: 'it only installs and runs', advice: 'Leave this Dockerfile as it is.' } }),
  };
}
