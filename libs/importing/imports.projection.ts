import type { RecordedEvent } from '../eventsourcing/event.ts';
import type { Projection } from '../eventsourcing/projections/projection.ts';
import { Identifier, Text, Timestamp, Type, closed, type Static } from '../eventsourcing/schema.ts';
import type { ImportEvent } from './import.events.ts';

const Count = Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]);

/** An import as the log tells it. */
export const ImportDocument = Type.Object(
  {
    id: Identifier,
    /** `begun` where it did not reach its end, or not yet. */
    state: Type.Union([Type.Literal('begun'), Type.Literal('finished'), Type.Literal('undone')]),
    kind: Text,
    files: Type.Array(Text),
    startedBy: Type.String(),
    startedAt: Timestamp,
    finishedAt: Type.Union([Timestamp, Type.Null()]),
    deals: Count,
    opened: Count,
    events: Count,
    refused: Count,
    undoneBy: Type.Union([Type.String(), Type.Null()]),
    undoneAt: Type.Union([Timestamp, Type.Null()]),
    withdrawn: Count,
    restored: Count,
    left: Count,
    /** Revision of the stream of which this is the state. */
    revision: Type.Integer({ minimum: 0 }),
  },
  closed,
);
export type ImportDocument = Static<typeof ImportDocument>;

const stream = 'import-';

export const importsProjection: Projection<ImportDocument, ImportEvent> = {
  name: 'imports',
  version: 1,
  owner: 'importing',
  collection: {
    name: 'imports',
    description: 'Files somebody brought in: who, when, how much of it, and whether it was taken back.',
    schema: ImportDocument,
    indexes: [['startedAt']],
  },
  handles: ['ImportBegun', 'ImportFinished', 'ImportUndone'],
  key: (event) => event.stream.slice(stream.length),
  keyedByStream: true,
  evolve,
};

function evolve(document: ImportDocument | undefined, event: RecordedEvent<ImportEvent>): ImportDocument {
  const { actor } = event.metadata;
  const by = actor.onBehalfOf ?? actor.id;
  const { revision, recordedAt } = event;
  if (event.type === 'ImportBegun') {
    const { importId, kind, files } = event.data;
    const begun = { id: importId, state: 'begun', kind, files, startedBy: by, startedAt: recordedAt } as const;
    return { ...begun, ...nothingYet, revision };
  }
  if (!document) throw new Error(`${event.stream} does not begin with ImportBegun.`);
  switch (event.type) {
    case 'ImportFinished':
      return { ...document, ...event.data, state: 'finished', finishedAt: recordedAt, revision };
    case 'ImportUndone': {
      const { withdrawn, restored, left } = event.data;
      const sums = {
        withdrawn: withdrawn + (document.withdrawn ?? 0),
        restored: restored + (document.restored ?? 0),
        left,
      };
      return { ...document, ...sums, state: 'undone', undoneBy: by, undoneAt: recordedAt, revision };
    }
  }
}

const nothingYet = {
  finishedAt: null,
  deals: null,
  opened: null,
  events: null,
  refused: null,
  undoneBy: null,
  undoneAt: null,
  withdrawn: null,
  restored: null,
  left: null,
};
