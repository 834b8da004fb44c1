import { randomUUID } from 'node:crypto';
import type { CrashingServer } from './crash-server.ts';

/** A command that was answered with success. */
export interface Acknowledged {
  readonly deal: string;
  readonly position: string;
  readonly revision: number;
  /** Whether the answer came only to a repetition, the command having been carried out before a crash. */
  readonly repeated: boolean;
}

/** People at work: each opens deals and goes on with them, and repeats what got no answer with the same key. */
export interface Load {
  readonly acknowledged: readonly Acknowledged[];
  /** Resolves with the next command answered. */
  next(): Promise<Acknowledged>;
  /** Lets everybody finish the command begun. */
  stop(): Promise<void>;
}

const STAGES = ['bidding', 'negotiation', 'potential'];

export function startLoad(server: CrashingServer, people: number): Load {
  const acknowledged: Acknowledged[] = [];
  let next = Promise.withResolvers<Acknowledged>();
  let stopping = false;

  async function command(deal: string, path: string, body: object): Promise<void> {
    const key = randomUUID();
    for (;;) {
      await server.up();
      const answer = await post(`${server.url}/api/v1/opportunities${path}`, key, body);
      if (!answer) continue;
      const { position, revision, repeated } = answer;
      const done = { deal, position, revision, repeated };
      acknowledged.push(done);
      next.resolve(done);
      next = Promise.withResolvers();
      return;
    }
  }

  async function person(): Promise<void> {
    while (!stopping) {
      const deal = randomUUID();
      await command(deal, '', {
        id: deal,
        title: `Deal ${deal}`,
        owner: 'ann',
        amount: { minorUnits: 5, currency: 'EUR' },
      });
      for (let step = 0; step < 9 && !stopping; step++) {
        if (step % 3 === 2) await command(deal, `/${deal}/log-activity`, { kind: 'call' });
        else await command(deal, `/${deal}/move`, { toStage: STAGES[step % STAGES.length], reason: 'It goes on.' });
      }
    }
  }

  const all = Promise.all(Array.from({ length: people }, person));
  return {
    acknowledged,
    next: () => Promise.race([next.promise, all.then(() => Promise.reject(new Error('Nobody works any more.')))]),
    async stop() {
      stopping = true;
      await all;
    },
  };
}

interface Answer {
  readonly position: string;
  readonly revision: number;
  readonly repeated: boolean;
}

/** Undefined where there was no answer, or the server was just going down. Throws for a refusal: there is no reason for any. */
async function post(url: string, key: string, body: object): Promise<Answer | undefined> {
  let status: number;
  let text: string;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    });
    ({ status } = response);
    text = await response.text();
  } catch (error) {
    if ((error as Error).name === 'TypeError') return undefined;
    throw error;
  }
  if (status !== 200 && status !== 201) throw new Error(`${url} was answered with ${status}: ${text}`);
  return JSON.parse(text) as Answer;
}
