import { createRequire } from 'node:module';
import type * as serverFeaturesMessages from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type * as serverFeaturesService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type * as sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import type * as statusMessages from '@eventstore/db-client/generated/status_pb.js';
import type * as streamsMessages from '@eventstore/db-client/generated/streams_pb.js';
import type * as streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';

// The types of gRPC's calls, by way of the client's own service definition.
type StreamsServer = streamsService.IStreamsServer;
export type AppendCall = Parameters<StreamsServer['append']>[0];
export type AppendAnswer = Parameters<StreamsServer['append']>[1];
export type BatchAppendCall = Parameters<StreamsServer['batchAppend']>[0];
export type ReadCall = Parameters<StreamsServer['read']>[0];
type Details = NonNullable<ReturnType<statusMessages.Status['getDetails']>>;

/** What the double needs of a gRPC server. */
export interface GrpcServer {
  addService(service: unknown, calls: unknown): void;
  bindAsync(address: string, credentials: unknown, done: (error: Error | null, port: number) => void): void;
  forceShutdown(): void;
}

interface Grpc {
  readonly Server: new (options: Readonly<Record<string, number>>) => GrpcServer;
  readonly ServerCredentials: { createInsecure(): unknown };
  readonly Metadata: new () => ReadCall['metadata'];
  readonly status: Readonly<
    Record<'CANCELLED' | 'UNKNOWN' | 'INVALID_ARGUMENT' | 'NOT_FOUND' | 'FAILED_PRECONDITION' | 'UNAVAILABLE', number>
  >;
}

// All of it from where the client itself takes it: its serialisers ask `instanceof`, so a second copy would not do.
const fromHere = createRequire(import.meta.url);
const fromClient = createRequire(fromHere.resolve('@eventstore/db-client'));

export const grpc = fromClient('@grpc/grpc-js') as Grpc;
export const any = fromClient('google-protobuf/google/protobuf/any_pb.js') as { readonly Any: new () => Details };
export const streams = fromClient('../generated/streams_pb.js') as typeof streamsMessages;
export const shared = fromClient('../generated/shared_pb.js') as typeof sharedMessages;
export const status = fromClient('../generated/status_pb.js') as typeof statusMessages;
export const features = fromClient('../generated/serverfeatures_pb.js') as typeof serverFeaturesMessages;
export const { StreamsService } = fromClient('../generated/streams_grpc_pb.js') as typeof streamsService;
export const { ServerFeaturesService } = fromClient(
  '../generated/serverfeatures_grpc_pb.js',
) as typeof serverFeaturesService;

/** The error of a call. What kind of error it is to EventStoreDB stands in the trailers. */
export function callError(code: number, details: string, trailers: Readonly<Record<string, string>> = {}) {
  const metadata = new grpc.Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}
