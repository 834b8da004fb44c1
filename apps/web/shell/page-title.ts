import { useEffect } from 'react';

const PROGRAM = 'Dealtrail';

/** Names the browser's tab after the page it shows; undefined as long as that is not known. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title === undefined ? PROGRAM : `${title} · ${PROGRAM}`;
    return () => {
      document.title = PROGRAM;
    };
  }, [title]);
}
