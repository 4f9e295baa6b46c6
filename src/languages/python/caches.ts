import type { ShellCommand } from '../../types.ts';

/** A cache that is part of the program: what fills it, the variable that moves it, and where it is below the home directory. */
interface ModelCache {
  /** Words of a script, or of a module's name, that fill it. */
  marks: RegExp;
  variable?: string;
  directory: string;
}

const CACHES: ModelCache[] = [
  { marks: /\bnltk\b/, variable: 'NLTK_DATA', directory: 'nltk_data' },
  { marks: /\b(transformers|huggingface_hub|sentence_transformers|diffusers|datasets|from_pretrained|hf_hub_download|snapshot_download|faster_whisper|fastembed)\b/, variable: 'HF_HOME', directory: '.cache/huggingface' },
  { marks: /\b(torch\.hub|torchvision\.models|torch\.utils\.model_zoo|sentence_transformers)\b/, variable: 'TORCH_HOME', directory: '.cache/torch' },
  { marks: /\bwhisper\b/, directory: '.cache/whisper' },
  { marks: /\beasyocr\b/, directory: '.EasyOCR' },
  { marks: /\b(keras|tensorflow\.keras)\b/, variable: 'KERAS_HOME', directory: '.keras' },
  { marks: /\bstanza\b/, variable: 'STANZA_RESOURCES_DIR', directory: 'stanza_resources' },
  { marks: /\bpaddleocr\b/, directory: '.paddleocr' },
  { marks: /\brembg\b/, variable: 'U2NET_HOME', directory: '.u2net' },
  { marks: /\bgensim\.downloader\b/, variable: 'GENSIM_DATA_DIR', directory: 'gensim-data' },
  { marks: /\b(sklearn\.datasets|scikit_learn_data)\b/, variable: 'SCIKIT_LEARN_DATA', directory: 'scikit_learn_data' },
];

/** Directories that a script fills with models or data that the program reads later. */
export function cachesOf(text: string, env: ShellCommand['env'], home: string): string[] {
  return CACHES.filter(({ marks }) => marks.test(text)).map(({ variable, directory }) => (variable === undefined ? undefined : env[variable]) ?? `${home}/${directory}`);
}
