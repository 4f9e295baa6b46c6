// Writes src/knowledge/go-standard.json: the packages of Go's standard library whose cgo parts make a program that
// imports them, directly or not, dynamically linked where CGO_ENABLED is 1.
//   node scripts/update-knowledge/go-standard.mjs
// Needs Go, of the newest release; a package that an older Go does not have does no harm.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const environment = { ...process.env, CGO_ENABLED: '1', GOFLAGS: '', GOOS: 'linux', GOARCH: 'amd64' };
const format = '{{.ImportPath}} {{len .CgoFiles}} {{join .Deps ","}}';
const lines = execFileSync('go', ['list', '-f', format, 'std'], { encoding: 'utf8', env: environment, maxBuffer: 1 << 26 })
  .trim()
  .split('\n')
  .map((line) => line.split(' '));
const sources = new Set(lines.filter(([, count]) => count !== '0').map(([path]) => path));
const visible = lines.filter(([path]) => !/(^|\/)(internal|vendor)(\/|$)/.test(path));
const dynamic = visible.filter(([path, , deps = '']) => sources.has(path) || deps.split(',').some((one) => sources.has(one)));
const version = execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).trim();
const table = {
  all: visible
    .map(([path]) => path)
    .sort()
    .join(' '),
  cgo: [...sources].sort().join(' '),
  dynamic: dynamic
    .map(([path]) => path)
    .sort()
    .join(' '),
  version,
};
const target = new URL('../../src/knowledge/go-standard.json', import.meta.url);
writeFileSync(target, `${JSON.stringify(table, null, 2)}\n`);
