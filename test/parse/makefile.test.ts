import { expect, it } from '@jest/globals';
import { makeScript } from '../../src/parse/makefile.ts';

const MAKEFILE = `NAME ?= app
FLAGS = -trimpath
.PHONY: all
all: tidy
\t@go build $(FLAGS) -o bin/$(NAME) .
tidy:
\tcd tools && go mod tidy
\techo $$HOME
`;

it('runs what a target needs first, each line where make stands', () => {
  expect(makeScript(MAKEFILE, [], {})).toBe('( cd tools && go mod tidy )\necho $HOME\ngo build -trimpath -o bin/app .');
});

it('takes variables from the environment where the file lets it', () => {
  expect(makeScript(MAKEFILE, ['all'], { NAME: 'other', FLAGS: '-x' })).toContain('go build -trimpath -o bin/other .');
});

it('follows neither conditionals nor targets without a rule', () => {
  expect(makeScript('ifdef X\nall:\n\tmake\nendif\n', [], {})).toBeUndefined();
  expect(makeScript(MAKEFILE, ['missing'], {})).toBeUndefined();
});
