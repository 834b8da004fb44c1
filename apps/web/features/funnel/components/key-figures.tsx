import { useTexts } from '../../../i18n/texts.ts';
import { funnelTexts } from '../funnel.texts.ts';
import { KeyFigure, type KeyFigureProps } from './key-figure.tsx';

/** The figures that sum a report up, side by side. */
export function KeyFigures({ figures }: { readonly figures: readonly KeyFigureProps[] }) {
  const t = useTexts(funnelTexts);
  return (
    <section aria-label={t('keyFigures')}>
      <h2 className="sr-only">{t('keyFigures')}</h2>
      <dl className="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-6">
        {figures.map((figure) => (
          <KeyFigure key={figure.name} {...figure} />
        ))}
      </dl>
    </section>
  );
}
