import { expect, it } from '@jest/globals';
import { convertText, finalStage } from '../support/convert-text.ts';

/** What comes out where a recipe has a command that nobody knows, and this one. */
const convertRecipe = (line: string) =>
  convertText('FROM gcc:12\nWORKDIR /src\nCOPY . .\nRUN make app\nCMD ["/src/app"]\n', {
    Makefile: `app: main.c\n\tgcc -o app main.c\n\tsharpen --well app\n\t${line}\n`,
    'main.c': 'int main(void) { return 0; }\n',
  });

it.each(['useradd keeper', 'apt-get install -y git'])('what a recipe is seen to do to the system is not lost beside what nobody knows: %s', (line) => {
  expect(convertRecipe(line)).toMatchObject({ outcome: 'refused', code: 'mixed-command' });
});

it('nor what it writes outside of its directory', () => {
  const final = finalStage(convertRecipe('cp app /usr/bin/tool'));
  expect(final).toContain('COPY --from=builder /src /src\n');
  expect(final).toContain('COPY --from=builder /usr/bin/tool /usr/bin/tool\n');
});

it.each([
  ['add_custom_command(TARGET app POST_BUILD COMMAND cp words.txt /etc/app.conf)', 'refused'],
  ['configure_file(app.in /etc/app.conf)', 'refused'],
  ['set(CMAKE_RUNTIME_OUTPUT_DIRECTORY /srv/bin)', 'refused'],
  ['set(SETTINGS /etc/app.conf)', 'converted'],
  ['configure_file(app.in ${CMAKE_BINARY_DIR}/app.h)', 'converted'],
])('what cmake itself writes outside of its build is not lost: %s', (line, expected) => {
  const text =
    'FROM gcc:12\nRUN apt-get update && apt-get install -y cmake\nWORKDIR /src\nCOPY . .\nRUN cmake -B out && cmake --build out\nCMD ["/src/out/app"]\n';
  const lists = `cmake_minimum_required(VERSION 3.10)\nproject(app C)\nadd_executable(app main.c)\n${line}\n`;
  expect(convertText(text, { 'CMakeLists.txt': lists, 'main.c': 'int main(void) { return 0; }\n' }).outcome).toBe(expected);
});
