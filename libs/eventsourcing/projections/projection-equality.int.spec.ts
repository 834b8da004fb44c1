import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EventStore } from '../event-store.ts';
import type { StoredEvent } from '../event.ts';
import { orderHistory, writer } from '../testing/projection-histories.ts';
import { orderProjections } from '../testing/projection-orders.ts';
import { contents, decorated, rebuiltContents, startRunner, untilCaughtUp } from '../testing/projection-runs.ts';
import { describeOnStores } from '../testing/projection-stores.ts';

type Pages = AsyncIterable<readonly StoredEvent[]>;

const projections = orderProjections();

describeOnStores('read models', (stores) => {
  /** A history in three parts: before any runner, while one runs, and after it was stopped and another came. */
  const histories = fc.tuple(
    orderHistory({ poison: true }),
    orderHistory({ poison: true }),
    fc.infiniteStream(fc.nat(9), { noHistory: true }),
  );

  async function liveEqualsRebuild(deliver: (pages: Pages, picks: Iterator<number>) => Pages) {
    await fc.assert(
      fc.asyncProperty(histories, async ([before, during, picks]) => {
        const { eventStore, readModels } = stores();
        // Each history goes to streams of its own, in the log there already is.
        const name = `r${(runs += 1)}`;
        const own = (step: (typeof before)[number]) => ({ ...step, stream: `${step.stream}-${name}` });
        const { append } = writer(eventStore);
        const delivering: EventStore = decorated(eventStore, {
          subscribe: (after, options) => deliver(eventStore.subscribe(after, options), picks),
        });
        await append(...before.map(own));
        const started = new Set(before.map(({ stream }) => stream));
        const later = during.filter(
          ({ stream, events }) => !(started.has(stream) && events[0]!.type === 'OrderPlaced'),
        );
        const half = later.length >> 1;
        const first = startRunner({ eventStore: delivering, readModels, projections });
        await append(...later.slice(0, half).map(own));
        await untilCaughtUp(stores(), projections);
        await first.stop();
        const second = startRunner({ eventStore: delivering, readModels, projections });
        await append(...later.slice(half).map(own));
        await untilCaughtUp(stores(), projections);
        await second.stop();
        expect([...first.interruptions, ...second.interruptions]).toEqual([]);
        const live = await contents(readModels, projections);
        expect(live['orders']!.length).toBeGreaterThan(0);
        expect(live).toEqual(await rebuiltContents(eventStore, await stores().scratch(), projections));
      }),
      { numRuns: 8, endOnFailure: true },
    );
  }
  let runs = 0;

  test('kept up live equal a rebuild, byte for byte', () => liveEqualsRebuild((pages) => pages));

  test('folded in pages of any size equal a rebuild', () =>
    liveEqualsRebuild(async function* (pages, picks) {
      for await (const page of pages) {
        for (let from = 0; from < page.length;) {
          const size = 1 + (picks.next().value as number);
          yield page.slice(from, from + size);
          from += size;
        }
      }
    }));

  test('fed the same events again and again, also those from before a restart, equal a rebuild', () => {
    let seen: StoredEvent[] = [];
    return liveEqualsRebuild(async function* (pages, picks) {
      for await (const page of pages) {
        yield page;
        const pick = picks.next().value as number;
        // The page again, or it with some before it, or something long gone by.
        if (pick < 4) yield page;
        else if (pick < 7) yield [...seen.slice(-pick), ...page];
        else if (seen.length > 30) yield seen.slice(-30 - pick, -20 - pick);
        seen = [...seen, ...page];
      }
    });
  });
});
