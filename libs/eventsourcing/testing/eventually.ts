import { setTimeout as wait } from 'node:timers/promises';

/** Longest that a test waits for anything, in milliseconds: no machine is so busy; only what is broken takes as long. */
export const PATIENCE_MILLISECONDS = 60_000;

/**
 * Tries until an attempt neither throws nor answers false, and gives back its answer. After a minute it throws what was
 * wrong at last.
 */
export async function eventually<Answer>(attempt: () => Promise<Answer | false> | Answer | false): Promise<Answer> {
  const deadline = performance.now() + PATIENCE_MILLISECONDS;
  for (let pause = 1; ; pause = Math.min(pause + 1, 20)) {
    try {
      const answer = await attempt();
      if (answer !== false) return answer;
      if (performance.now() > deadline) throw new Error(`This never came true: ${String(attempt)}`);
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await wait(pause);
  }
}
