const startedAt = performance.now();

/** Says on the standard error what is going on, with the seconds since the start. */
export function say(text: string): void {
  process.stderr.write(`${Math.round((performance.now() - startedAt) / 1_000)} s  ${text}\n`);
}
