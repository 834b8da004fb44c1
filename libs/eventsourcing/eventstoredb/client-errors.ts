import eventStoreDb from '@eventstore/db-client';
import { StoreUnavailable } from '../errors.ts';
import { backOff, type Pace } from './backing-off.ts';

/** The server took the call and then said nothing for too long. */
export class ServerSilent extends Error {
  constructor(milliseconds: number) {
    super(`EventStoreDB said nothing for ${milliseconds} ms.`);
    this.name = 'ServerSilent';
  }
}

// gRPC: cancelled, deadline exceeded, resource exhausted, aborted (the server's own timeout), internal (a call reset
// in the middle), unavailable. The client types some of them; the first call of a connection fails with a plain one.
const PASSING_CODES: readonly unknown[] = [1, 4, 8, 10, 13, 14];

/**
 * Whether an error says “not now” rather than “no”: the same call may succeed later. Of a write it says nothing
 * about whether the write was made.
 */
export function mayPass(error: unknown): boolean {
  if (error instanceof ServerSilent || error instanceof eventStoreDb.NotLeaderError) return true;
  // A typed refusal may carry such a code as well: an append over the limit, for one.
  if (eventStoreDb.isCommandError(error as Error) && !isPassingType(error)) return false;
  if (!(error instanceof Error)) return false;
  if (error.message.startsWith('Failed to discover')) return true;
  if (!('code' in error)) return false;
  return PASSING_CODES.includes(error.code) || /^(ECONN|ERR_HTTP2|ERR_STREAM)/.test(String(error.code));
}

function isPassingType(error: unknown): boolean {
  const { UnavailableError, CancelledError, DeadlineExceededError, TimeoutError, UnknownError } = eventStoreDb;
  return [UnavailableError, CancelledError, DeadlineExceededError, TimeoutError, UnknownError].some(
    (type) => error instanceof type,
  );
}

/**
 * Tries until it succeeds, until an error will not pass, or until the attempts are used up: then `StoreUnavailable`.
 * A server that is not the leader names it and the client's next call goes there: that retry is at once and free.
 */
export async function persist<T>(attempt: () => Promise<T>, attempts: number, pace: Pace): Promise<T> {
  let redirected = false;
  for (let made = 1; ; made++) {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof eventStoreDb.NotLeaderError && !redirected) {
        redirected = true;
        made--;
        // The client turns to the leader only after it has thrown.
        await new Promise(setImmediate);
        continue;
      }
      if (!mayPass(error)) throw error;
      if (made >= attempts) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new StoreUnavailable(`EventStoreDB did not answer in ${made} attempts: ${reason}`, { cause: error });
      }
      await backOff(made, pace);
    }
  }
}
