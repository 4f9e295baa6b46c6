import { describe, expect, test } from '@jest/globals';
import { memoryContext } from '../../src/context.ts';
import { gather } from '../../src/gather.ts';
import type { Base } from '../../src/knowledge/bases.ts';
import { readStart, traceStart } from '../../src/plan/start.ts';
import type { StartCommand } from '../../src/types.ts';

type Files = Record<string, string>;

function factsOf(dockerfile: string, files: Files, base: Partial<Base> = {}) {
  const facts = gather(dockerfile, 'Dockerfile', memoryContext(files), { targetBase: 'auto', harden: [], allow: [], buildArgs: {} });
  return { ...facts, base: { ...facts.base, ...base } };
}

/** What a Dockerfile over debian:12 starts; `COPY . /app` is its first instruction. */
function start(lines: string, files: Files = {}, base: Partial<Base> = {}): StartCommand {
  return readStart(factsOf(`FROM debian:12\nWORKDIR /app\nCOPY . /app\n${lines}\n`, { 'app.py': '', ...files }, base));
}

/** The command lines that are followed. */
function lines({ commands }: StartCommand): string[] {
  return commands.map((command) => [command.name, ...command.args.map((word) => word.value)].join(' '));
}

const END = 'serve --port 80';

describe('the forms in which a program is started', () => {
  const script = (text: string) => ({ 'start.sh': `#!/bin/sh\n${text}\n` });
  test.each<[string, string, Files]>([
    ['exec form', `CMD ["serve", "--port", "80"]`, {}],
    ['shell form', `CMD exec ${END}`, {}],
    ['ENTRYPOINT with CMD', `ENTRYPOINT ["serve"]\nCMD ["--port", "80"]`, {}],
    ['ENTRYPOINT in exec form with CMD in shell form', `ENTRYPOINT ["tini", "--"]\nCMD ${END}`, {}],
    ['an empty ENTRYPOINT', `ENTRYPOINT []\nCMD ${END}`, {}],
    ['a script', `CMD ["/app/start.sh"]`, script(END)],
    ['a script of a shell', `CMD ["bash", "-eu", "start.sh"]`, { 'start.sh': END }],
    ['a script with the line ends of Windows', `CMD ["/app/start.sh"]`, { 'start.sh': `#!/bin/sh\r\n${END}\r\n` }],
    ['a script on PATH', `ENV PATH=/app:$PATH\nCMD start.sh`, script(END)],
    ['a script that is copied on', `RUN cp start.sh /usr/local/bin/ && chmod +x /usr/local/bin/start.sh\nCMD ["start.sh"]`, script(END)],
    ['a script that is linked', `RUN ln -s /app/start.sh /run-it\nCMD ["/run-it"]`, script(END)],
    ['a script in a directory that is moved', `RUN mv /app/bin /opt/tools\nCMD ["/opt/tools/start.sh"]`, { 'bin/start.sh': `#!/bin/sh\n${END}\n` }],
    ['a script whose line ends are mended', `RUN sed -i 's/\\r$//' start.sh && dos2unix start.sh\nCMD ["/app/start.sh"]`, script(END)],
    ['exec "$@"', `ENTRYPOINT ["/app/start.sh"]\nCMD ["serve", "--port", "80"]`, script('set -e\nexec "$@"')],
    ['"$@" by itself', `ENTRYPOINT ["/app/start.sh"]\nCMD ["serve", "--port", "80"]`, script('"$@"')],
    ['$1 and the rest', `ENTRYPOINT ["/app/start.sh"]\nCMD ["serve", "--port", "80"]`, script('CMD="$1"; shift; exec $CMD "$@"')],
    ['${@:2}', `ENTRYPOINT ["/app/start.sh"]\nCMD ["x", "serve", "--port", "80"]`, script('exec "${@:2}"')],
    ['$* in a variable', `ENTRYPOINT ["/app/start.sh"]\nCMD ["serve", "--port", "80"]`, script('run="$*"\nexec $run')],
    ['set --', `ENTRYPOINT ["/app/start.sh"]\nCMD ["--port", "80"]`, script('if [ "${1#-}" != "$1" ]; then set -- serve "$@"; fi\nexec "$@"')],
    ['a command with "$@" at its end', `ENTRYPOINT ["/app/start.sh"]\nCMD ["--port", "80"]`, script('exec serve "$@"')],
    ['CMD in shell form for a script', `ENTRYPOINT ["/app/start.sh"]\nCMD ${END}`, script('exec "$@"')],
    ['a variable of the script', `CMD ["/app/start.sh"]`, script(`COMMAND="${END}"\nexec $COMMAND`)],
    ['a variable that a branch sets', `CMD ["/app/start.sh"]`, script(`if true; then C="${END}"; else C="other"; fi\n$C`)],
    ['an array', `CMD ["/app/start.sh"]`, script('ARGS=(serve)\nARGS+=(--port 80)\nexec "${ARGS[@]}"')],
    ['a variable of the image', `ENV C="${END}"\nCMD $C`, {}],
    ['eval', `CMD ["/app/start.sh"]`, script(`eval "exec ${END}"`)],
    ['a branch of case', `ENTRYPOINT ["/app/start.sh"]\nCMD ["web"]`, script(`case "$1" in\n web) ${END};;\n *) other;;\nesac`)],
    ['a function', `CMD ["/app/start.sh"]`, script(`main() {\n  ${END}\n}\nmain`)],
    ['a function that is given words', `ENTRYPOINT ["/app/start.sh"]\nCMD ["serve", "--port", "80"]`, script('run() {\n  exec "$@"\n}\nrun "$@"')],
    ['the background', `CMD ["/app/start.sh"]`, script(`${END} &\nwait`)],
    ['a loop', `CMD ["/app/start.sh"]`, script(`while true; do ${END}; done`)],
    ['a loop over scripts', `CMD ["/app/start.sh"]`, { ...script('for f in /app/parts/*.sh; do . "$f"; done'), 'parts/a.sh': END }],
    ['run-parts', `CMD run-parts /app/parts`, { 'parts/a': `#!/bin/sh\n${END}` }],
    ['trap', `CMD ["/app/start.sh"]`, script(`trap '${END}' TERM`)],
    ['a substitution', `CMD ["/app/start.sh"]`, script(`echo "$(${END})"`)],
    ['$(which x)', `CMD $(which serve) --port 80`, {}],
    ['.', `CMD ["/app/start.sh"]`, { ...script('. ./lib.sh'), 'lib.sh': END }],
    ['source', `CMD ["bash", "-c", "source /app/lib.sh"]`, { 'lib.sh': END }],
    ['bash -lc', `CMD ["bash", "-lc", "${END}"]`, {}],
    ['sh -c with words', `CMD ["sh", "-c", "exec \\"$@\\"", "--", "serve", "--port", "80"]`, {}],
  ])('%s', (_, text, files) => {
    const found = start(text, files);
    expect(lines(found)).toContain(END);
    expect(found.open).toBeUndefined();
  });

  test.each([
    'tini -g --',
    'dumb-init --rewrite 15:2 --',
    'catatonit -g --',
    'gosu app:app',
    'su-exec app',
    'setuidgid app',
    's6-setuidgid app',
    'chpst -u app -e /env',
    'setpriv --reuid app --init-groups',
    'sudo -E -u app',
    'runuser -u app --',
    'env A=b -u C',
    '/usr/bin/env',
    'with-contenv',
    'nohup',
    'nice -n 5',
    'ionice -c 2 -n 7',
    'stdbuf -oL',
    'setsid -w',
    'timeout -k 5 60s',
    'xvfb-run -a -s "-screen 0 1x1x8"',
    './wait-for-it.sh db:5432 -t 30 --',
    'wait-for db:5432 --',
    'dockerize -wait tcp://db:5432 -timeout 60s',
    'doppler run --',
    'start-stop-daemon --start --exec serve --',
    'tini gosu app nice',
  ])('%s', (launcher) => {
    const found = start(launcher.startsWith('start-stop') ? `CMD ${launcher} --port 80` : `CMD ${launcher} ${END}`, {
      'wait-for-it.sh': '#!/bin/bash\nexec "${CLI[@]}"\n',
    });
    expect(lines(found)).toContain(END);
    expect(found.open).toBeUndefined();
  });

  test.each([`su - app -c '${END}'`, `su app -s /bin/bash -c '${END}'`, `runuser -l app -c '${END}'`, `scl enable rh-x '${END}'`])('%s', (text) => {
    expect(lines(start(`CMD ${text}`))).toContain(END);
  });
});

