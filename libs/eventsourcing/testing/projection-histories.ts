import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { EventCatalogue } from '../catalogue.ts';
import type { DomainEvent, NewEvent } from '../event.ts';
import type { EventStore } from '../event-store.ts';
import { chain } from '../hash-chain.ts';
import { orderCatalogue, POISON, type OrderEvent } from './projection-orders.ts';

/** What one append adds to one stream. */
export interface Step {
  readonly stream: string;
  readonly events: readonly (DomainEvent & { readonly occurredAt?: string })[];
}

/** Orders of a few customers that go on at the same time, an append after the other. */
export function orderHistory(
  options: { readonly poison?: boolean; readonly steps?: number } = {},
): fc.Arbitrary<Step[]> {
  const move = fc.record({ order: fc.nat(11), choice: fc.nat(99), count: fc.integer({ min: 1, max: 3 }) });
  return fc
    .array(move, { minLength: options.steps ?? 20, maxLength: (options.steps ?? 20) * 2 })
    .map((moves) => stepsOf(moves, options.poison ?? false));
}

function stepsOf(moves: readonly { order: number; choice: number; count: number }[], poison: boolean): Step[] {
  const lines = new Map<number, number>();
  return moves.map(({ order, choice, count }) => {
    const stream = `order-${order}`;
    const added = lines.get(order);
    if (added === undefined) {
      lines.set(order, 0);
      return { stream, events: [{ type: 'OrderPlaced', data: { customer: `customer-${order % 4}` } }] };
    }
    if (choice < 10) return { stream, events: [{ type: 'OrderShipped', data: {} }] };
    if (choice < 35)
      return { stream, events: [{ type: 'OrderLineRemoved', data: { lineId: `line-${choice % (added + 1)}` } }] };
    lines.set(order, added + count);
    const item = poison && choice < 45 ? POISON : `item-${choice}`;
    const events = Array.from({ length: count }, (_, index): OrderEvent => ({
      type: 'OrderLineAdded',
      data: { lineId: `line-${added + index}`, item, quantity: choice },
    }));
    return { stream, events };
  });
}

/** Appends to a log, remembering where each stream stands. */
export function writer(eventStore: EventStore, catalogue: EventCatalogue = orderCatalogue) {
  const streams = new Map<string, { revision: number; hash: string }>();
  async function appendStored(
    stream: string,
    events: readonly Omit<NewEvent, 'previousHash' | 'hash'>[],
  ): Promise<string> {
    const { revision, hash } = streams.get(stream) ?? { revision: -1, hash: '' };
    const chained = chain(stream, revision + 1, hash, events);
    const appended = await eventStore.append(stream, revision < 0 ? 'no_stream' : revision, chained);
    streams.set(stream, { revision: appended.revision, hash: chained.at(-1)!.hash });
    return appended.position;
  }
  return {
    /** Appends and gives back the position of the last event. */
    async append(...steps: readonly Step[]): Promise<string> {
      let position = '';
      for (const { stream, events } of steps) {
        position = await appendStored(
          stream,
          events.map((event) => ({ ...envelope(event.occurredAt), ...catalogue.seal(event) })),
        );
      }
      return position;
    },
    /** Appends an event that no catalogue has looked at. */
    appendRaw(stream: string, type: string, data: string): Promise<string> {
      return appendStored(stream, [{ ...envelope(), type, data }]);
    },
  };
}

function envelope(occurredAt = '2026-01-31T09:30:00.000Z') {
  const id = randomUUID();
  const metadata = JSON.stringify({
    actor: { id: 'ann', role: 'rep' },
    source: 'api',
    commandId: id,
    commandFingerprint: '',
    $correlationId: id,
    $causationId: id,
  });
  return { id, occurredAt, recordedAt: new Date().toISOString(), metadata };
}
