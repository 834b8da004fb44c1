import type { Resolved } from './event-envelope.ts';
import { ServerSilent } from './client-errors.ts';

/** A read or a subscription of the client, as far as it is used here: its types come with those of an older Node. */
export type ServerCall = {
  on(event: string, listener: (error: Error) => void): ServerCall;
  read(): unknown;
  destroy(): unknown;
} & ({ cancel(): Promise<void> } | { unsubscribe(): Promise<void> });

export interface ArrivalOptions {
  /** Most places of one batch. */
  readonly most: number;
  /** Milliseconds the server may say nothing; without it, for ever. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
}

/**
 * What comes from the server, in batches of whatever has arrived, until the server ends the call or the signal ends
 * the wait. Throws what the call fails with, after everything that came before. Nothing is left open behind it: a call
 * of this client goes on at the server when a loop over it is left, and one of its errors that nobody listens to ends
 * the process.
 */
export async function* arrivals(call: ServerCall, options: ArrivalOptions): AsyncGenerator<readonly Resolved[]> {
  const { most, patience, signal } = options;
  let failure: { readonly error: unknown } | undefined;
  let finished = false;
  let closed = false;
  let news = Promise.withResolvers<void>();
  const tell = () => news.resolve();
  const fail = (error: unknown) => {
    failure ??= { error };
    tell();
  };
  const finish = () => {
    finished = true;
    tell();
  };
  const close = () => {
    closed = true;
    tell();
  };
  // The listeners stay when the call is left: errors may come still, and concern nobody then.
  call.on('readable', tell).on('end', finish).on('close', close).on('error', fail);
  signal?.addEventListener('abort', tell);
  try {
    while (!signal?.aborted) {
      news = Promise.withResolvers();
      const batch: Resolved[] = [];
      for (let next; batch.length < most && (next = call.read() as Resolved | null) !== null;) batch.push(next);
      if (batch.length > 0) {
        yield batch;
        continue;
      }
      if (failure) throw failure.error;
      if (finished || closed) return;
      const timer = patience && setTimeout(() => fail(new ServerSilent(patience)), patience);
      await news.promise;
      clearTimeout(timer);
    }
  } finally {
    signal?.removeEventListener('abort', tell);
    if (!finished) await leave(call);
    call.destroy();
  }
}

async function leave(call: ServerCall): Promise<void> {
  // It rejects only where the call was never made: then there is nothing to end, and the reader has the reason.
  await Promise.allSettled(['cancel' in call ? call.cancel() : call.unsubscribe()]);
}