describe('scripts that the Dockerfile itself holds', () => {
  test.each<[string, string]>([
    ['a heredoc of COPY', `COPY <<EOF /start.sh\n#!/bin/sh\n${END}\nEOF`],
    ['a heredoc of COPY into a directory', `COPY <<'start.sh' /\n#!/bin/sh\n${END}\nstart.sh`],
    ['echo', `RUN echo '#!/bin/sh\\n${END}' > /start.sh && chmod +x /start.sh`],
    ['echo -e with more behind it', `RUN echo -e "#!/bin/sh" > /start.sh && echo "${END}" >> /start.sh`],
    ['printf', `RUN printf '#!/bin/sh\\n%s\\n' '${END}' > /start.sh`],
    ['printf of several lines', `RUN printf '%s\\n' '#!/bin/sh' '${END}' > /start.sh`],
    ['tee', `RUN echo '#!/bin/sh\\n${END}' | tee /start.sh`],
    ['a group', `RUN { echo '#!/bin/sh'; echo '${END}'; } > /start.sh`],
    ['cat of a heredoc', `RUN cat <<EOF > /start.sh\n#!/bin/sh\n${END}\nEOF`],
    ['cat within a heredoc', `RUN <<RUN\nset -e\ncat > /start.sh <<'END'\n#!/bin/sh\n${END}\nEND\nchmod +x /start.sh\nRUN`],
  ])('%s', (_, text) => {
    const found = start(`${text}\nENTRYPOINT ["/start.sh"]`);
    expect(lines(found)).toContain(END);
    expect(found.open).toBeUndefined();
  });

  test('what Docker expands in a heredoc is expanded', () => {
    const found = start(`ARG PORT=80\nCOPY <<EOF /start.sh\n#!/bin/sh\nserve --port \${PORT}\nEOF\nCMD ["/start.sh"]`);
    expect(lines(found)).toContain(END);
  });

  test('the last writer counts', () => {
    const found = start(`RUN echo '#!/bin/sh\\nother' > /app/start.sh\nCOPY start.sh /app/\nCMD ["/app/start.sh"]`, { 'start.sh': `#!/bin/sh\n${END}` });
    expect(lines(found)).toEqual(['/app/start.sh', END]);
  });
});

