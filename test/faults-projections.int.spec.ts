import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eventCatalogue } from '../libs/composition/event-catalogue.ts';
import { projections } from '../libs/composition/projections.ts';
import { StoreUnavailable } from '../libs/eventsourcing/errors.ts';
import type { StoredEvent } from '../libs/eventsourcing/event.ts';
import { writer, type Step } from '../libs/eventsourcing/testing/projection-histories.ts';
import {
  contents,
  decorated,
  rebuiltContents,
  startRunner,
  untilCaughtUp,
} from '../libs/eventsourcing/testing/projection-runs.ts';
import { describeOnStores } from '../libs/eventsourcing/testing/projection-stores.ts';
import { dealHistory } from '../libs/opportunities/testing/deal-histories.ts';
import { defaultPipeline, defaultPipelineId } from '../libs/pipelines/default-pipeline.ts';

/** Six deals whose events come in turn, and where the pages they come in end. */
const log = fc.tuple(
  fc.tuple(...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => dealHistory(name))),
  fc.infiniteStream(fc.nat(4), { noHistory: true }),
);

describeOnStores('the read models of deals', (stores) => {
  test('live, in any pages, delivered twice, with failing writes, equal a rebuild byte for byte', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(log, async ([deals, picks]) => {
        const { eventStore, readModels } = stores();
        const pick = () => picks.next().value as number;
        const run = (runs += 1);
        const steps: Step[] = [];
        // The next event of each deal in turn; ids are told apart from those of the runs before.
        for (let index = 0; deals.some((deal) => index < deal.length); index++) {
          for (const { stream, type, data, occurredAt } of deals.flatMap((deal) => deal.slice(index, index + 1))) {
            const own = type === 'OpportunityOpened' ? { opportunityId: `${data.opportunityId}${run}` } : {};
            steps.push({ stream: `${stream}${run}`, events: [{ type, data: { ...data, ...own }, occurredAt }] });
          }
        }
        const delivering = decorated(eventStore, {
          async *subscribe(after, options) {
            for await (const page of eventStore.subscribe(after, options)) {
              for (let from = 0; from < page.length;) {
                const part: readonly StoredEvent[] = page.slice(from, from + 1 + pick());
                from += part.length;
                yield part;
                if (pick() === 0) yield page.slice(0, from);
              }
            }
          },
        });
        const failing = decorated(readModels, {
          async commit(batch) {
            const fault = pick() * 5 + pick();
            if (fault === 0) throw new StoreUnavailable('before');
            await readModels.commit(batch);
            if (fault === 1) throw new StoreUnavailable('after');
          },
        });
        const { append } = writer(eventStore, eventCatalogue);
        if (run === 1) {
          const { name, stages } = defaultPipeline;
          const data = { pipelineId: defaultPipelineId, name, stages };
          await append({ stream: `pipeline-${defaultPipelineId}`, events: [{ type: 'PipelineDefined', data }] });
        }
        const runner = startRunner({
          eventStore: delivering,
          readModels: failing,
          projections,
          catalogue: eventCatalogue,
        });
        await append(...steps);
        await untilCaughtUp({ eventStore, readModels }, projections);
        await runner.stop();
        const live = await contents(readModels, projections);
        expect(live['opportunities']).toHaveLength(6 * run);
        expect(live['parked of opportunities']).toEqual([]);
        expect(live).toEqual(await rebuiltContents(eventStore, await stores().scratch(), projections, eventCatalogue));
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });
});
