import type { RecordedEvent } from '../eventsourcing/event.ts';

/** Token of the function that reads all events of a stream, opened; none where there is no such stream. */
export const STREAM_EVENTS = Symbol('stream events');
export type StreamEvents = (stream: string) => Promise<readonly RecordedEvent[]>;
