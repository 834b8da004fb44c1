import { useTexts } from '../../../i18n/texts.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import type { ImportRow } from '../api/imports.ts';
import { importTexts } from '../imports.texts.ts';

const TONES: Readonly<Record<ImportRow['state'], Tone>> = {
  running: 'accent',
  begun: 'warn',
  finished: 'good',
  undone: 'neutral',
  failed: 'bad',
  cancelled: 'warn',
};

/** How an import stands, in a word. */
export function ImportStateBadge({ state }: Pick<ImportRow, 'state'>) {
  const t = useTexts(importTexts);
  return <Badge tone={TONES[state]}>{t(`state.${state}`)}</Badge>;
}
