import { EventCatalogue } from '../../eventsourcing/catalogue.ts';
import type { EventStore } from '../../eventsourcing/event-store.ts';
import { fieldChanges } from '../../eventsourcing/field-changes.ts';
import { chain } from '../../eventsourcing/hash-chain.ts';
import type { Projection } from '../../eventsourcing/projections/projection.ts';
import { newEvent } from '../../eventsourcing/testing/new-events.ts';
import { Type } from '../../eventsourcing/schema.ts';
import type { ChangesOf } from '../audit-log.ts';

/** As much of a deal as an audit asks for. */
export const catalogue = new EventCatalogue({
  DealSet: {
    version: 1,
    description: 'A deal is like this.',
    data: Type.Record(Type.String(), Type.Unknown()) as never,
  },
});

const orNull = (schema: ReturnType<typeof Type.String> | ReturnType<typeof Type.Integer>) =>
  Type.Union([schema, Type.Null()]);

const projection: Projection = {
  name: 'opportunities',
  version: 1,
  owner: 'test',
  collection: {
    name: 'opportunities',
    description: 'Deals.',
    schema: Type.Object({
      id: Type.String(),
      pipelineId: Type.String(),
      stageId: Type.String(),
      status: Type.String(),
      outcome: orNull(Type.String()),
      title: Type.String(),
      owner: Type.String(),
      amount: orNull(Type.Integer()),
      currency: orNull(Type.String()),
    }),
    indexes: [],
  },
  handles: ['DealSet'],
  key: ({ stream }) => stream.slice('deal-'.length),
  evolve: (document, { stream, data }) => ({ ...begun, ...document, ...data, id: stream.slice('deal-'.length) }),
};
export const projections: readonly Projection[] = [projection];

const begun = {
  pipelineId: 'default',
  stageId: 'first',
  status: 'open',
  outcome: null,
  title: 'A deal',
  owner: 'ann',
  amount: null,
  currency: null,
};

export const changesOf: ChangesOf = (events) => {
  let state: object = {};
  return events.map((event) => {
    const before = state;
    state = { ...before, ...event.data };
    return { event, changes: fieldChanges(before, state) };
  });
};

/** Appends one event that sets fields of a deal, recorded at noon of a day in 2026 (`01-31`) by somebody. */
export async function set(store: EventStore, deal: string, fields: object, on: string, by = 'ann'): Promise<void> {
  const stream = `deal-${deal}`;
  const before = await store.readStream(stream);
  const { id, metadata } = newEvent();
  const at = `2026-${on}T12:00:00.000Z`;
  const event = {
    id,
    type: 'DealSet.v1',
    occurredAt: at,
    recordedAt: at,
    data: JSON.stringify(fields),
    metadata: metadata.replace('"ann"', JSON.stringify(by)),
  };
  const linked = chain(stream, before.length, before.at(-1)?.hash ?? '', [event]);
  await store.append(stream, before.length === 0 ? 'no_stream' : before.length - 1, linked);
}
