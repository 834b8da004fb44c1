import type { IStreamsServer } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { DeleteReq, TombstoneReq } from '@eventstore/db-client/generated/streams_pb.js';
import { answerAppend, answerBatchAppend, type AppendFault } from './append-calls.ts';
import {
  callError,
  features,
  grpc,
  ServerFeaturesService,
  streams,
  StreamsService,
  type GrpcServer,
  type ReadCall,
} from './client-protocol.ts';
import { EventLogDouble } from './event-log-double.ts';
import { answerRead, answerSubscription } from './read-calls.ts';

type StreamCalls = Pick<IStreamsServer, 'append' | 'batchAppend' | 'read' | 'delete' | 'tombstone'>;

/** What is done to the next read or subscription. */
export type ReadFault =
  { readonly kind: 'say nothing' } | { readonly kind: 'refuse'; readonly error: ReturnType<typeof callError> };

/** The server is not there for this now. */
export const unavailable = (): ReturnType<typeof callError> =>
  callError(grpc.status.UNAVAILABLE, 'Server Is Not Ready');

/** The server gave up a long-running call. */
export const cancelled = (): ReturnType<typeof callError> => callError(grpc.status.CANCELLED, 'Cancelled by server');

/**
 * A test double of EventStoreDB, not EventStoreDB: a gRPC server in the test's own process that speaks the part of the
 * protocol the real client uses here, keeps its log in memory and fails on demand. It shows that the adapter holds its
 * promises against the client it ships with and against what is known of the server; it cannot show what only a real
 * server can. Where the real one is unkind it is so, too: see `EventLogDouble` and `answerSubscription`.
 */
export class EventStoreDbDouble {
  readonly log: EventLogDouble;
  readonly #leader: EventStoreDbDouble | undefined;
  readonly #appendFaults: AppendFault[] = [];
  readonly #readFaults: ReadFault[] = [];
  readonly #subscriptions = new Set<ReadCall>();
  #server: GrpcServer | undefined;
  #port = 0;
  /** Where each read and subscription of `$all` began: the commit position, 0 for the start. */
  readonly startsInLog: bigint[] = [];
  #calls = { append: 0, batchAppend: 0, read: 0, subscription: 0 };

  private constructor(leader?: EventStoreDbDouble) {
    this.#leader = leader;
    this.log = leader?.log ?? new EventLogDouble();
  }

  /** Starts on a free port. A double that follows another shows the same log and sends to it who asks for the leader. */
  static async start(leader?: EventStoreDbDouble): Promise<EventStoreDbDouble> {
    const double = new EventStoreDbDouble(leader);
    await double.restart();
    return double;
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.#port}?tls=false`;
  }

  /** How many calls came in so far. */
  get calls(): Readonly<{ append: number; batchAppend: number; read: number; subscription: number }> {
    return this.#calls;
  }

  get openSubscriptions(): number {
    return this.#subscriptions.size;
  }

  onNextAppends(fault: AppendFault, count = 1): void {
    for (let index = 0; index < count; index++) this.#appendFaults.push(fault);
  }

  onNextReads(fault: ReadFault, count = 1): void {
    for (let index = 0; index < count; index++) this.#readFaults.push(fault);
  }

  /** Ends every subscription: with an error, or as if all were well. */
  dropSubscriptions(error?: ReturnType<typeof callError>): void {
    for (const call of this.#subscriptions) {
      if (error) call.emit('error', error);
      else call.end();
    }
    this.#subscriptions.clear();
  }

  /** All connections break at once; the port refuses until `restart`. The log stays. */
  kill(): void {
    this.#server?.forceShutdown();
    this.#server = undefined;
    this.#subscriptions.clear();
  }

  async restart(): Promise<void> {
    const server = new grpc.Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
    server.addService(ServerFeaturesService, { getSupportedMethods });
    server.addService(StreamsService, this.#streamCalls(server));
    this.#port = await new Promise((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${this.#port}`, grpc.ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
    this.#server = server;
  }

  #streamCalls(server: GrpcServer): StreamCalls {
    return {
      append: (call, answer) => {
        this.#calls.append++;
        const fault = this.#redirection(call) ?? this.#appendFaults.shift();
        // A call that breaks off while its events come in has nobody left to answer.
        answerAppend(this.log, call, answer, fault, () => this.#server === server).catch((error: Error) =>
          call.destroy(error),
        );
      },
      batchAppend: (call) => {
        this.#calls.batchAppend++;
        answerBatchAppend(this.log, call);
      },
      read: (call) => this.#read(call),
      delete: (call, answer) => {
        const { commit, prepare } = this.log.delete(streamOf(call.request));
        const position = new streams.DeleteResp.Position();
        position.setCommitPosition(String(commit)).setPreparePosition(String(prepare));
        answer(null, new streams.DeleteResp().setPosition(position));
      },
      tombstone: (call, answer) => {
        const { commit, prepare } = this.log.tombstone(streamOf(call.request));
        const position = new streams.TombstoneResp.Position();
        position.setCommitPosition(String(commit)).setPreparePosition(String(prepare));
        answer(null, new streams.TombstoneResp().setPosition(position));
      },
    };
  }

  #read(call: ReadCall): void {
    const subscribes = call.request.getOptions()!.hasSubscription();
    this.#calls[subscribes ? 'subscription' : 'read']++;
    const all = call.request.getOptions()!.getAll();
    if (all) this.startsInLog.push(BigInt(all.getPosition()?.getCommitPosition() ?? 0));
    const fault = this.#redirection(call) ?? this.#readFaults.shift();
    if (fault?.kind === 'say nothing') return;
    if (fault?.kind === 'refuse') {
      call.emit('error', fault.error);
      return;
    }
    if (!subscribes) {
      answerRead(this.log, call).catch((error: Error) => call.destroy(error));
      return;
    }
    this.#subscriptions.add(call);
    const forget = () => this.#subscriptions.delete(call);
    call.on('cancelled', forget).on('close', forget);
    answerSubscription(this.log, call).catch((error: Error) => call.destroy(error));
  }

  #redirection(call: { readonly metadata: { get(key: string): unknown[] } }) {
    if (!this.#leader || call.metadata.get('requires-leader')[0] !== 'true') return undefined;
    return { kind: 'refuse', error: notLeader(this.#leader.#port) } as const;
  }

  /** What a node answers that is not the leader: the leader is this one. */
  notLeader(): ReturnType<typeof callError> {
    return notLeader(this.#port);
  }
}

function notLeader(port: number) {
  return callError(grpc.status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': '127.0.0.1',
    'leader-endpoint-port': String(port),
  });
}

function getSupportedMethods(_: unknown, answer: (error: null, methods: unknown) => void): void {
  const methods = ['read', 'append', 'batchappend', 'delete', 'tombstone'].map((name) =>
    new features.SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName(name),
  );
  answer(null, new features.SupportedMethods().setEventStoreServerVersion('25.0.0').setMethodsList(methods));
}

function streamOf(request: DeleteReq | TombstoneReq): string {
  return Buffer.from(request.getOptions()!.getStreamIdentifier()!.getStreamName_asU8()).toString('utf8');
}
