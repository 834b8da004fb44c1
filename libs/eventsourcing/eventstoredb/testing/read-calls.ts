import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { streamDeleted } from './append-calls.ts';
import { shared, streams, type ReadCall } from './client-protocol.ts';
import type { EventLogDouble, Recorded } from './event-log-double.ts';

const BACKWARDS = streams.ReadReq.Options.ReadDirection.BACKWARDS;
const SEARCH_WINDOW = 32;

/** `Streams.Read` of a stream or of `$all`, to the end it has now. */
export async function answerRead(log: EventLogDouble, call: ReadCall): Promise<void> {
  const options = call.request.getOptions()!;
  if (options.hasStream() && log.isTombstoned(streamOf(options))) {
    call.emit('error', streamDeleted(streamOf(options)));
    return;
  }
  const records = options.hasStream() ? log.stream(streamOf(options)) : log.records;
  if (!records) {
    const notFound = new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier(streamOf(options)));
    await send(call, new streams.ReadResp().setStreamNotFound(notFound));
    call.end();
    return;
  }
  const backwards = options.getReadDirection() === BACKWARDS;
  const from = startOf(options, backwards);
  const wanted = records.filter((record) => (backwards ? compare(record, from) <= 0 : compare(record, from) >= 0));
  if (backwards) wanted.reverse();
  const count = Number(options.getCount());
  for (const record of wanted.slice(0, count)) {
    if (!(await send(call, readEvent(log, record, options)))) return;
  }
  call.end();
}

/**
 * `Streams.Read` of `$all` or of a stream, for ever, behind the place given. As servers before 23.10 do, it never says
 * that it has caught up. Checkpoints come also for what the filter leaves out, so they lie ahead of the last event.
 */
export async function answerSubscription(log: EventLogDouble, call: ReadCall): Promise<void> {
  const options = call.request.getOptions()!;
  const confirmation = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(crypto.randomUUID());
  await send(call, new streams.ReadResp().setConfirmation(confirmation));
  const from = startOf(options, false);
  const atStart = options.getAll()?.hasStart() ?? options.getStream()!.hasStart();
  const atEnd = options.getAll()?.hasEnd() ?? options.getStream()!.hasEnd();
  const window = (options.getFilter()?.getMax() || SEARCH_WINDOW) * checkpointInterval(options);
  const stream = options.hasStream() ? streamOf(options) : undefined;
  const belongs = (record: Recorded) => stream === undefined || record.stream === stream;
  let next = atEnd
    ? log.records.length
    : log.records.findIndex((record) => atStart || (belongs(record) && compare(record, from) > 0));
  if (next === -1) next = log.records.length;
  for (let considered = 0; !call.cancelled && !call.destroyed;) {
    const record = log.records[next];
    if (!record) {
      await changeOf(log, call, next);
      continue;
    }
    next++;
    if (!belongs(record)) continue;
    if (passes(options, record) && !(await send(call, readEvent(log, record, options)))) return;
    considered++;
    if (options.hasFilter() && considered % window === 0) {
      const checkpoint = new streams.ReadResp.Checkpoint().setCommitPosition(String(record.commit));
      checkpoint.setPreparePosition(String(record.prepare));
      await send(call, new streams.ReadResp().setCheckpoint(checkpoint));
    }
  }
}

/** Writes and waits where the peer takes no more. False once nobody listens. */
async function send(call: ReadCall, message: ReadResp): Promise<boolean> {
  if (call.cancelled || call.destroyed) return false;
  if (!call.write(message)) await eventOf(call, 'drain');
  return !call.cancelled && !call.destroyed;
}

async function changeOf(log: EventLogDouble, call: ReadCall, seen: number): Promise<void> {
  if (log.records.length > seen) return;
  const stop = log.onChange(() => call.emit('change'));
  await eventOf(call, 'change');
  stop();
}

/** Resolves with the event awaited or with the end of the call, whichever comes first. */
async function eventOf(call: ReadCall, awaited: string): Promise<void> {
  const events = [awaited, 'cancelled', 'close', 'error'];
  const came = Promise.withResolvers<void>();
  for (const event of events) call.on(event, came.resolve);
  await came.promise;
  for (const event of events) call.off(event, came.resolve);
}

function passes(options: ReadReq.Options, record: Recorded): boolean {
  const filter = options.getFilter();
  if (!filter) return true;
  const text = filter.hasEventType() ? record.type : record.stream;
  const expression = filter.getEventType() ?? filter.getStreamIdentifier()!;
  if (expression.getRegex()) return new RegExp(expression.getRegex()).test(text);
  return expression.getPrefixList().some((prefix) => text.startsWith(prefix));
}

function readEvent(log: EventLogDouble, record: Recorded, options: ReadReq.Options): ReadResp {
  const read = new streams.ReadResp.ReadEvent().setCommitPosition(String(record.commit));
  if (record.type === '$>' && options.getResolveLinks()) {
    const [revision, ...stream] = Buffer.from(record.data).toString('utf8').split('@');
    const target = log.stream(stream.join('@'))?.find((event) => event.revision === Number(revision));
    if (target) read.setEvent(recordedEvent(target));
    read.setLink(recordedEvent(record));
  } else {
    read.setEvent(recordedEvent(record));
  }
  return new streams.ReadResp().setEvent(read);
}

function recordedEvent(record: Recorded): ReadResp.ReadEvent.RecordedEvent {
  const event = new streams.ReadResp.ReadEvent.RecordedEvent();
  event.setId(new shared.UUID().setString(record.id));
  event.setStreamIdentifier(identifier(record.stream));
  event.setStreamRevision(String(record.revision));
  event.setCommitPosition(String(record.commit)).setPreparePosition(String(record.prepare));
  event.setData(record.data).setCustomMetadata(record.metadata);
  event
    .getMetadataMap()
    .set('type', record.type)
    .set('content-type', record.contentType)
    .set('created', '17000000000000000');
  return event;
}

interface Place {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** Where a read begins: of a stream by its revision, of `$all` by both halves of the position. */
function startOf(options: ReadReq.Options, backwards: boolean): Place | number {
  const of = options.getStream() ?? options.getAll()!;
  if (of.hasStart() || of.hasEnd())
    return of.hasEnd() || backwards ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (options.hasStream()) return Number(options.getStream()!.getRevision());
  const position = options.getAll()!.getPosition()!;
  return { commit: BigInt(position.getCommitPosition()), prepare: BigInt(position.getPreparePosition()) };
}

function compare(record: Recorded, place: Place | number): number {
  if (typeof place === 'number') return record.revision - place;
  if (record.commit !== place.commit) return record.commit < place.commit ? -1 : 1;
  return record.prepare === place.prepare ? 0 : record.prepare < place.prepare ? -1 : 1;
}

function checkpointInterval(options: ReadReq.Options): number {
  return options.getFilter()?.getCheckpointintervalmultiplier() ?? 1;
}

function streamOf(options: ReadReq.Options): string {
  return Buffer.from(options.getStream()!.getStreamIdentifier()!.getStreamName_asU8()).toString('utf8');
}

function identifier(stream: string) {
  return new shared.StreamIdentifier().setStreamName(Buffer.from(stream).toString('base64'));
}
