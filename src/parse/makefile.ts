interface Makefile {
  variables: Map<string, string>;
  rules: Map<string, { needs: string[]; recipe: string[] }>;
  first: string | undefined;
}

/**
 * The shell text that `make` runs for targets, those they need first; undefined where the file uses what is not followed
 * here (conditionals, includes, pattern rules of the targets). https://www.gnu.org/software/make/manual/make.html
 */
export function makeScript(text: string, targets: readonly string[], given: Readonly<Record<string, string | undefined>>): string | undefined {
  if (/^(ifeq|ifneq|ifdef|ifndef|-?include|define)\b/m.test(text)) return undefined;
  const makefile = readMakefile(text.replace(/\\\r?\n/g, ' '), given);
  const wanted = targets.length > 0 ? targets : makefile.first === undefined ? [] : [makefile.first];
  const lines: string[] = [];
  const done = new Set<string>();
  for (const target of wanted) if (!run(target, makefile, lines, done)) return undefined;
  return lines.join('\n');
}

function readMakefile(text: string, given: Readonly<Record<string, string | undefined>>): Makefile {
  const makefile: Makefile = { variables: new Map(), rules: new Map(), first: undefined };
  let current: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const plain = line.replace(/(^|\s)#.*$/, '');
    if (line.startsWith('\t')) for (const target of current) makefile.rules.get(target)?.recipe.push(line.slice(1));
    else if (!readVariable(plain, makefile, given)) current = readRule(plain, makefile) ?? current;
  }
  return makefile;
}

function readVariable(line: string, makefile: Makefile, given: Readonly<Record<string, string | undefined>>): boolean {
  const [, name, operator, value = ''] = /^\s*(?:export\s+)?([\w.-]+)\s*(::?=|\?=|\+=|=)\s*(.*)$/.exec(line) ?? [];
  if (name === undefined) return false;
  const before = operator === '+=' ? `${makefile.variables.get(name) ?? ''} ` : '';
  makefile.variables.set(name, (operator === '?=' ? given[name] : undefined) ?? `${before}${value}`);
  return true;
}

/** The targets of a rule's first line. */
function readRule(line: string, makefile: Makefile): string[] | undefined {
  const [, heads, needs = ''] = /^([^\s:=][^:=]*)::?(?!=)\s*([^=]*)$/.exec(line) ?? [];
  if (heads === undefined) return undefined;
  const targets = heads.trim().split(/\s+/);
  const [wanted = ''] = needs.split('|');
  for (const target of targets) {
    makefile.rules.set(target, { needs: wanted.trim().split(/\s+/).filter(Boolean), recipe: [] });
    if (!target.startsWith('.')) makefile.first ??= target;
  }
  return targets;
}

function run(target: string, makefile: Makefile, lines: string[], done: Set<string>): boolean {
  if (done.has(target)) return true;
  done.add(target);
  const rule = makefile.rules.get(target);
  if (!rule) return false;
  for (const need of rule.needs.map((one) => substitute(one, makefile, 0))) {
    // A need without a rule is a file that is there.
    if (makefile.rules.has(need) && !run(need, makefile, lines, done)) return false;
  }
  for (const line of rule.recipe) {
    const command = substitute(line.replace(/^[\s@+-]+/, ''), makefile, 0).replaceAll('$@', target);
    // Each line of a recipe starts anew where make stands.
    if (command.trim() !== '') lines.push(/(^|[;&|(]\s*)cd\s/.test(command) ? `( ${command} )` : command);
  }
  return true;
}

function substitute(text: string, makefile: Makefile, depth: number): string {
  if (depth > 8) return text;
  return text.replace(/\$\$|\$\((\w+)\)|\$\{(\w+)\}/g, (mark, round: string | undefined, braced: string | undefined) => {
    if (mark === '$$') return '$';
    const name = round ?? braced ?? '';
    const value = makefile.variables.get(name);
    return value === undefined ? `\${${name}}` : substitute(value, makefile, depth + 1);
  });
}