describe('what is left open', () => {
  const script = (text: string) => ({ 'start.sh': `#!/bin/bash\n${text}\n` });
  test.each<[string, string, Files]>([
    ['`/opt/run.sh` is not a file of the build context', `CMD ["/opt/run.sh"]`, {}],
    ['`/opt/run` is not a file of the build context', `CMD ["bash", "/opt/run"]`, {}],
    ['`/start.sh` is not a file of the build context', `RUN curl -o /start.sh https://example.com/x\nCMD ["/start.sh"]`, {}],
    ['`/start.sh` is not a file of the build context', `RUN echo "$(generate)" > /start.sh\nCMD ["/start.sh"]`, {}],
    ['`/start.sh` is not a file of the build context', `RUN rm /app/start.sh\nCMD ["sh", "/start.sh"]`, script('x')],
    ['`sed` changes `/app/start.sh`', `RUN sed -i 's/a/b/' /app/start.sh\nCMD ["/app/start.sh"]`, script(END)],
    ['`eval` runs what nobody can read', `CMD ["/app/start.sh"]`, script('eval "$(cat x)"')],
    ['`$COMMAND` is what is run, and nobody can tell its value', `CMD exec $COMMAND`, {}],
    ['`bash` runs a file whose name is not known', `CMD bash "$FILE"`, {}],
    ['`sh` runs what another command hands to it', `CMD curl -s https://example.com | sh`, {}],
    ['the start script runs what it is given, and it is given nothing', `ENTRYPOINT ["/app/start.sh"]`, script('exec "$@"')],
    ['start.sh (from line 1) cannot be read as shell', `CMD ["/app/start.sh"]`, script('if then fi (')],
    ['`bash` waits for whatever is typed', `CMD ["/bin/bash"]`, {}],
    ['`sh` waits for whatever is typed', `CMD sh -l`, {}],
    ['`zsh` waits for whatever is typed', `CMD ["tini", "--", "zsh"]`, {}],
    ['`python3` waits for whatever is typed', `ENTRYPOINT ["python3", "-u"]`, {}],
    ['`irb` waits for whatever is typed', `CMD irb`, {}],
    ['`psql` waits for whatever is typed', `CMD ["psql", "-U", "x"]`, {}],
    ['`bash` waits for whatever is typed', `ENTRYPOINT ["/app/start.sh"]\nCMD ["bash"]`, script('exec "$@"')],
    ['`su` waits for whatever is typed', `CMD su - app`, {}],
    ['the image is kept alive to be entered', `CMD ["sleep", "infinity"]`, {}],
    ['the image is kept alive to be entered', `CMD tail -f /dev/null`, {}],
    ['the image is kept alive to be entered', `CMD mkdir -p /x && tail -f /var/log/x.log`, {}],
    ['the image is kept alive to be entered', `CMD while true; do sleep 1000; done`, {}],
    ['`monit` starts programs that its own files name', `CMD monit -I`, {}],
    ['`init` starts programs that its own files name', `CMD ["/sbin/init"]`, {}],
    ['nothing says what starts', `CMD []`, {}],
    ['`make` runs what its Makefile says', 'CMD make run', {}],
    ['pm2-runtime starts what ecosystem.config.js says', `CMD ["pm2-runtime", "ecosystem.config.js"]`, {}],
    ['apache2 runs CGI programs', `RUN a2enmod cgid\nCMD ["apache2", "-DFOREGROUND"]`, {}],
  ])('%s: %s', (reason, text, files) => {
    expect(start(text, files).open).toBe(reason);
  });

  test.each<[string, Files]>([
    ['CMD ["serve", "--help"]', {}],
    ['CMD ["python3", "app.py"]', {}],
    ['CMD ["python3", "-c", "print(1)"]', {}],
    ['CMD serve && tail -f /var/log/x', {}],
    ['CMD sleep 5', {}],
    ['CMD psql -c "select 1"', {}],
    ['CMD ["/app/start.sh"]', script('if [ -f /opt/more.sh ]; then . /opt/more.sh; fi\n[ -x /opt/x.sh ] && /opt/x.sh\nserve')],
    ['CMD ["/app/start.sh"]', script('. /etc/os-release\nsource ~/.bashrc\neval "$(ssh-agent -s)"\nserve')],
    ['CMD ["/app/start.sh"]', script('psql <<EOF\nselect 1\nEOF\necho x | mysql\ncat > /x <<EOF\na\nEOF\nserve')],
    ['CMD ["/app/start.sh"]', script('if [ -n "$BEFORE" ]; then $BEFORE; fi\nserve')],
    ['CMD ["/app/start.sh"]', script('if [ $# -eq 0 ]; then exec bash; fi\nserve')],
    ['HEALTHCHECK NONE\nCMD serve', {}],
    ['HEALTHCHECK CMD redis-cli ping\nCMD serve', {}],
  ])('nothing of %s', (text, files) => {
    expect(start(text, files).open).toBeUndefined();
  });
});

