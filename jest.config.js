/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  // A machine with much else to do is slow.
  testTimeout: 60_000,
  // Of those that wait for containers most of the time.
  maxConcurrency: 3,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Examples and cases have package.json files of their own.
  modulePathIgnorePatterns: [
    '<rootDir>/(examples|dist)/',
    '<rootDir>/test/refused/',
    '<rootDir>/test/traps/',
    '<rootDir>/test/verify/pairs/',
    '<rootDir>/test/observe/projects/',
  ],
  globalSetup: '<rootDir>/test/support/build.mjs',
  // Packages that come as ES modules only have to be transformed as well.
  transformIgnorePatterns: ['/node_modules/(?!(unbash|yargs-parser)/)'],
  transform: {
    '\\.(ts|js|mjs)$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }],
  },
};
