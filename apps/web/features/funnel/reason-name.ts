import { useTexts } from '../../i18n/texts.ts';
import { funnelTexts } from './funnel.texts.ts';

const KNOWN = ['price', 'no-decision', 'missing-feature', 'chose-competitor', 'timing'] as const;

/** What a reason of loss is called; one that a company made up itself is shown as it was given. */
export function useReasonName(): (code: string) => string {
  const t = useTexts(funnelTexts);
  return (code) => {
    const known = KNOWN.find((each) => each === code);
    return known ? t(`reason.${known}`) : code;
  };
}
