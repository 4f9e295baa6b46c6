// Renews the Debian kinds in src/knowledge/programs.json: installs what buildpack-deps installs, step by step, in a
// container of each release, and notes which programs every step adds in all of them. Needs Docker and Debian's mirror.
//   node scripts/update-knowledge/programs.mjs
// The steps are the package lists of https://github.com/docker-library/buildpack-deps and docker-library/golang.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const releases = ['bookworm', 'trixie'];
const steps = {
  'buildpack-curl': 'ca-certificates curl gnupg netbase wget',
  'buildpack-scm': 'git mercurial openssh-client subversion procps',
  compiler: 'g++ gcc libc6-dev make pkg-config',
  buildpack: `autoconf automake bzip2 default-libmysqlclient-dev dpkg-dev file imagemagick libbz2-dev libcurl4-openssl-dev
    libdb-dev libevent-dev libffi-dev libgdbm-dev libglib2.0-dev libgmp-dev libjpeg-dev libkrb5-dev liblzma-dev
    libmagickcore-dev libmagickwand-dev libmaxminddb-dev libncurses5-dev libncursesw5-dev libpng-dev libpq-dev
    libreadline-dev libsqlite3-dev libssl-dev libtool libwebp-dev libxml2-dev libxslt-dev libyaml-dev patch unzip xz-utils
    zlib1g-dev`.replaceAll(/\s+/g, ' '),
};
const list = 'ls /bin /sbin /usr/bin /usr/sbin | grep -v : | sort -u';
const uninteresting = /^$|x86_64-linux-gnu|^(perl5|policy-rc\.d|X11)|-\d+(\.\d+)*$|-im\d|\d\.\d/;

const seen = releases.map(programsByStep);
const [first, second] = seen.map((found) => found.base);
const table = new URL('../../src/knowledge/programs.json', import.meta.url);
const programs = JSON.parse(readFileSync(table, 'utf8'));
programs.kinds.debian = join(first.filter((name) => second.includes(name)));
programs.kinds['debian-classic'] = join(first.filter((name) => !second.includes(name)));
for (const step of Object.keys(steps)) {
  programs.kinds[step] = join(seen[0][step].filter((name) => seen.every((found) => found[step].includes(name))));
}
writeFileSync(table, `${JSON.stringify({ ...programs, kinds: sorted(programs.kinds) }, null, 2)}\n`);

function programsByStep(release) {
  const install = 'apt-get install -y -qq --no-install-recommends';
  const script = Object.values(steps).map((packages) => `${install} ${packages} >/dev/null 2>&1; echo ==; ${list}`);
  const whole = [`export DEBIAN_FRONTEND=noninteractive; ${list}; apt-get update -qq`, ...script].join('; ');
  const output = execFileSync('docker', ['run', '--rm', `debian:${release}-slim`, 'sh', '-c', whole], { encoding: 'utf8' });
  const sections = output.split('==\n').map((section) => section.split('\n').filter((name) => !uninteresting.test(name)));
  const added = sections.map((names, index) => names.filter((name) => index === 0 || !sections[index - 1].includes(name)));
  return Object.fromEntries(['base', ...Object.keys(steps)].map((step, index) => [step, added[index]]));
}

function join(names) {
  return [...new Set(names)].sort().join(' ');
}

function sorted(table) {
  return Object.fromEntries(Object.entries(table).sort(([one], [other]) => (one < other ? -1 : 1)));
}
