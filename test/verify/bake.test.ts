import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BakeError, type BakeProject, bakeFile, readBakeFile } from '../../src/verify/bake-file.ts';
import { placesOf, readMetadata } from '../../src/verify/bake-metadata.ts';
import { bakeNames } from '../../src/verify/bake-names.ts';
import { fromTemplate, toTemplate } from '../../src/verify/bake-template.ts';

const project: BakeProject = {
  name: 'services-api',
  path: 'services/api/Dockerfile',
  context: 'services/api',
  before: 'Dockerfile',
  after: { text: 'FROM alpine:3.20 AS a\r\nRUN echo ${HOME} $${x} %{y\r\n' },
  buildArgs: { VERSION: '1 ${2}' },
  platform: 'linux/arm64',
  secrets: ['id=token,env=TOKEN'],
  ssh: ['default'],
  expected: ['user'],
};

// What docker buildx 0.19 and 0.38 made of each was seen.
test.each([
  ['a ${A}', 'a $${A}'],
  ['$${B}', '$$${B}'],
  ['%{D}', '%%{D}'],
  ['$%{G} %${H}', '$%%{G} %$${H}'],
  ['$$ $ % ~} {', '$$ $ % ~} {'],
])('%s is %s in a file that bake reads', (text, template) => {
  expect(toTemplate(text)).toBe(template);
});

test('what was made a template is read back', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('$', '%', '{', '}', 'a', '\n') }), (text) => {
      expect(fromTemplate(toTemplate(text))).toBe(text);
    }),
  );
});

test('names are good for targets and repositories, and no two are the same', () => {
  const paths = ['Dockerfile', 'services/api/Dockerfile', 'services/api/dockerfile', '../Other Team/x_y/Containerfile', 'docker/api.Dockerfile', '../Ünï', '_'];
  expect(bakeNames(paths)).toEqual(['image', 'services-api', 'services-api-2', 'other-team-x-y', 'docker-api-dockerfile', 'n', 'image-2']);
  expect(bakeNames(['a', 'a', 'a-2'])).toEqual(['a', 'a-2', 'a-2-2']);
  expect(bakeNames([`${'long/'.repeat(60)}Dockerfile`])[0]).toMatch(/^[a-z0-9-]{1,120}$/);
});

test('a project is two targets, in groups', () => {
  const file = JSON.parse(bakeFile([project])) as Record<string, unknown>;
  expect(file).toMatchObject({
    variable: { RESTAGE_REPOSITORY: { default: 'restage' }, RESTAGE_OUTPUT: { default: 'type=docker' } },
    group: { default: { targets: ['before', 'after'] }, before: { targets: ['services-api-before'] }, after: { targets: ['services-api-after'] } },
  });
  const shared = {
    context: 'services/api',
    args: { VERSION: '1 $${2}' },
    platforms: ['linux/arm64'],
    secret: ['id=token,env=TOKEN'],
    ssh: ['default'],
    output: ['${RESTAGE_OUTPUT}'],
    attest: ['type=provenance,disabled=true'],
  };
  expect(file.target).toEqual({
    'services-api-before': { ...shared, dockerfile: 'Dockerfile', tags: ['${RESTAGE_REPOSITORY}/services-api:before'] },
    'services-api-after': {
      ...shared,
      'dockerfile-inline': 'FROM alpine:3.20 AS a\r\nRUN echo $${HOME} $$${x} %%{y\r\n',
      tags: ['${RESTAGE_REPOSITORY}/services-api:after'],
    },
  });
});

test('what was written is read back', () => {
  const { platform: _platform, ...plain } = project;
  const projects: BakeProject[] = [project, { ...plain, name: 'b', after: { file: '../b.Dockerfile' }, buildArgs: {}, secrets: [], ssh: [], expected: [] }];
  expect(readBakeFile(bakeFile(projects))).toEqual(projects);
});

test.each([
  ['{', /JSON/],
  ['null', /was not written by restage/],
  ['{ "target": {} }', /was not written by restage/],
  ['{ "//": { "restage": 1, "projects": [{ "name": "a" }] }, "target": { "a-before": { "context": "." } } }', /has no target a-after/],
])('a file like %s is no bake file of ours', (text, message) => {
  expect(() => readBakeFile(text)).toThrow(BakeError);
  expect(() => readBakeFile(text)).toThrow(message);
});

test('metadata tells what was built, what it is known by and where it went', () => {
  const images = readMetadata(
    JSON.stringify({
      'buildx.build.warnings': [],
      pushed: {
        'buildx.build.ref': 'kube/kube0/1',
        'containerimage.config.digest': 'sha256:c',
        'containerimage.digest': 'sha256:d',
        'image.name': 'registry.example.com:5000/team/a:before,registry.example.com:5000/team/a:x,docker.io/restage/a:before',
      },
      loaded: { 'containerimage.digest': 'sha256:e', 'image.name': 'docker.io/restage/b:after' },
      cached: { 'buildx.build.ref': 'kube/kube0/2' },
    }),
  );
  expect([...images.keys()]).toEqual(['pushed', 'loaded', 'cached']);
  expect(images.get('pushed')?.ids).toEqual(['sha256:c', 'sha256:d']);
  const places = [...images.values()].map(placesOf);
  expect(places).toEqual([['registry.example.com:5000/team/a@sha256:d'], [], []]);
  expect(images.get('cached')).toEqual({ ids: [], names: [] });
});

test.each(['[]', '"a"', '{'])('%s is no metadata', (text) => {
  expect(() => readMetadata(text)).toThrow(BakeError);
});
