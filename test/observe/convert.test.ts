import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { type Conversion, convert, memoryContext, type Observation } from '../../src/index.ts';

const text = `FROM debian:bookworm
RUN apt-get update && apt-get install -y gcc make
WORKDIR /src
COPY . .
RUN raise-lantern --into-the-system
CMD ["lantern"]
`;
const context = memoryContext({ 'main.c': 'int main(void) { return 0; }\n' });

function convertSeen(run?: Partial<Observation['instructions'][number]>): Conversion {
  const seen = { index: 4, made: [], changed: [], removed: [], bytes: 0, ...run };
  const packages = { index: 1, made: [], changed: [], removed: [], bytes: 200e6 };
  const dockerfile = createHash('sha256').update(text).digest('hex');
  const observation: Observation = { schema: 1, dockerfile, instructions: [packages, seen], bytes: { base: 120e6, image: 330e6 } };
  return convert({ text, path: 'Dockerfile', context, contextPath: '.', ...(run && { observation }) });
}

test('a command that nobody knows is refused by its text alone', () => {
  expect(convertSeen()).toMatchObject({ outcome: 'refused', code: 'unknown-command' });
});

test('what it was seen to make crosses, exactly', () => {
  const { outcome, dockerfile, message } = convertSeen({
    made: [
      { path: '/usr/bin/lantern', kind: 'file', bytes: 1e6 },
      { path: '/usr/share/lantern', kind: 'tree', bytes: 1e6 },
    ],
  });
  expect({ outcome, message }).toEqual({ outcome: 'converted', message: expect.stringContaining('debian:bookworm') });
  expect(dockerfile).toContain('COPY --from=builder /usr/bin/lantern /usr/bin/lantern\n');
  expect(dockerfile).toContain('COPY --from=builder /usr/share/lantern /usr/share/lantern\n');
  expect(dockerfile).not.toMatch(/raise-lantern[\s\S]*raise-lantern/);
});

test('one that was seen to change what was there before stays unknown', () => {
  expect(convertSeen({ made: [{ path: '/usr/bin/lantern', kind: 'file', bytes: 1e6 }], changed: ['/etc/login.defs'] })).toMatchObject({
    outcome: 'refused',
    code: 'unknown-command',
  });
});
