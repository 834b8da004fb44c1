import type { DealsSearch } from '../deals-search.ts';
import { isOfDeals, useFigures, type FigureValue, type Unit } from '../figures.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { funnelTexts } from '../funnel.texts.ts';
import { DealsLink } from './deals-link.tsx';
import { Definition } from './definition.tsx';

export interface KeyFigureProps {
  readonly name: string;
  readonly means: string;
  readonly value: FigureValue;
  readonly unit: Unit;
  /** The same figure in the period of comparison; left out where nothing is compared. */
  readonly was?: FigureValue;
  readonly to?: DealsSearch | undefined;
}

/** A figure that sums a report up, with what it means and how it was in the period of comparison. */
export function KeyFigure({ name, means, value, unit, was, to }: KeyFigureProps) {
  const t = useTexts(funnelTexts);
  const figures = useFigures();
  const text = figures.text(value, unit, 'alone');
  const change = figures.change(value, was, unit);
  const exactly = (figure: FigureValue) => (typeof unit === 'object' ? figures.text(figure, unit) : undefined);
  return (
    <div className="min-w-0 break-inside-avoid">
      <dt className="text-muted text-xs">
        <Definition name={name} means={means} />
      </dt>
      <dd>
        <span className="text-base font-semibold" title={exactly(value)}>
          {to && isOfDeals(value, unit) ? (
            <DealsLink to={to} exact={exactly(value)}>
              {text}
            </DealsLink>
          ) : (
            text
          )}
        </span>
        {was !== undefined && (
          <span className="text-muted block text-xs" title={exactly(was)}>
            {t('was', { value: figures.text(was, unit, 'alone'), change: change ?? t('unknown') })}
          </span>
        )}
      </dd>
    </div>
  );
}
