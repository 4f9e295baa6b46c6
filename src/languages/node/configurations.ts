/** Files by which build tools are told, among others, where to write. */
export const CONFIGURATIONS = [
  ...['vite', 'webpack', 'vue', 'rollup', 'next', 'nuxt', 'astro', 'svelte', 'tsup'].map((name) => `${name}.config`),
  ...['esbuild', 'gulpfile', 'Gruntfile'],
].flatMap((name) => ['js', 'ts', 'mjs', 'cjs', 'mts'].map((end) => `${name}.${end}`));

export const SETTINGS = ['tsconfig.json', 'tsconfig.build.json', 'angular.json'];
