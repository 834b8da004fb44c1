import { useSyncExternalStore } from 'react';

const paper = matchMedia('print');

/** Whether the page is being put on paper, where nothing scrolls. */
export function useIsPrinting(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      paper.addEventListener('change', watcher);
      return () => paper.removeEventListener('change', watcher);
    },
    () => paper.matches,
  );
}
