import { parseDockerfile } from '../parse/dockerfile.ts';
import type { SourceInstruction } from '../types.ts';

/**
 * A Dockerfile of the image that a Dockerfile's final stage is built on in the end, with the ARGs that its name may need;
 * undefined where that is scratch. https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact
 */
export function baseDockerfile(text: string): string | undefined {
  const { instructions } = parseDockerfile(text, '');
  const first = instructions.findIndex(({ keyword }) => keyword === 'FROM');
  const stages = instructions.filter(({ keyword }) => keyword === 'FROM').map(stageOf);
  const root = rootOf(stages, stages.length - 1);
  if (root === undefined || root.image.toLowerCase() === 'scratch') return undefined;
  const preamble = instructions.slice(0, first).map(({ text: line }) => line);
  return [...preamble, root.instruction.text].join('').replace(/\n?$/, '\n');
}

interface Stage {
  instruction: SourceInstruction;
  image: string;
  name: string;
}

function stageOf(instruction: SourceInstruction): Stage {
  const [image = '', as = '', name = ''] = instruction.value.trim().split(/\s+/);
  return { instruction, image, name: /^as$/i.test(as) ? name.toLowerCase() : '' };
}

function rootOf(stages: readonly Stage[], index: number): Stage | undefined {
  const stage = stages[index];
  if (!stage) return undefined;
  const below = stages.slice(0, index).findLastIndex(({ name }) => name !== '' && name === stage.image.toLowerCase());
  return below < 0 ? stage : rootOf(stages, below);
}
