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
