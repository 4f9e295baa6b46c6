import { expect, test } from '@jest/globals';
import type { ImageConfig } from '../../src/engine/image.ts';
import { newComparison } from '../../src/verify/comparison.ts';
import { compareConfiguration } from '../../src/verify/configuration.ts';

const full: ImageConfig = {
  Env: ['PATH=/usr/bin', 'MODE=fast', 'GOPATH=/go'],
  Cmd: ['serve'],
  Entrypoint: ['/app'],
  ExposedPorts: { '80/tcp': {} },
  Volumes: { '/data': {} },
  Labels: { team: 'blue' },
  OnBuild: ['RUN true'],
  User: '1000',
  WorkingDir: '/srv',
  StopSignal: 'SIGQUIT',
  Healthcheck: { Test: ['CMD', 'true'] },
};

function compare(after: ImageConfig, { inherited = {}, uid = '1000' }: { inherited?: ImageConfig; uid?: string } = {}) {
  const found = newComparison();
  compareConfiguration({ config: full, inherited, uid: '1000' }, { config: after, inherited: {}, uid }, found);
  return found;
}

test('the same is the same', () => {
  expect(compare(full)).toMatchObject({ differences: [], changes: [] });
});

test.each<[string, ImageConfig]>([
  ['env', { ...full, Env: ['PATH=/usr/bin', 'GOPATH=/go'] }],
  ['env', { ...full, Env: ['PATH=/usr/bin', 'GOPATH=/go', 'MODE=slow'] }],
  ['port', { ...full, ExposedPorts: null }],
  ['volume', { ...full, Volumes: {} }],
  ['label', { ...full, Labels: { team: 'red' } }],
  ['onbuild', { ...full, OnBuild: null }],
  ['workdir', { ...full, WorkingDir: '' }],
  ['stopsignal', { ...full, StopSignal: '' }],
  ['healthcheck', { ...full, Healthcheck: { Test: ['CMD', 'false'] } }],
  ['entrypoint', { ...full, Entrypoint: null, Cmd: ['/app', 'serve'] }],
])('%s is missed', (what, after) => {
  const { differences } = compare(after);
  expect(differences.map((difference) => difference.what)).toEqual([what]);
});

test('a user that is root now is missed', () => {
  expect(compare({ ...full, User: '' }, { uid: '0' }).differences.map(({ what }) => what)).toEqual(['user']);
});

test('what came from the base image, and what only builds read, may change', () => {
  const { differences, changes } = compare({ ...full, Env: ['PATH=/bin'], WorkingDir: '/' }, { inherited: { Env: ['MODE=fast'], WorkingDir: '/srv' } });
  expect(differences).toEqual([]);
  expect(changes).toEqual(['env PATH=/usr/bin became /bin', 'env MODE=fast is gone', 'env GOPATH=/go is gone', 'workdir /srv became /']);
});
