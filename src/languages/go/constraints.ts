/** What holds where Linux images are built; the architecture is the machine's, so all of them may hold. */
const HOLDS = /^(linux|unix|gc|cgo|amd64|arm64|arm|386|ppc64le|s390x|riscv64|go1\.\d+)$/;
const OTHER_SYSTEMS = /_(aix|android|darwin|dragonfly|freebsd|illumos|ios|js|netbsd|openbsd|plan9|solaris|wasip1|windows)(_\w+)?\.go$/;

/** Whether a Go file is part of a build for Linux: https://pkg.go.dev/cmd/go#hdr-Build_constraints */
export function isBuilt(file: string, text: string): boolean {
  if (OTHER_SYSTEMS.test(file)) return false;
  const head = text.slice(0, text.search(/^package\s/m));
  const expression = /^\/\/go:build\s+(.+)$/m.exec(head)?.[1];
  if (expression !== undefined) return evaluate(expression);
  return [...head.matchAll(/^\/\/\s*\+build\s+(.+)$/gm)].every((match) =>
    (match[1] ?? '').split(/\s+/).some((option) => option.split(',').every((term) => evaluate(term))),
  );
}

/** A boolean expression of tags with `!`, `&&`, `||` and parentheses, reduced from the inside. */
function evaluate(expression: string): boolean {
  let text = expression.replace(/[\w.]+/g, (tag) => (HOLDS.test(tag) ? 'T' : 'F')).replace(/\s+/g, '');
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(/!T|\(F\)/g, 'F').replace(/!F|\(T\)/g, 'T');
    text = text.replace(/T&&T/g, 'T').replace(/[TF]&&[TF]/g, 'F');
    if (!text.includes('&&')) text = text.replace(/F\|\|F/g, 'F').replace(/[TF]\|\|[TF]/g, 'T');
  }
  return text === 'T';
}
