import { posix } from 'node:path';
import { pathOf } from '../../effects/effect.ts';
import { providesProgram } from '../../knowledge/programs.ts';
import type { ShellCommand, ShellWord } from '../../types.ts';
import { fileAt, filesLike, type ImageFile } from './files.ts';
import { NOTHING, type Part, type Started } from './started.ts';
import type { Scene, Trail } from './trail.ts';
import { loopWords, printsSettings, testsFor, textsOfName } from './variables.ts';

const SHELL = /^(sh|bash|ash|dash|ksh|zsh)$/;
/** Files that set up an environment and start nothing. */
const SETTINGS =
  /(^|\/)(activate|profile|profile\.d\/.*|\.?bashrc|\.?bash_profile|\.profile|\.zshrc|bash\.bashrc|nvm\.sh|envvars|(os|lsb)-release|(local_)?setup\.(ba)?sh|setvars\.sh|environment|env|\.env(\.\w+)?|env\.sh|conda\.sh|sdkman-init\.sh|init-functions|functions|rc\.subr|asdf\.sh|enable|default\/.*|sysconfig\/.*)$/;
/** Scripts that many images copy: they wait for a port and hand over to what stands behind `--`. */
const WAITING = /^wait[-_]?for([-_]?\w+)*(\.sh)?$/;

/** The shell text that a command runs: a script, the text behind `-c`, what `eval` or `.` read. Undefined where it runs none. */
export function textRun(command: ShellCommand, scene: Scene, trail: Trail): Started | undefined {
  const name = posix.basename(command.name);
  if (command.name === 'eval') return evaluated(command, scene);
  if (command.name === 'trap') return trapped(command);
  if (command.name === '.' || command.name === 'source') return sourced(command, scene, trail);
  if (SHELL.test(name)) return byShell(command, scene, trail);
  return direct(command, scene, trail);
}

function evaluated(command: ShellCommand, scene: Scene): Started {
  const text = command.args.map((word) => word.value).join(' ');
  const texts = command.args.every((word) => word.known) ? [text] : textsOfName(text, scene.text);
  if (texts) return { parts: texts.map((one) => part(command, one, scene.given[0] ?? [], scene)) };
  return printsSettings(command) ? NOTHING : { parts: [], open: '`eval` runs what nobody can read' };
}

/** `trap 'kill $PID' TERM` */
function trapped(command: ShellCommand): Started {
  const [text] = command.args;
  if (command.args.length < 2 || !text || text.value === '' || text.value.startsWith('-')) return NOTHING;
  return { parts: [{ text: text.value, cwd: command.cwd, env: command.env, words: [], quiet: true }] };
}

function part(command: ShellCommand, text: string, words: readonly ShellWord[], scene: Scene): Part {
  return { text, cwd: command.cwd, env: command.env, words, ...(scene.place && { place: { ...scene.place, inline: true } }), quiet: scene.quiet };
}

const VALUED = new Set(['-o', '+o', '-O', '+O', '--rcfile', '--init-file']);

function byShell(command: ShellCommand, scene: Scene, trail: Trail): Started {
  const { args } = command;
  const at = args.findIndex((word, place) => !/^[-+]./.test(word.value) && !VALUED.has(args[place - 1]?.value ?? ''));
  const options = at < 0 ? args : args.slice(0, at);
  if (options.some((word) => /^-[a-z]*c$/.test(word.value))) return inline(command, at, scene);
  const word = args[at];
  if (!word || word.value === '-' || options.some((one) => /^-[a-z]*s$/.test(one.value))) {
    return scene.fed ? { parts: [], open: `\`${posix.basename(command.name)}\` runs what another command hands to it` } : NOTHING;
  }
  return named(command, word, args.slice(at + 1), scene, trail, 'runs');
}

