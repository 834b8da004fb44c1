import { useTexts } from '../../../i18n/texts.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import type { Status } from '../api/deal.ts';
import { dealTexts } from '../deal.texts.ts';

const TONES: Readonly<Record<Status, Tone>> = {
  open: 'accent',
  suspended: 'warn',
  won: 'good',
  lost: 'bad',
  terminated: 'bad',
  closed: 'neutral',
  archived: 'neutral',
  withdrawn: 'neutral',
};

/** A deal's status and, where it was summed up, how it had ended. */
export function StatusBadge({ status, outcome }: { readonly status: Status; readonly outcome: Status | null }) {
  const t = useTexts(dealTexts);
  return (
    <>
      <Badge tone={TONES[status]}>{t(`status.${status}`)}</Badge>
      {outcome !== null && outcome !== status && <Badge tone={TONES[outcome]}>{t(`status.${outcome}`)}</Badge>}
    </>
  );
}
