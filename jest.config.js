// Workers inherit these. V8 of Node 24 loses track of protected code pages now and then where many threads come and go,
// and ends the process: https://github.com/nodejs/node/issues/64500. Only V8 for Linux on x64 knows the option.
if (process.platform === 'linux' && process.arch === 'x64') process.execArgv.push('--no-memory-protection-keys');

export default {
  rootDir: '.',
  testMatch: ['<rootDir>/{apps,libs,test}/**/*.spec.ts'],
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': '@swc/jest' },
  extensionsToTreatAsEsm: ['.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.cache'],
  maxWorkers: 2,
  // For what hangs. A test that waits says so itself, after a minute: libs/eventsourcing/testing/eventually.ts.
  testTimeout: 300_000,
  // Half a second is what Jest gives a worker to end, of which a busy machine may take more; only a leak takes so long.
  workerGracefulExitTimeout: 60_000,
};
