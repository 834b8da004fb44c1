import { describe } from '@jest/globals';
import type { ReadModelStore } from '../read-model-store.ts';
import { generationsContract } from './read-model-generations.contract.ts';
import { queriesContract } from './read-model-queries.contract.ts';
import { runnerContract } from './read-model-runner.contract.ts';
import { writingContract } from './read-model-writing.contract.ts';

/** Opens an empty store of its own; `destroy` closes it and removes what it kept. */
export type OpenReadModelStore = () => Promise<{ store: ReadModelStore; destroy(): Promise<void> }>;

/** Registers the tests that say what `ReadModelStore` promises. Every adapter passes all of them. */
export function readModelStoreContract(name: string, open: OpenReadModelStore): void {
  describe(`a read-model store (${name})`, () => {
    generationsContract(open);
    writingContract(open);
    queriesContract(open);
    runnerContract(open);
  });
}