function inline(command: ShellCommand, at: number, scene: Scene): Started {
  const word = at < 0 ? undefined : command.args[at];
  if (!word) return NOTHING;
  const words = command.args.slice(at + 2);
  const texts = word.known || !/^["']?[$`]/.test(word.value) || /\s/.test(word.value) ? [word.value] : textsOfName(word.value, scene.text);
  if (!texts) return { parts: [], open: `\`${posix.basename(command.name)} -c\` runs what nobody can read` };
  return { parts: texts.map((text) => part(command, text, words, scene)) };
}

function sourced(command: ShellCommand, scene: Scene, trail: Trail): Started {
  const [word, ...rest] = command.args;
  if (!word) return NOTHING;
  return SETTINGS.test(word.value) && !fileOf(command, word.value, trail, false)
    ? NOTHING
    : named(command, word, rest.length > 0 ? rest : (scene.given[0] ?? []), scene, trail, 'reads');
}

/** `bash FILE`, `. FILE`, also where the file is what a loop goes over. */
function named(command: ShellCommand, word: ShellWord, words: readonly ShellWord[], scene: Scene, trail: Trail, verb: string): Started {
  const name = posix.basename(command.name);
  const paths = word.known ? [word.value] : looped(command, word.value, scene, trail);
  if (!paths) return testsFor(word.value, scene.text) ? NOTHING : { parts: [], open: `\`${name}\` ${verb} a file whose name is not known` };
  const found = paths.map((path) => ({ path, file: fileOf(command, path, trail, verb === 'reads') }));
  const missing = found.find(({ path, file }) => !file && !testsFor(path, scene.text));
  const parts = found.flatMap(({ file }) => (file ? [scriptPart(command, file, words, scene)] : []));
  const open = found.map(({ file }) => changed(file)).find((one) => one !== undefined) ?? (missing && notThere(missing.path));
  return { parts, ...(open !== undefined && { open }) };
}

/** The files that the loop goes over whose variable a name is. */
function looped(command: ShellCommand, name: string, scene: Scene, trail: Trail): string[] | undefined {
  const words = loopWords(name, scene.text);
  if (!words || words.some((word) => /[$`]/.test(word))) return undefined;
  return words.flatMap((word) => (/[*?[]/.test(word) ? filesLike(trail.files, posix.resolve(command.cwd ?? '/', word)) : [word]));
}

function notThere(path: string): string {
  return `\`${path}\` is not a file of the build context`;
}

function changed(file: ImageFile | undefined): string | undefined {
  return file?.changedBy === undefined ? undefined : `\`${file.changedBy}\` changes \`${file.path}\``;
}

function scriptPart(command: ShellCommand, file: ImageFile, words: readonly ShellWord[], scene: Scene): Part {
  const quiet = scene.quiet || WAITING.test(posix.basename(file.path));
  return {
    text: file.text,
    cwd: command.cwd,
    env: command.env,
    words,
    place: { file: file.file, line: file.line, ...(file.inline && { inline: true }) },
    quiet,
  };
}

/** A script that is run by its own name. */
function direct(command: ShellCommand, scene: Scene, trail: Trail): Started | undefined {
  if (/[$`]/.test(command.name)) return looseName(command, scene, trail);
  const file = fileOf(command, command.name, trail, true);
  if (!file) return isUnseen(command, scene, trail) ? { parts: [], open: notThere(command.name) } : undefined;
  const first = /^.*/.exec(file.text)?.[0] ?? '';
  if (/^#!.*\bexeclineb\b/.test(first)) return execline(command, file, scene);
  const isShell = first.startsWith('#!') ? /^#!.*[/\s](sh|bash|ash|dash|ksh|zsh)\b/.test(first) : /\.(sh|bash)$/.test(file.path) && !file.text.includes('\0');
  if (!isShell) return undefined;
  const open = changed(file);
  return { parts: [scriptPart(command, file, command.args, scene)], ...(open !== undefined && { open }) };
}

/** A script that nobody is seen to bring; what a command builds is a program, whatever its name. */
function isUnseen(command: ShellCommand, scene: Scene, { input, files }: Trail): boolean {
  if (!/\.(sh|bash)$/.test(command.name) || providesProgram(input.base, command.name) || testsFor(command.name, scene.text)) return false;
  const places = command.name.includes('/')
    ? [pathOf(command, { value: command.name, known: true })]
    : (command.env.PATH ?? '').split(':').map((place) => posix.join(place, command.name));
  return !files.layers.some((layer) => layer.kind === 'made' && layer.built && places.includes(layer.path));
}

/** A name that holds a variable: what the script or the loop gives it. */
function looseName(command: ShellCommand, scene: Scene, trail: Trail): Started | undefined {
  if (!/[$`]/.test(posix.basename(command.name)) && !command.name.endsWith('.sh')) return undefined;
  const paths = looped(command, command.name, scene, trail);
  if (paths) return { parts: [], commands: paths.map((path) => ({ ...command, name: path })) };
  const rest = command.args.map((word) => ` ${word.known ? `'${word.value.replace(/'/g, `'\\''`)}'` : word.text}`).join('');
  const texts = textsOfName(command.name, scene.text);
  if (texts) return { parts: texts.map((text) => part(command, text + rest, scene.given[0] ?? [], scene)) };
  const variable = /^\$\{?(\w+)\}?$/.exec(command.name)?.[1];
  const absent = variable !== undefined && !(variable in command.env) && new RegExp(`-[nz]\\s+"?\\$\\{?${variable}\\b`).test(scene.text);
  return absent ? NOTHING : { parts: [], open: `\`${command.name}\` is what is run, and nobody can tell its value` };
}

/** execline's chains of words, as far as they hold no blocks: https://skarnet.org/software/execline/ */
function execline(command: ShellCommand, file: ImageFile, scene: Scene): Started {
  const text = file.text.replace(/^#.*$/gm, '').trim().split('\n').join(' ');
  if (/[{}]|(^|\s)(cd|backtick|importas|define|redirfd)\s/.test(text)) return { parts: [], open: `\`${file.path}\` is written in execline` };
  return { parts: [{ ...scriptPart(command, file, [], scene), text }] };
}

/** The file behind a name: a path, or (`search`) one on PATH. */
function fileOf(command: ShellCommand, name: string, { files }: Trail, search: boolean): ImageFile | undefined {
  if (name === '') return undefined;
  if (!name.includes('/') && search) {
    const places = [...(command.env.PATH ?? '').split(':'), ...(command.name === '.' || command.name === 'source' ? [command.cwd ?? '/'] : [])];
    return places.map((place) => fileAt(files, posix.join(place, name))).find((file) => file !== undefined);
  }
  const path = pathOf(command, { value: name, known: true });
  return path === undefined ? undefined : fileAt(files, path);
}
