import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What happens to one write on its way: it never arrives, its answer gets lost, or it waits until let through. */
export type Fault = 'lost' | 'unanswered' | 'held';

/** Stands between a driver and an engine and counts the commands that write. */
export interface MongoDbProxy {
  urlOf(database: string): string;
  /** Writes seen since the last `at` or the start. */
  writes(): number;
  /** Does this to the n-th write from now on, 1 being the next. A lost connection may be made again at once. */
  at(write: number, fault: Fault): void;
  /** Resolves when the write has come. */
  reached(): Promise<void>;
  /** Lets a held write through. */
  proceed(): void;
  stop(): Promise<void>;
}

const writing = new Set(['insert', 'update', 'delete', 'findAndModify']);

// A message: 16 bytes of header, 4 of flags, 1 of section kind, 4 of document length, 1 of type, then the command's name.
const NAME_OFFSET = 26;
const OP_MSG = 2013;

export async function startMongoDbProxy(enginePort: number): Promise<MongoDbProxy> {
  const sockets = new Set<Socket>();
  let writes = 0;
  let planned: { write: number; fault: Fault } | undefined;
  let reached = Promise.withResolvers<void>();
  let proceed = Promise.withResolvers<void>();

  const server = createServer((client) => {
    const engine = connect(enginePort, '127.0.0.1');
    const close = () => [client, engine].forEach((socket) => socket.destroy());
    let answered = true;
    for (const socket of [client, engine]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', close);
      socket.on('close', () => {
        sockets.delete(socket);
        close();
      });
    }
    engine.on('data', (chunk) => (answered ? client.write(chunk) : close()));

    const forward = async (message: Buffer) => {
      const fault = isWrite(message) && ++writes === planned?.write ? planned.fault : undefined;
      if (fault) reached.resolve();
      if (fault === 'lost') return close();
      if (fault === 'unanswered') answered = false;
      if (fault === 'held') await proceed.promise;
      engine.write(message);
    };
    let pending: Buffer = Buffer.alloc(0);
    client.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= 4 && pending.length >= pending.readInt32LE(0)) {
        const length = pending.readInt32LE(0);
        void forward(pending.subarray(0, length));
        pending = pending.subarray(length);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    urlOf: (database) => `mongodb://127.0.0.1:${port}/${database}?directConnection=true`,
    writes: () => writes,
    at(write, fault) {
      writes = 0;
      planned = { write, fault };
      reached = Promise.withResolvers();
      proceed = Promise.withResolvers();
    },
    reached: () => reached.promise,
    proceed: () => proceed.resolve(),
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function isWrite(message: Buffer): boolean {
  if (message.readInt32LE(12) !== OP_MSG) return false;
  return writing.has(message.toString('latin1', NAME_OFFSET, message.indexOf(0, NAME_OFFSET)));
}
