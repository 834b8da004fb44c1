import { useCallback } from 'react';
import { useTexts } from '../i18n/texts.ts';
import { statusTexts } from './status.texts.ts';

/** Every status that a deal can have, in the order of its life. */
const STATUSES = ['open', 'suspended', 'won', 'lost', 'terminated', 'closed', 'archived', 'withdrawn'] as const;
export type Status = (typeof STATUSES)[number];

/** What a deal's status is called in the chosen language. */
export function useStatusName(): (status: string) => string {
  const t = useTexts(statusTexts);
  return useCallback(
    (status) => {
      const known = STATUSES.find((one) => one === status);
      return known === undefined ? status : t(known);
    },
    [t],
  );
}
