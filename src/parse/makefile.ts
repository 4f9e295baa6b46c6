interface Rule {
  /** As written: variables are put in when the rule is run. */
  needs: string;
  recipe: string[];
}

interface Makefile {
  variables: Map<string, string>;
  rules: Map<string, Rule>;
  first: string | undefined;
  given: Given;
}

interface Given {
  env: Readonly<Record<string, string | undefined>>;
  /** `NAME=value` of the command line, which nothing in the file changes. */
  told: Readonly<Record<string, string | undefined>>;
  /** What make sets itself, and that nothing else is set. A build that leans on it is left to the rule of its directory. */
  complete: boolean;
}

/** https://www.gnu.org/software/make/manual/html_node/Implicit-Variables.html */
const BUILTIN: Record<string, string> = { CC: 'cc', CXX: 'g++', AR: 'ar', RM: 'rm -f', LD: 'ld', AS: 'as', CURDIR: '$PWD' };

/**
 * The shell text that `make` runs for targets, those they need first; undefined where the file uses what is not followed
 * here (conditionals, includes, variables of one target). https://www.gnu.org/software/make/manual/make.html
 */
export function makeScript(text: string, targets: readonly string[], env: Given['env'], told: Given['told'] = {}): string | undefined {
  if (/^\s*(ifeq|ifneq|ifdef|ifndef|[-s]?include|define|\.ONESHELL|\.RECIPEPREFIX|vpath|VPATH)\b/m.test(text)) return undefined;
  const makefile = readMakefile(text.replace(/\\\r?\n/g, ' '), { env, told, complete: targets.some((target) => /install/.test(target)) });
  if (!makefile) return undefined;
  const wanted = targets.length > 0 ? targets : makefile.first === undefined ? [] : [makefile.first];
  const lines: string[] = [];
  const done = new Set<string>();
  for (const target of wanted) if (!run(target, makefile, lines, done)) return undefined;
  return lines.join('\n');
}

function readMakefile(text: string, given: Given): Makefile | undefined {
  const makefile: Makefile = { variables: new Map(), rules: new Map(), first: undefined, given };
  let current: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const plain = line.replace(/(^|\s)#.*$/, '').trimEnd();
    if (line.startsWith('\t')) for (const target of current) makefile.rules.get(target)?.recipe.push(line.slice(1));
    else if (!/^\s*((un)?export(\s+[\w.-]+)*)?$/.test(plain) && !readVariable(plain, makefile)) {
      const targets = readRule(plain, makefile);
      if (!targets) return undefined;
      current = targets;
    }
  }
  return makefile;
}

function readVariable(line: string, makefile: Makefile): boolean {
  const [, name, operator, value = ''] = /^\s*(?:export\s+)?([\w.-]+)\s*(::?=|\?=|\+=|=)\s*(.*)$/.exec(line) ?? [];
  if (name === undefined) return false;
  const { variables, given } = makefile;
  const before = variables.get(name) ?? (operator === '?=' ? given.env[name] : undefined);
  if (operator === '?=') variables.set(name, before ?? value);
  else if (operator === '+=') variables.set(name, `${before ?? ''} ${value}`);
  else variables.set(name, operator === '=' ? value : substitute(value, makefile));
  return true;
}

/** The targets of a rule's first line; undefined where the line is none, or one that is not followed. */
function readRule(line: string, makefile: Makefile): string[] | undefined {
  const [, heads, needs = ''] = /^([^\s:=][^:=]*)::?(?!=)\s*(.*)$/.exec(line) ?? [];
  if (heads === undefined || /[=:;]/.test(needs.replace(/\$(\([^()]*\)|\{[^{}]*\})/g, ''))) return undefined;
  const targets = substitute(heads, makefile).trim().split(/\s+/);
  if (targets.some((target) => target.includes('$'))) return undefined;
  for (const target of targets) {
    const before = makefile.rules.get(target);
    makefile.rules.set(target, { needs: `${before?.needs ?? ''} ${needs.replace('|', ' ')}`, recipe: before?.recipe ?? [] });
    if (!target.startsWith('.') && !target.includes('%')) makefile.first ??= target;
  }
  return targets;
}

/** Whether all that the target needs is followed. */
function run(target: string, makefile: Makefile, lines: string[], done: Set<string>): boolean {
  if (done.has(target)) return true;
  done.add(target);
  const rule = makefile.rules.get(target);
  const found = [...(rule ? [{ rule, stem: '' }] : []), ...((rule?.recipe.length ?? 0) > 0 ? [] : patternsOf(target, makefile))];
  return found.length > 0 && found.every((one) => runRule(target, one.rule, one.stem, makefile, lines, done));
}

