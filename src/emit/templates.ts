import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Stop } from '../errors.ts';
import compilerOptions from './handlebars.json' with { type: 'json' };
import { precompiled } from './precompiled.ts';

export type Renderer = (template: string, data: Record<string, unknown>) => string;

const loaded = new Map<string, Renderer>();

/**
 * A renderer of the templates that come with restage; those of `directory` go before them. Every Dockerfile word that is
 * added comes from here.
 */
export function loadTemplates(directory?: string): Renderer {
  const known = loaded.get(directory ?? '');
  if (known) return known;
  const renderer = compile([...(directory === undefined ? [] : [directory]), ownTemplates()]);
  loaded.set(directory ?? '', renderer);
  return renderer;
}

function compile(directories: string[]): Renderer {
  const compiled = new Map(directories.length === 1 ? Object.entries(precompiled()) : []);
  return (template, data) => {
    let run = compiled.get(template);
    if (!run) {
      run = handlebars().compile(readTemplate(template, directories), compilerOptions);
      compiled.set(template, run);
    }
    return rendered(run, template, data);
  };
}

/** A template of the user's own may name what there is not, or not be a template at all. */
function rendered(run: (data: unknown) => string, template: string, data: Record<string, unknown>): string {
  try {
    return run(data);
  } catch (error) {
    throw new Stop('broken-template', { template: `${template}.hbs`, cause: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) });
  }
}

/** Loaded only where a template has to be compiled. */
function handlebars() {
  return createRequire(import.meta.url)('handlebars') as typeof import('handlebars');
}

function readTemplate(name: string, directories: string[]): string {
  for (const directory of directories) {
    const path = join(directory, `${name}.hbs`);
    if (existsSync(path)) return readFileSync(path, 'utf8');
  }
  throw new Error(`no template ${name}`);
}

/** Names of the templates that there are. */
export function templateNames(directory = ownTemplates()): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.hbs'));
}

function ownTemplates(): string {
  const places = [join(import.meta.dirname, '../templates'), join(import.meta.dirname, '../../templates')];
  return places.find((place) => existsSync(join(place, 'from.hbs'))) ?? (places[0] as string);
}
