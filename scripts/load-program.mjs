// Stands in dist/cli.js for src/cli/run.ts: loads the bundled program with the code that V8 made of it at build time, which
// takes half as long as compiling it anew. Another Node than the one that built it compiles, and keeps that where it can.
import { existsSync, readFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import vm from 'node:vm';

/** Where the code for this Node is kept. */
export function cachePath(program) {
  return `${program}.${process.version}-${process.arch}.cache`;
}

/** The program as a script and what it exports; undefined where the kept code does not fit. */
export function compileProgram(program, cachedData) {
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(program, 'latin1')}\n})`;
  const script = new vm.Script(source, { filename: program, cachedData });
  if (script.cachedDataRejected) return undefined;
  const loaded = { exports: {} };
  script.runInThisContext()(loaded.exports, createRequire(program), loaded, program, dirname(program));
  return { script, exports: loaded.exports };
}

/** As src/cli/run.ts has it. */
export function run(argv, surroundings) {
  const program = join(import.meta.dirname, 'program.cjs');
  const cache = cachePath(program);
  const compiled = existsSync(cache) ? compileProgram(program, readFileSync(cache)) : undefined;
  if (compiled) return compiled.exports.run(argv, surroundings);
  module.enableCompileCache?.();
  return createRequire(import.meta.url)(program).run(argv, surroundings);
}
