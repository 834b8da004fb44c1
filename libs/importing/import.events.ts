import type { EventsOf } from '../eventsourcing/catalogue.ts';
import { Identifier, Text, Type, closed } from '../eventsourcing/schema.ts';

const Count = Type.Integer({ minimum: 0 });

export const importEvents = {
  ImportBegun: {
    version: 1,
    description: 'Somebody began to bring in deals from files.',
    data: Type.Object({ importId: Identifier, kind: Text, files: Type.Array(Text) }, closed),
  },
  ImportFinished: {
    version: 1,
    description: 'An import read its files to the end.',
    data: Type.Object({ deals: Count, opened: Count, events: Count, refused: Count }, closed),
  },
  ImportUndone: {
    version: 1,
    description: 'What an import did was taken back, but for deals that changed since.',
    data: Type.Object({ withdrawn: Count, restored: Count, left: Count }, closed),
  },
} as const;

export type ImportEvent = EventsOf<typeof importEvents>;
