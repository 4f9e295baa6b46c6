import { describePythonPackage } from '../../knowledge/python-packages.ts';
import type { ShellCommand } from '../../types.ts';
import { normaliseName } from './requirements.ts';

/** Variables that move the places where packages keep what they download. */
const VARIABLES: Record<string, string> = {
  '.cache/huggingface': 'HF_HOME',
  '.cache/torch': 'TORCH_HOME',
  '.keras': 'KERAS_HOME',
  '.u2net': 'U2NET_HOME',
  'gensim-data': 'GENSIM_DATA_DIR',
  nltk_data: 'NLTK_DATA',
  scikit_learn_data: 'SCIKIT_LEARN_DATA',
  stanza_resources: 'STANZA_RESOURCES_DIR',
};

/** Modules whose package has another name. */
const PACKAGES: Record<string, string> = {
  whisper: 'openai-whisper',
  cv2: 'opencv-python',
  PIL: 'pillow',
  sklearn: 'scikit-learn',
  huggingface_hub: 'huggingface-hub',
  hub: 'torch',
};

const FILLS =
  /download|from_pretrained|load_model|snapshot_|fetch_|hub\.load|\bReader\(|SentenceTransformer\(|pipeline\(|load_dataset|\bpull\(|Pipeline\(|\bload\(/;

/** Directories that a piece of Python fills with models or data which the program reads later, by the packages it imports. */
export function cachesOf(text: string, modules: Iterable<string>, env: ShellCommand['env'], home: string): string[] {
  if (!FILLS.test(text)) return [];
  const places = [...modules].flatMap((module) => {
    const first = module.split('.')[0] ?? module;
    return describePythonPackage(PACKAGES[first] ?? normaliseName(first))?.data ?? [];
  });
  const below = places.flatMap((place) => (place.startsWith('~/') ? [place.slice(2)] : []));
  const usual = [...new Set(below)].map((directory) => env[VARIABLES[directory] ?? ''] ?? `${home}/${directory}`);
  return [...new Set([...usual, ...movedCaches(env)])];
}

/** Directories that variables name for caches and models (`XDG_CACHE_HOME`, `TRANSFORMERS_CACHE`): what is filled may lie there. */
const INSTALLERS = /^(PIP|UV|POETRY|PIPENV|NPM|YARN)_/i;

function movedCaches(env: ShellCommand['env']): string[] {
  return Object.entries(env).flatMap(([name, value]) =>
    !INSTALLERS.test(name) && /CACHE|(TRANSFORMERS|MODEL|DATA|HF|TORCH|KERAS|NLTK)\w*(_HOME|_DIR|_PATH|_DATA)?$/.test(name) && /^\/[\w.-]+/.test(value ?? '')
      ? [value as string]
      : [],
  );
}
