import { writeSync } from 'node:fs';
import type { EventStore } from '../../event-store.ts';
import { newEvent, newEvents } from '../../testing/new-events.ts';
import { openSqliteEventStore } from '../sqlite-event-store.ts';

/**
 * A program for tests: `appending-process.ts <file> <name> <what> <rounds>`. It appends to the file and writes a line
 * for each answer: the ids of events whose append was acknowledged, or `refused` and the name of the error.
 *
 * - `streams`: eight writers append one or two events each, in turn, to streams of their own
 * - `contest`: appends one event at each revision of the stream `contested`, whoever else does
 */
const [file, name, what, rounds] = process.argv.slice(2) as [string, string, string, string];
const store = await openSqliteEventStore({ file });
if (what === 'contest') await contest(store, Number(rounds));
else await Promise.all(Array.from({ length: 8 }, (_, writer) => writeStream(store, `${name}-${writer}`)));
await store.close();

async function writeStream(events: EventStore, stream: string): Promise<void> {
  let revision = -1;
  for (let round = 0; round < Number(rounds); round++) {
    const appending = newEvents(1 + (round % 2));
    try {
      ({ revision } = await events.append(stream, revision === -1 ? 'no_stream' : revision, appending));
    } catch (error) {
      tell(`refused ${error instanceof Error ? error.name : String(error)}`);
      return;
    }
    tell(appending.map((event) => event.id).join(' '));
  }
}

async function contest(events: EventStore, revisions: number): Promise<void> {
  for (let revision = 0; revision < revisions; revision++) {
    const event = newEvent();
    try {
      await events.append('contested', revision === 0 ? 'no_stream' : revision - 1, [event]);
      tell(event.id);
    } catch (error) {
      tell(`refused ${error instanceof Error ? error.name : String(error)}`);
    }
  }
}

/** Written at once and not by way of a buffer: it is out when the process is killed the moment after. */
function tell(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (error) {
      // The pipe is full until whoever reads it comes to it.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}
