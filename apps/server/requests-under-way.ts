import type { FastifyInstance } from 'fastify';

/** Knows which requests are not answered yet. */
export interface RequestsUnderWay {
  /** Resolves when the server takes no more and all are answered; that long after the former at the latest. */
  finished(milliseconds: number): Promise<void>;
}

/**
 * Counts requests until they are answered or their client has gone. A server that ends waits for them, and not for
 * connections: one that a client opened and never used would keep it for a minute.
 */
export function countRequests(fastify: FastifyInstance): RequestsUnderWay {
  let underWay = 0;
  let tell = (): void => undefined;
  const closing = new Promise<void>((resolve) => fastify.addHook('preClose', async () => resolve()));
  fastify.addHook('onRequest', async (_, reply) => {
    underWay += 1;
    reply.raw.once('close', () => {
      underWay -= 1;
      if (underWay === 0) tell();
    });
  });
  return {
    async finished(milliseconds) {
      await closing;
      if (underWay === 0) return;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        tell = resolve;
        timer = setTimeout(resolve, milliseconds);
      });
      clearTimeout(timer);
    },
  };
}
