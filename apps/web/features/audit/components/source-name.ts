import { useCallback } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import { SOURCES } from '../audit-search.ts';
import { auditTexts } from '../audit.texts.ts';

/** The function that says where an event came from; a dash where that cannot be told. */
export function useSourceName(): (source: string | undefined) => string {
  const t = useTexts(auditTexts);
  return useCallback(
    (source) => {
      const known = SOURCES.find((each) => each === source);
      return known === undefined ? (source ?? '–') : t(`source.${known}`);
    },
    [t],
  );
}
