import { describe, expect, test } from '@jest/globals';
import { mongoDbEngineRuns } from './mongodb-engine.ts';

/** Registers tests that need MongoDB's engine, where it can run; elsewhere one test that says it cannot. */
export function describeOnMongoDb(title: string, tests: () => void): void {
  if (mongoDbEngineRuns())
    describe(`On MongoDB, ${title}`, () => {
      tests();
    });
  else
    test(`${title} is left out, as MongoDB’s engine cannot run on this host`, () => {
      expect(process.env['CI']).not.toBe('true');
    });
}
