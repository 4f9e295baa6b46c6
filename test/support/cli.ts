import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';
import { root } from './examples.ts';

export const cli = join(root, 'dist/cli.js');

export interface Result {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the built command line, without what the caller's terminal says of colours. */
export function restage(
  args: string[],
  { cwd = root, input = '', env = {} }: { cwd?: string; input?: string | Uint8Array; env?: Record<string, string> } = {},
): Result {
  const { NO_COLOR, FORCE_COLOR, ...rest } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd, input, env: { ...rest, ...env }, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** Makes folders with the given files, which are removed after the tests. */
export function useFolders(): (files: Record<string, string | Uint8Array>) => string {
  const made: string[] = [];
  afterAll(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  });
  return (files) => {
    const folder = mkdtempSync(join(tmpdir(), 'restage-'));
    made.push(folder);
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return folder;
  };
}

/** A project that is converted: golang → scratch. */
export const goProject = {
  Dockerfile: 'FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /server .\nCMD ["/server"]\n',
  'go.mod': 'module example.com/app\n\ngo 1.22\n',
  'main.go': 'package main\n\nfunc main() {\n\tprintln("hello")\n}\n',
};
