import { QueryClient } from '@tanstack/react-query';
import { problemOf } from './problem.ts';

const MOST_RETRIES = 2;

/**
 * The one cache of what the server said. The first part of a key names what it depends on: `opportunities` (all reads
 * over deals), `opportunity` with an id, `pipelines`, `projections`, `audit`, `imports`; `code` is what is fetched of the page itself. Live events say when it is old.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // A browser that calls itself offline may well reach a server on its own machine; one that does not is told so.
      networkMode: 'always',
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      // What the server refused it will refuse again; a lost connection or an overload may pass.
      retry: (failures, error) => {
        const { status } = problemOf(error);
        return failures < MOST_RETRIES && (status === 0 || status === 503);
      },
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
