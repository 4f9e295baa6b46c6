import { expect, it } from '@jest/globals';
import { convertText, finalStage } from '../support/convert-text.ts';

/** What comes out for a program that is made with make, where this is started. */
const convertStart = (base: string, start: string) =>
  convertText(`FROM ${base}\nRUN apt-get update && apt-get install -y gcc make\nWORKDIR /src\nCOPY . .\nRUN make app\nCMD ${start}\n`, {
    Makefile: 'app: main.c\n\tgcc -o app main.c\n',
    'main.c': 'int main(void) { return 0; }\n',
  });

it.each([
  ['rust:1.80', '["/usr/local/cargo/bin/app"]'],
  ['gcc:12', '["/opt/bin/app"]'],
  ['debian:bookworm', '["/opt/tool/bin/app"]'],
  ['openjdk:11', '["java", "-jar", "/srv/out/app.jar"]'],
])('of %s, nothing is seen to make what is started by its path: %s', (base, start) => {
  expect(convertStart(base, start)).toMatchObject({
    outcome: 'refused',
    code: 'unknown-start',
    message: expect.stringContaining('no instruction is seen to make'),
  });
});

it('a program in a place of the base image’s own keeps an image of the same kind', () => {
  expect(finalStage(convertStart('openjdk:11', '["/usr/local/openjdk-11/bin/java", "-version"]'))).toContain('FROM openjdk:11-slim\n');
  expect(finalStage(convertStart('gcc:12', '["/src/app"]'))).toContain('FROM debian:bookworm-slim\n');
});
