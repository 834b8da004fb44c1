import { Download } from 'lucide-react';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { downloadCsv } from '../../../ui/download.ts';
import { uiTexts } from '../../../ui/ui.texts.ts';
import { plainFigure } from '../figures.ts';
import { funnelTexts } from '../funnel.texts.ts';
import { KeyFigure, type KeyFigureProps } from './key-figure.tsx';

/** The figures that sum a report up, side by side, and to the last digit as CSV. */
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
      <dl className="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-6">
        {figures.map((figure) => (
          <KeyFigure key={figure.name} {...figure} />
        ))}
      </dl>
    </section>
  );
}
