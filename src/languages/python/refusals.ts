import { Stop } from '../../errors.ts';
import type { Effect, ShellCommand } from '../../types.ts';
import type { Facts } from '../language.ts';
import { isFullPython } from './places.ts';

/** Throws Stop for what no other stage could be given safely. */
export function refuseUnsafe(facts: Facts): void {
  const line = facts.source.instructions.find(({ keyword }) => keyword === 'FROM')?.line;
  if (!WITH_KNOWN_PYTHON.has(facts.base.image)) throw new Stop('unknown-base', { image: facts.reference, lacks: 'its Python' }, line);
  const pinned = facts.reference.includes('@sha256:') && isFullPython(facts.base) && facts.options.targetBase === 'auto';
  if (pinned) throw new Stop('digest-pinned', { image: facts.reference }, line);
  for (const { index, segments } of facts.labelled) {
    const at = facts.source.instructions[index]?.line;
    for (const effect of (segments ?? []).flatMap((segment) => segment.effects)) refuseEffect(effect, at);
  }
}

/** Images whose Python is that of the official image or of the distribution; others keep one of their own elsewhere. */
const WITH_KNOWN_PYTHON = new Set(['alpine', 'buildpack-deps', 'debian', 'node', 'nginx', 'python', 'ubuntu']);

function refuseEffect(effect: Effect, line: number | undefined): void {
  const { command } = effect;
  if (!command || !effect.action?.startsWith('python-')) return;
  const shown = words(command);
  if (effect.action === 'python-unplaced') {
    throw new Stop(
      'layout-unknown',
      {
        why: `\`${shown}\` installs among the files of the system, from which its packages cannot be told`,
        advice: 'Install into a virtual environment (`python3 -m venv /opt/venv`, with /opt/venv/bin first on PATH), then try again.',
      },
      line,
    );
  }
  if (effect.action === 'python-browsers') throw new Stop('browser-needed', { package: shown }, line);
  if (effect.writes.some((write) => write.path === '/')) throw new Stop('tree-is-root', { command: shown, directory: '/' }, line);
  if (effect.action === 'python-install' && command.env.UV_LINK_MODE === 'symlink') {
    throw new Stop(
      'cache-is-program',
      { why: "UV_LINK_MODE=symlink makes the packages links into uv's cache", advice: 'Set UV_LINK_MODE=copy, then try again.' },
      line,
    );
  }
}

function words(command: ShellCommand): string {
  const verb = command.name === 'pip' ? 'pip install' : command.name;
  return [verb, ...command.args.map((word) => word.text)].join(' ').slice(0, 80);
}
