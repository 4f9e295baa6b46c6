import type { BuildContext, Detection, Evidence } from '../../types.ts';
import { readProject } from './manifests.ts';
import { readRequirementsFile } from './requirements.ts';

const MANIFESTS: [file: string, manager: string][] = [
  ['uv.lock', 'uv'],
  ['poetry.lock', 'poetry'],
  ['Pipfile', 'pipenv'],
  ['pdm.lock', 'pdm'],
  ['pyproject.toml', 'pip'],
  ['requirements.txt', 'pip'],
  ['setup.py', 'pip'],
  ['setup.cfg', 'pip'],
];
const FRAMEWORKS = ['django', 'flask', 'fastapi', 'streamlit', 'sanic', 'aiohttp', 'tornado', 'starlette', 'falcon', 'bottle', 'pyramid', 'cherrypy', 'celery'];

/** Looks for the manifests of Python in the root of the context. */
export function detectPython(context: BuildContext): Detection | undefined {
  const found = MANIFESTS.filter(([file]) => context.kind(file) === 'file');
  const [first] = found;
  if (!first) return undefined;
  const evidence: Evidence[] = found.map(([file]) => ({ file, note: 'a manifest of Python' }));
  const project = readProject(context, '');
  const names = new Set([...project.requirements, ...readRequirementsFile('requirements.txt', context.read).requirements].map(({ name }) => name));
  const framework = FRAMEWORKS.find((name) => names.has(name));
  const poetry = /^\[tool\.poetry\]/m.test(context.read('pyproject.toml') ?? '');
  const version = project.python ?? context.read('.python-version')?.trim();
  return {
    ...{ language: 'python', directory: '', confidence: 0.9, packageManager: first[1] === 'pip' && poetry ? 'poetry' : first[1], evidence },
    ...(framework !== undefined && { framework }),
    ...(version !== undefined && version !== '' && { version }),
  };
}
