import type { Query } from '@tanstack/react-query';
import { createEventSource, type EventSourceClient } from 'eventsource-client';
import { useSyncExternalStore } from 'react';
import { watchers } from '../ui/watchers.ts';
import { rememberPosition } from './known-position.ts';
import { isLong } from './long-lists.ts';
import { Problem } from './problem.ts';
import { queryClient } from './query-client.ts';
import { readToken, tellRefused } from './token.ts';

export interface LiveEvent {
  readonly stream: string;
  readonly type: string;
  readonly position: string;
  readonly occurredAt: string;
}

/** `connecting` at first, `open` while events arrive, `lost` until the connection is back. */
export type Connection = 'connecting' | 'open' | 'lost';

/** Reads are asked anew at most this often, however many events arrive. */
const PAUSE_MILLISECONDS = 400;

let connection: Connection = 'connecting';
const { watch, tell } = watchers();
const due = new Set<string>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Follows the events of the server for as long as the page lives; what they touch is read anew. */
export function followEvents(): void {
  let source = connect();
  // Whether the server is out of reach as well shows only in asking: it may run on this very machine.
  const connectAnew = (): void => {
    source.close();
    become('lost');
    source = connect();
  };
  globalThis.addEventListener('offline', connectAnew);
  globalThis.addEventListener('online', connectAnew);
}

function connect(): EventSourceClient {
  const token = readToken();
  const source = createEventSource({
    url: new URL('/api/v1/live', globalThis.location.origin),
    headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
    fetch: async (url, init) => {
      const response = await globalThis.fetch(url, init);
      if (response.status === 401) {
        // Asking again helps only once somebody has signed in, which loads the page anew.
        source.close();
        become('connecting');
        tellRefused();
      }
      if (!response.ok) throw new Problem(response.status, {});
      return response;
    },
    onConnect: () => {
      // Whatever happened while there was no connection was missed.
      if (connection === 'lost') void queryClient.invalidateQueries();
      become('open');
    },
    onDisconnect: () => become('lost'),
    onScheduleReconnect: () => become('lost'),
    onMessage: ({ data }) => heard(JSON.parse(data) as LiveEvent),
  });
  return source;
}

/** Waits until the server is in reach, where it is known not to be; says whether that was so. */
export async function connectionBack(): Promise<boolean> {
  if (connection !== 'lost') return false;
  await new Promise<void>((resolve) => {
    const stop = watch(() => {
      if (connection === 'lost') return;
      stop();
      resolve();
    });
  });
  return true;
}

/** Whether what the page shows is kept up to date. */
export function useConnection(): Connection {
  return useSyncExternalStore(watch, () => connection);
}

function become(next: Connection): void {
  if (next === connection) return;
  connection = next;
  tell();
}

function heard({ stream, position }: LiveEvent): void {
  rememberPosition(position);
  due.add(stream);
  timer ??= setTimeout(readAnew, PAUSE_MILLISECONDS);
}

function readAnew(): void {
  timer = undefined;
  const streams = [...due];
  due.clear();
  const kinds = new Set(streams.map((stream) => stream.slice(0, stream.indexOf('-'))));
  const deals = new Set(
    streams.filter((stream) => stream.startsWith('opportunity-')).map((stream) => stream.slice('opportunity-'.length)),
  );
  const isTouched = ({ queryKey: [depends, id] }: Query): boolean => {
    switch (depends) {
      case 'opportunities':
        return kinds.has('opportunity') || kinds.has('pipeline');
      case 'opportunity':
        return deals.has(String(id)) || kinds.has('pipeline');
      case 'pipelines':
        return kinds.has('pipeline');
      case 'imports':
        return kinds.has('import');
      default:
        return false;
    }
  };
  void queryClient.invalidateQueries({ predicate: (query) => isTouched(query) && !isLong(query.state.data) });
  // Whoever shows a long list reads it anew by itself, less often.
  void queryClient.invalidateQueries({
    predicate: (query) => isTouched(query) && isLong(query.state.data),
    refetchType: 'none',
  });
}
