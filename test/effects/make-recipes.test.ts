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
