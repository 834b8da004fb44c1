import { Download } from 'lucide-react';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { downloadCsv } from '../../../ui/download.ts';
import { uiTexts } from '../../../ui/ui.texts.ts';
import { plainFigure } from '../figures.ts';
import { funnelTexts } from '../funnel.texts.ts';
import { KeyFigure, type KeyFigureProps } from './key-figure.tsx';

/** The figures that sum a report up, on one surface however many there are, and to the last digit as CSV. */
export function KeyFigures({ figures }: { readonly figures: readonly KeyFigureProps[] }) {
  const t = useTexts(funnelTexts);
  const ui = useTexts(uiTexts);
  const save = () =>
    void downloadCsv(t('keyFigures'), [
      [t('figure'), t('value'), t('comparedValue'), t('currency')],
      ...figures.map(({ name, value, was, unit }) => [
        name,
        plainFigure(value, unit),
        plainFigure(was, unit),
        typeof unit === 'object' ? unit.currency : undefined,
      ]),
    ]);
  return (
    <section aria-label={t('keyFigures')}>
      <div className="mb-1 flex items-center justify-between gap-2">
        <h2 className="text-base font-semibold">{t('keyFigures')}</h2>
        <Button look="quiet" title={ui('csvHint')} data-print="hidden" onClick={save}>
          <Download size={14} aria-hidden /> {ui('csv')}
        </Button>
      </div>
      <dl className="bg-surface border-line grid grid-cols-[repeat(auto-fit,minmax(9rem,1fr))] gap-x-4 gap-y-3 rounded-lg border px-3 py-2.5">
        {figures.map((figure) => (
          <KeyFigure key={figure.name} {...figure} />
        ))}
      </dl>
    </section>
  );
}
