import { useLocation, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';

/** The deal that was last opened from each entry of the browser's history. */
const opened = new Map<string, string>();

/** The deal that was last opened from the page, for whoever comes back to it; undefined for whoever comes first. */
export function useOpenedDeal(): string | undefined {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onBeforeNavigate', ({ fromLocation, toLocation }) => {
        const [, deal] = /^\/deals\/([^/]+)$/.exec(toLocation.pathname) ?? [];
        const entry = fromLocation?.state.__TSR_key;
        if (deal !== undefined && entry !== undefined) opened.set(entry, decodeURIComponent(deal));
      }),
    [router],
  );
  return opened.get(useLocation({ select: ({ state }) => state.__TSR_key }) ?? '');
}