describe('HEALTHCHECK', () => {
  test.each(['CMD curl -f http://x', 'CMD ["curl", "-f", "http://x"]', '--interval=5s CMD ["/app/probe.sh"]'])('%s', (text) => {
    const found = start(`HEALTHCHECK ${text}\nCMD serve`, { 'probe.sh': '#!/bin/sh\ncurl -f http://x\n' });
    expect(lines(found)).toContain('curl -f http://x');
    expect(found.healthcheck).toBe(3);
  });
});

describe('what the base image starts', () => {
  const known = { image: 'x', entrypoint: ['docker-entrypoint.sh'], cmd: ['serve', '--port', '80'] };
  test.each<[string, string, Partial<Base>, string[] | string]>([
    ['its CMD', '', { ...known, entrypoint: [] }, [END]],
    ['its ENTRYPOINT, which hands over', '', known, [END]],
    ['its ENTRYPOINT before its CMD', '', { ...known, entrypoint: ['tini', '--'] }, [`tini -- ${END}`, END]],
    ['its ENTRYPOINT before the CMD of the file', 'CMD ["x.jar"]', { ...known, entrypoint: ['java', '-jar'] }, ['java -jar x.jar']],
    ['its own program before options', 'CMD ["-v"]', known, ['serve -v']],
    ['node before a source', 'CMD ["app.js"]', { ...known, image: 'node' }, ['node app.js']],
    ['nothing of it where the file has an ENTRYPOINT', 'ENTRYPOINT ["other"]', known, ['other']],
    ['an ENTRYPOINT that is replaced', 'COPY run.sh /usr/local/bin/docker-entrypoint.sh', known, [`docker-entrypoint.sh ${END}`, 'first', END]],
    ['a shell', '', { ...known, cmd: ['bash'] }, '`bash` waits for whatever is typed'],
    ['a prompt', '', { ...known, cmd: ['jshell'] }, '`jshell` waits for whatever is typed'],
    ['what nobody knows', '', { image: '' }, 'the base image decides what starts'],
    ['nothing', '', { image: 'x', entrypoint: [], cmd: [] }, 'nothing says what starts'],
  ])('%s', (_, text, base, expected) => {
    const found = start(text, { 'run.sh': '#!/bin/sh\nfirst\nexec "$@"\n' }, base);
    expect(typeof expected === 'string' ? found.open : lines(found)).toEqual(expected);
    expect(found.cmd).toBe(text.startsWith('CMD') ? 3 : undefined);
  });

  test('the scripts that nginx runs before it starts', () => {
    const found = readStart(factsOf('FROM nginx:1.25\nCOPY x.sh /docker-entrypoint.d/\n', { 'x.sh': '#!/bin/sh\nenvsubst\n' }));
    expect(lines(found)).toEqual(['/docker-entrypoint.d/x.sh', 'envsubst', 'nginx -g daemon off;']);
  });
});

test('each command has the place where it stands', () => {
  const files = { 'start.sh': '#!/bin/sh\nset -e\n\nserve\n' };
  const places = (text: string) =>
    traceStart(factsOf(`FROM debian:12\nCOPY . /app\n${text}\n`, files)).commands.map(({ command, place }) => `${command.name} ${place?.file}:${place?.line}`);
  expect(places('CMD ["/app/start.sh"]')).toEqual(['/app/start.sh undefined:undefined', 'set start.sh:2', 'serve start.sh:4']);
  expect(places('COPY <<EOF /s.sh\n#!/bin/sh\nserve\nEOF\nCMD ["/s.sh"]')).toContain('serve Dockerfile:5');
  expect(places('RUN true \\\n && echo \'#!/bin/sh\\nserve\' > /s.sh\nCMD ["/s.sh"]')).toContain('serve Dockerfile:4');
});
