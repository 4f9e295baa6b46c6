import { describe, expect, it } from '@jest/globals';
import { parseShell } from '../../src/parse/shell.ts';

const commandsOf = (text: string, env: Record<string, string | undefined> = {}) =>
  parseShell(text, '/app', env).segments.flatMap((segment) => segment.commands);

describe('parts of a RUN', () => {
  it('are the elements of the outermost list', () => {
    const text = 'apt-get update && apt-get install -y git; rm -rf /tmp/x';
    expect(parseShell(text, '/', {}).segments.map(({ start, end }) => text.slice(start, end))).toEqual([
      'apt-get update',
      'apt-get install -y git',
      'rm -rf /tmp/x',
    ]);
  });

  it('stay whole around || and within if and loops', () => {
    expect(parseShell('a || b', '/', {}).segments).toHaveLength(1);
    const [segment] = parseShell('if [ -f x ]; then make; else cmake .; fi', '/', {}).segments;
    expect(segment?.commands.map(({ name, conditional }) => [name, conditional])).toEqual([
      ['[', false],
      ['make', true],
      ['cmake', true],
    ]);
  });
});

describe('what holds for a command', () => {
  it('is the directory that cd led to, but not out of a subshell', () => {
    const commands = commandsOf('cd src && make && (cd /tmp && ls) && pwd');
    expect(commands.map(({ name, cwd }) => [name, cwd])).toEqual([
      ['cd', '/app'],
      ['make', '/app/src'],
      ['cd', '/app/src'],
      ['ls', '/tmp'],
      ['pwd', '/app/src'],
    ]);
  });

  it('is a variable of the image, of the script or of the command', () => {
    const [, command] = commandsOf('export A=1 && B=2 && C=3 run $A ${B} "$C" ${D:-d} $E', {});
    expect(command?.args.map(({ value, known }) => [value, known])).toEqual([
      ['1', true],
      ['2', true],
      ['$C', false],
      ['d', true],
      ['$E', false],
    ]);
    expect(command?.env.C).toBe('3');
  });

  it('is what was assigned before a special builtin, and not before another command', () => {
    const commandsOf = (text: string) => parseShell(text, '/', {}).segments.flatMap((segment) => segment.commands);
    expect(commandsOf("deps=' gcc make ' set -x && apk add $deps").at(-1)?.args[1]).toMatchObject({ value: ' gcc make ', known: true });
    expect(commandsOf('deps=gcc env && apk add $deps').at(-1)?.args[1]?.known).toBe(false);
  });

  it('is not known after a substitution', () => {
    const [command] = commandsOf('cp $(find . -name x) /usr/bin/');
    expect(command?.args.map(({ known }) => known)).toEqual([false, true]);
  });

  it('is no word where a substitution holds nothing but a comment', () => {
    const [command] = commandsOf('apt-get install gcc `# compiles` make');
    expect(command?.args.map(({ value, known }) => [value, known])).toEqual([
      ['install', true],
      ['gcc', true],
      ['', true],
      ['make', true],
    ]);
  });

  it('keeps what a redirect writes', () => {
    expect(commandsOf('echo x > /etc/x.conf')[0]?.redirects).toMatchObject([{ operator: '>', word: { value: '/etc/x.conf' } }]);
  });
});
