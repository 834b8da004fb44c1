import { describe } from '@jest/globals';
import { generationsContract } from './read-model-generations.contract.ts';
import { queriesContract } from './read-model-queries.contract.ts';
import type { OpenReadModelStore } from './read-model-sample.ts';
import { runnerContract } from './read-model-runner.contract.ts';
import { writingContract } from './read-model-writing.contract.ts';

/** Registers the tests that say what `ReadModelStore` promises. Every adapter passes all of them. */
export function readModelStoreContract(name: string, open: OpenReadModelStore): void {
  describe(`a read-model store (${name})`, () => {
    generationsContract(open);
    writingContract(open);
    queriesContract(open);
    runnerContract(open);
  });
}
