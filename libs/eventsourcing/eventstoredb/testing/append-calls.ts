import type { AppendReq, AppendResp, BatchAppendReq } from '@eventstore/db-client/generated/streams_pb.js';
import {
  any,
  callError,
  grpc,
  shared,
  status,
  streams,
  type AppendAnswer,
  type AppendCall,
  type BatchAppendCall,
} from './client-protocol.ts';
import type { AppendOutcome, EventLogDouble, Expected, Proposed } from './event-log-double.ts';

const APPEND_LIMIT = 1024 * 1024;

/** What is done to the next append. Losing and delaying an answer comes after the events are written. */
export type AppendFault =
  | { readonly kind: 'lose the answer'; readonly by: 'silence' | 'a broken call' }
  | { readonly kind: 'delay the answer' | 'delay the write'; readonly milliseconds: number }
  | { readonly kind: 'leave out the position' }
  | { readonly kind: 'refuse'; readonly error: ReturnType<typeof callError> };

/** `Streams.Append`: a header, then the events, one answer. Nothing is written of a call that broke off. */
export async function answerAppend(
  log: EventLogDouble,
  call: AppendCall,
  answer: AppendAnswer,
  fault: AppendFault | undefined,
  isServerUp: () => boolean,
): Promise<void> {
  let options: AppendReq.Options | undefined;
  const events: Proposed[] = [];
  let bytes = 0;
  for await (const request of call as AsyncIterable<AppendReq>) {
    options ??= request.getOptions();
    const message = request.getProposedMessage();
    if (!message) continue;
    events.push(proposed(message));
    bytes += message.serializeBinary().length;
  }
  // A call cut off ends like one that is complete; that it was cut is known a moment later.
  await new Promise(setImmediate);
  if (call.cancelled || !isServerUp()) return;
  if (!options) return answer(callError(grpc.status.INVALID_ARGUMENT, 'no header'));
  if (fault?.kind === 'refuse') return answer(fault.error);
  if (bytes > APPEND_LIMIT) return answer(callError(grpc.status.UNKNOWN, 'Exception was thrown by handler.'));
  if (fault?.kind === 'delay the write') await pause(fault.milliseconds);
  const stream = streamName(options);
  const expected = expectedOf(options, options.hasRevision() ? Number(options.getRevision()) : undefined);
  const outcome = log.append(stream, expected, events);
  if (fault?.kind === 'delay the answer') await pause(fault.milliseconds);
  if (fault?.kind === 'lose the answer') {
    if (fault.by === 'a broken call') answer(callError(grpc.status.UNAVAILABLE, 'Connection dropped'));
    return;
  }
  if (outcome.kind === 'deleted') return answer(streamDeleted(stream));
  answer(null, response(outcome, expected, fault?.kind === 'leave out the position'));
}

/** `Streams.BatchAppend`: many appends over one call, each answered by its correlation id, each with its own deadline. */
export function answerBatchAppend(log: EventLogDouble, call: BatchAppendCall): void {
  const pending = new Map<string, { options: BatchAppendReq.Options; events: Proposed[] }>();
  call.on('data', (request: BatchAppendReq) => {
    const correlation = request.getCorrelationId()!;
    const append = pending.get(correlation.getString()) ?? { options: request.getOptions()!, events: [] };
    pending.set(correlation.getString(), append);
    append.events.push(...request.getProposedMessagesList().map(proposed));
    if (!request.getIsFinal()) return;
    pending.delete(correlation.getString());
    const { options, events } = append;
    const answer = new streams.BatchAppendResp().setCorrelationId(correlation);
    answer.setStreamIdentifier(options.getStreamIdentifier());
    // A moment of the client's clock, read by the server's.
    if (options.getDeadline()!.toDate().getTime() < Date.now()) {
      call.write(answer.setError(failure(new shared.Timeout(), 'event_store.client.Timeout')));
      return;
    }
    const expected = expectedOf(options, options.hasStreamPosition() ? Number(options.getStreamPosition()) : undefined);
    const outcome = log.append(streamName(options), expected, events);
    if (outcome.kind === 'deleted') {
      answer.setError(failure(new shared.StreamDeleted(), 'event_store.client.StreamDeleted'));
    } else if (outcome.kind === 'conflict') {
      const wrong = new shared.WrongExpectedVersion();
      if (outcome.current !== undefined) wrong.setCurrentStreamRevision(String(outcome.current));
      if (typeof expected === 'number') wrong.setExpectedStreamPosition(String(expected));
      answer.setError(failure(wrong, 'event_store.client.WrongExpectedVersion'));
    } else {
      const success = new streams.BatchAppendResp.Success().setCurrentRevision(String(outcome.revision));
      const position = new shared.AllStreamPosition();
      position.setCommitPosition(String(outcome.last.commit)).setPreparePosition(String(outcome.last.prepare));
      answer.setSuccess(success.setPosition(position));
    }
    call.write(answer);
  });
  call.on('end', () => call.end());
}

export function streamDeleted(stream: string) {
  const details = `Event stream '${stream}' is deleted.`;
  return callError(grpc.status.FAILED_PRECONDITION, details, { exception: 'stream-deleted', 'stream-name': stream });
}

function response(
  outcome: Exclude<AppendOutcome, { kind: 'deleted' }>,
  expected: Expected,
  withoutPosition: boolean,
): AppendResp {
  if (outcome.kind === 'appended') {
    const success = new streams.AppendResp.Success().setCurrentRevision(String(outcome.revision));
    const position = new streams.AppendResp.Position();
    position.setCommitPosition(String(outcome.last.commit)).setPreparePosition(String(outcome.last.prepare));
    if (withoutPosition) success.setNoPosition(new shared.Empty());
    else success.setPosition(position);
    return new streams.AppendResp().setSuccess(success);
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (outcome.current === undefined) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(outcome.current));
  if (typeof expected === 'number') wrong.setExpectedRevision(String(expected));
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new shared.Empty());
  return new streams.AppendResp().setWrongExpectedVersion(wrong);
}

function expectedOf(
  options: { hasNoStream(): boolean; hasStreamExists(): boolean },
  revision: number | undefined,
): Expected {
  if (revision !== undefined) return revision;
  if (options.hasNoStream()) return 'no_stream';
  return options.hasStreamExists() ? 'stream_exists' : 'any';
}

function proposed(message: AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage): Proposed {
  return {
    id: message.getId()!.getString(),
    type: message.getMetadataMap().get('type')!,
    contentType: message.getMetadataMap().get('content-type')!,
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

function streamName(options: AppendReq.Options | BatchAppendReq.Options): string {
  return Buffer.from(options.getStreamIdentifier()!.getStreamName_asU8()).toString('utf8');
}

function failure(detail: { serializeBinary(): Uint8Array }, name: string) {
  const details = new any.Any();
  details.pack(detail.serializeBinary(), name);
  return new status.Status().setMessage(name).setDetails(details);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
