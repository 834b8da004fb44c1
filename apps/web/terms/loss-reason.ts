import { useCallback } from 'react';
import { useTexts } from '../i18n/texts.ts';
import { lossReasonTexts } from './loss-reason.texts.ts';

/** The codes of the usual reasons for which deals are lost. */
export const USUAL_REASONS = [
  ...(['price', 'no-decision', 'missing-feature', 'chose-competitor'] as const),
  ...(['no-budget', 'timing', 'other'] as const),
];

/** What a reason of loss is called; one that a company made up itself is shown as it was given. */
export function useReasonName(): (code: string) => string {
  const t = useTexts(lossReasonTexts);
  return useCallback(
    (code) => {
      const known = USUAL_REASONS.find((each) => each === code);
      return known ? t(known) : code;
    },
    [t],
  );
}
