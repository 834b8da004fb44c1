import { BEGINNING, type StoredEvent } from '../../event.ts';
import type { EventStore } from '../../event-store.ts';

/** Follows a subscription in the background: what came, what interrupted it, and its end. */
export function follow(
  store: EventStore,
  options: { readonly signal: AbortSignal; readonly pageSize: number },
  handle: (page: readonly StoredEvent[]) => Promise<void> = async () => undefined,
  after = BEGINNING,
) {
  const events: StoredEvent[] = [];
  const interruptions: { error: unknown; attempt: number }[] = [];
  const arrived = new EventTarget();
  const onInterruption = (error: unknown, attempt: number) => interruptions.push({ error, attempt });
  const finished = (async () => {
    for await (const page of store.subscribe(after, { ...options, onInterruption })) {
      await handle(page);
      events.push(...page);
      arrived.dispatchEvent(new Event('page'));
    }
  })();
  const until = async (count: number) => {
    const enough = Promise.withResolvers<void>();
    const check = () => {
      if (events.length >= count) enough.resolve();
    };
    arrived.addEventListener('page', check);
    check();
    await Promise.race([enough.promise, finished]);
    arrived.removeEventListener('page', check);
    if (events.length < count) throw new Error(`The subscription ended after ${events.length} of ${count} events.`);
  };
  return { events: () => events, interruptions, finished, until };
}
