import type { BuildContext, Detection } from '../../types.ts';
import type { Language } from '../language.ts';
import { nodeCommands } from './commands.ts';
import { followNode } from './follow.ts';
import { readManifest } from './manifest.ts';
import { planNode, startsNode } from './plan.ts';

/** Packages that say which framework a program is made with. */
const FRAMEWORKS = [
  'next',
  'nuxt',
  '@nestjs/core',
  '@sveltejs/kit',
  'astro',
  '@remix-run/serve',
  '@angular/core',
  'react-scripts',
  'gatsby',
  '@strapi/strapi',
  'fastify',
  'koa',
  '@hapi/hapi',
  'express',
  'vue',
  'react',
];
const LOCKS: [string, string][] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['package-lock.json', 'npm'],
];

export const node: Language = {
  name: 'node',
  detect,
  commands: nodeCommands,
  follow: followNode,
  starts: startsNode,
  plan: planNode,
};

function detect(context: BuildContext): Detection | undefined {
  const manifest = readManifest(context, '');
  if (!manifest) return undefined;
  const framework = FRAMEWORKS.find((name) => manifest.dependencies.includes(name) || manifest.devDependencies.includes(name));
  const lock = LOCKS.find(([file]) => context.kind(file) === 'file');
  const evidence = [{ file: 'package.json', note: `package ${manifest.name}`.trim() }, ...(lock ? [{ file: lock[0], note: `lock file of ${lock[1]}` }] : [])];
  return { language: 'node', directory: '', confidence: 0.9, ...(framework !== undefined && { framework }), packageManager: lock?.[1] ?? 'npm', evidence };
}
