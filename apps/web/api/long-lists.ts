import type { Query } from '@tanstack/react-query';

/** Lists of up to this many pages are read anew whenever something happens. */
const MOST_PAGES_AT_ONCE = 2;
const LONG_LIST_MILLISECONDS = 5_000;

/** Whether data are a list of so many pages that all of them cannot be read anew with every event. */
export function isLong(data: unknown): boolean {
  return (
    typeof data === 'object' &&
    data !== null &&
    'pages' in data &&
    Array.isArray(data.pages) &&
    data.pages.length > MOST_PAGES_AT_ONCE
  );
}

/** For the `refetchInterval` of a list by pages: a long one is read anew every few seconds while it is old. */
export function longListInterval({ state }: Pick<Query, 'state'>): number | false {
  return state.isInvalidated && isLong(state.data) ? LONG_LIST_MILLISECONDS : false;
}