function patternsOf(target: string, { rules }: Makefile): { rule: Rule; stem: string }[] {
  return [...rules].flatMap(([head, rule]) => {
    const [before = '', after] = head.split('%');
    if (after === undefined || target.length < head.length || !target.startsWith(before) || !target.endsWith(after)) return [];
    return rule.recipe.length > 0 ? [{ rule, stem: target.slice(before.length, target.length - after.length) }] : [];
  });
}

function runRule(target: string, rule: Rule, stem: string, makefile: Makefile, lines: string[], done: Set<string>): boolean {
  const written = substitute(stem === '' ? rule.needs : rule.needs.replaceAll('%', stem), makefile).trim();
  const needs = written.split(/\s+/).filter(Boolean);
  // What a function of make tells is not known: objects of a program, if nothing but compilers make files by pattern.
  if (/[$`]/.test(written) && (/install/.test(target) || !onlyCompiles(makefile))) return false;
  // A need without a rule is a file that is there.
  const hasRule = (need: string) => makefile.rules.has(need) || patternsOf(need, makefile).length > 0;
  if (needs.some((need) => hasRule(need) && !run(need, makefile, lines, done))) return false;
  const automatic = { '@': target, '<': needs[0] ?? '', '^': needs.join(' '), '+': needs.join(' '), '*': stem };
  for (const line of rule.recipe) {
    const command = substitute(line.replace(/^[\s@+-]+/, ''), makefile, automatic);
    // Each line of a recipe starts anew where make stands.
    if (command.trim() !== '') lines.push(/(^|[;&|(]\s*)cd\s/.test(command) ? `( ${command} )` : command);
  }
  return true;
}

const COMPILES = /^[\s@+-]*(\$[({](CC|CXX|FC)[)}]|g?cc|[gc]\+\+|clang(\+\+)?|gfortran|mkdir|echo|printf)\s/;

function onlyCompiles({ rules }: Makefile): boolean {
  return [...rules].every(([head, { recipe }]) => !/%|^\.\w+\.\w+$/.test(head) || recipe.every((line) => line.trim() === '' || COMPILES.test(line)));
}

const MARK = /\$\$|\$\(([^()]+)\)|\$\{([^{}]+)\}|\$([@<^+*])/g;

function substitute(text: string, makefile: Makefile, automatic: Record<string, string> = {}, depth = 0): string {
  if (depth > 8) return text;
  return text.replace(MARK, (mark: string, round?: string, braced?: string, sign?: string) => {
    // The shell's own variables, while a value may still be gone through again.
    if (mark === '$$') return depth > 0 ? mark : '$';
    if (sign !== undefined) return automatic[sign] ?? mark;
    return reference(round ?? braced ?? '', makefile, automatic, depth) ?? mark;
  });
}

/** What `$(NAME)` and `$(NAME:.c=.o)` stand for; undefined where it is a function of make. */
function reference(name: string, makefile: Makefile, automatic: Record<string, string>, depth: number): string | undefined {
  const [, own, from = '', to = ''] = /^([\w.-]+):([^=]+)=(.*)$/.exec(name) ?? [];
  if (own !== undefined) return exchanged(valueOf(own, makefile, automatic, depth), from, to);
  if (name === 'shell pwd') return '$PWD';
  return /^[\w.-]+$/.test(name) ? valueOf(name, makefile, automatic, depth) : undefined;
}

function valueOf(name: string, makefile: Makefile, automatic: Record<string, string>, depth: number): string {
  const { told, env, complete } = makefile.given;
  // What nobody knows is a command to the shell, whose outcome nobody knows either.
  if (Object.hasOwn(told, name)) return told[name] ?? '`unknown`';
  // A make within is told the same.
  if (name === 'MAKE') return ['make', ...Object.entries(told).map(([key, value]) => (value === undefined ? '`unknown`' : `'${key}=${value}'`))].join(' ');
  const value = makefile.variables.get(name);
  if (value !== undefined) return substitute(value, makefile, automatic, depth + 1);
  return complete && !Object.hasOwn(env, name) ? (BUILTIN[name] ?? '') : `\${${name}}`;
}

/** `$(SOURCES:.c=.o)`. */
function exchanged(words: string, from: string, to: string): string | undefined {
  if (/[$`]/.test(words)) return undefined;
  const [before = '', after] = from.includes('%') ? from.split('%') : ['', from];
  const ends = words.split(/\s+/).filter(Boolean);
  return ends
    .map((word) => {
      if (!word.startsWith(before) || !word.endsWith(after ?? '')) return word;
      const stem = word.slice(before.length, word.length - (after ?? '').length);
      return from.includes('%') ? to.replace('%', stem) : `${stem}${to}`;
    })
    .join(' ');
}
