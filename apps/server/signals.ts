/** Resolves with the name of the first signal that asks the process to end. A second one ends it at once. */
export function untilAskedToEnd(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
  });
}
