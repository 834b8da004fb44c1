const asked = new AbortController();

/** Is aborted when somebody asks the process to end. Asked again, it ends at once. */
export function interruption(): AbortSignal {
  return asked.signal;
}

/** Begins to listen; once, at the start. `serve` does not: it ends in its own way. */
export function listenForInterruption(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => asked.abort(new Interrupted()));
}

/** Somebody asked the process to end before it was done. */
export class Interrupted extends Error {
  constructor() {
    super('Interrupted.');
    this.name = 'Interrupted';
  }
}
