import { expect, test } from '@jest/globals';
import { startedByBuild } from '../../src/verify/build-scripts.ts';

test.each<[string, string[]]>([
  ['RUN perl install.pl', ['install.pl']],
  ['RUN ./build.sh && python3 tools/make.py --fast', ['build.sh', 'make.py']],
  ['RUN ["node", "scripts/bundle.js"]', ['bundle.js']],
])('%s starts %j', (run, names) => {
  expect([...startedByBuild(`FROM debian\n${run}\n`)]).toEqual(expect.arrayContaining(names));
});

test('what is only made executable is not started', () => {
  expect([...startedByBuild('FROM debian\nRUN chmod +x hooks/deploy.sh && cp hooks/deploy.sh /usr/local/bin/\n')]).not.toContain('deploy.sh');
});
