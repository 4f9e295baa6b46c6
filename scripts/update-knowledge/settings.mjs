// The settings that a Dockerfile leaves in an image: those of its last stage, through the stages and the image it stands on.

const volatile =
  /(^|_)(VERSIONS?|SHA\d*(SUM)?|MD5|ASC|URLS?|GPG|KEYS?|CHECKSUM|REVISION|RELEASE|COMMIT|HASH|DATE|BUILD|DIGEST|MAJOR|BRANCH|PLATFORM|FILENAME|TAG|MIRRORS?|PREFERRED_[A-Z]+)(_|$)|FLAGS|DEPS$|CONFIGURE_ARGS|^_BASH|^DEBIAN_FRONTEND$|^RPM_/i;

/** `settingsOf` gives those of the image that a FROM line names; undefined where nobody knows them. */
export function readDockerfile(text, settingsOf) {
  const globals = {};
  const stages = new Map();
  let state;
  for (const [keyword, value] of instructionsOf(text)) {
    if (keyword === 'FROM') {
      const [reference = '', , name] = value.replace(/^--\S+\s+/, '').split(/\s+/);
      const named = expand(reference, globals);
      const before = stages.get(named) ?? settingsOf(named) ?? {};
      state = { args: {}, own: {}, ...structuredClone({ env: {}, ...before }) };
      if (name !== undefined) stages.set(name, state);
    } else if (state === undefined) {
      if (keyword === 'ARG') readPairs(value, globals, globals);
    } else {
      apply(state, keyword, value, globals);
    }
  }
  if (state === undefined) return {};
  const kept = Object.entries(state.env).filter(([name]) => !volatile.test(name));
  const known = { cmd: state.cmd, entrypoint: state.entrypoint, env: Object.fromEntries(kept.sort()), user: state.user, workdir: state.workdir };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

function apply(state, keyword, value, globals) {
  const scope = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', ...state.args, ...state.env };
  if (keyword === 'ENV') readPairs(value, state.env, scope);
  if (keyword === 'ARG') state.args = { ...state.args, ...argument(value, scope, globals) };
  if (keyword === 'USER') state.user = expand(value, scope);
  if (keyword === 'WORKDIR') state.workdir = directory(state.workdir ?? '/', expand(value, scope));
  if (keyword === 'ENTRYPOINT') {
    state.entrypoint = words(value);
    if (!state.own.cmd) state.cmd = [];
  }
  if (keyword === 'CMD') {
    state.cmd = words(value);
    state.own.cmd = true;
  }
}

function argument(value, scope, globals) {
  const name = value.split('=')[0].trim();
  if (!value.includes('=')) return globals[name] === undefined ? {} : { [name]: globals[name] };
  const found = {};
  readPairs(value, found, scope);
  return found;
}

function directory(before, value) {
  const plain = value.replace(/^(["'])(.*)\1$/, '$2');
  const whole = plain.startsWith('/') ? plain : `${before === '/' ? '' : before}/${plain}`;
  return whole.length > 1 ? whole.replace(/\/$/, '') : whole;
}

function words(value) {
  try {
    return JSON.parse(value);
  } catch {
    return ['/bin/sh', '-c', value];
  }
}

/** `A=b C="d e"`, or the old `A b c`. */
function readPairs(value, target, scope) {
  if (!/^[\w.]+=/.test(value)) {
    const [, name, rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(value) ?? [];
    target[name] = expand(rest.trim().replace(/^"([^"]*)"$/, '$1'), scope);
    return;
  }
  for (const [, name, double, single, bare] of value.matchAll(/([\w.]+)=(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|((?:[^\s\\]|\\.)*))/g)) {
    target[name] = single ?? expand(double ?? bare ?? '', scope);
  }
}

function expand(text, scope) {
  return text
    .replace(/\$\{(\w+)(?::([-+])((?:[^{}$]|\$\{?\w+\}?)*))?\}/g, (_, name, operator, other = '') => {
      const value = scope[name] ?? '';
      if (operator === '+') return value === '' ? '' : expand(other, scope);
      return operator === '-' && value === '' ? expand(other, scope) : value;
    })
    .replace(/\$(\w+)/g, (_, name) => scope[name] ?? '');
}

function instructionsOf(text) {
  const joined = text
    .replace(/\r/g, '')
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\[ \t]*\n/g, ' ');
  return [...joined.matchAll(/^[ \t]*(FROM|ENV|ARG|USER|WORKDIR|ENTRYPOINT|CMD)[ \t]+(.*?)[ \t]*$/gim)].map(([, keyword, value]) => [
    keyword.toUpperCase(),
    value,
  ]);
}
