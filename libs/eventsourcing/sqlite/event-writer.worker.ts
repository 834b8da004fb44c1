import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { eventAppender } from './event-appending.ts';
import { mayPass, openEventWriter } from './event-schema.ts';
import { decode, type Answer, type AppendMessage, type AppendRequest } from './event-writer-messages.ts';

/** So that one transaction neither takes long nor makes the log beside the file large. */
const MOST_EVENTS_OF_A_GROUP = 4_000;

if (!parentPort) throw new Error('The event writer runs as a worker thread.');
const port = parentPort;
const { file } = workerData as { readonly file: string };
const database = openEventWriter(file);
const append = eventAppender(database);

port.on('message', (first: AppendMessage | 'close') => {
  for (let message: AppendMessage | 'close' | undefined = first; message !== undefined;) {
    if (message === 'close') {
      database.close();
      port.close();
      return;
    }
    // Whatever came in while the last transaction was committed goes into the next one.
    const group = decode(message);
    let events = countOf(group);
    message = nextMessage();
    while (Array.isArray(message) && events < MOST_EVENTS_OF_A_GROUP) {
      const more = decode(message);
      group.push(...more);
      events += countOf(more);
      message = nextMessage();
    }
    port.postMessage(answerTo(group));
  }
});

function answerTo(group: readonly AppendRequest[]): Answer {
  try {
    const outcomes = append(group);
    return { outcomes: outcomes.flatMap((outcome, index) => [group[index]!.number, ...outcome]) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { failed: group.map((request) => request.number), message, mayPass: mayPass(error) };
  }
}

function nextMessage(): AppendMessage | 'close' | undefined {
  return receiveMessageOnPort(port)?.message as AppendMessage | 'close' | undefined;
}

function countOf(requests: readonly AppendRequest[]): number {
  return requests.reduce((sum, request) => sum + request.events.length, 0);
}
