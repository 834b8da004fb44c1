/** How long to wait between attempts, in milliseconds. */
export interface Pace {
  /** Before the second attempt; each further wait is twice as long. */
  readonly firstDelay: number;
  readonly longestDelay: number;
}

/** Waits before the next attempt, a random half of the time, so that many do not come back at once. Ends on abort. */
export async function backOff(attempt: number, pace: Pace, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return;
  const most = Math.min(pace.longestDelay, pace.firstDelay * 2 ** Math.min(attempt - 1, 30));
  const delay = (most / 2) * (1 + Math.random());
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, delay);
    signal?.addEventListener('abort', done);
  });
}
