import { useTexts } from '../../../i18n/texts.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import type { LossShare } from '../api/win-loss.ts';
import { endedDeals } from '../deals-search.ts';
import { useFigures } from '../figures.ts';
import { currenciesOf, inCurrency, withBoth, withCompared } from '../funnel-rows.ts';
import { funnelTexts } from '../funnel.texts.ts';
import { useReasonName } from '../../../terms/loss-reason.ts';
import type { ReportSearch } from '../report-search.ts';
import { BarChart } from './bar-chart.tsx';
import { figureColumn, nameColumn, type ReportRow } from './figure-column.tsx';
import { Section } from './section.tsx';

interface LossSharesSectionProps {
  readonly title: string;
  readonly of: 'reason' | 'competitor';
  readonly search: ReportSearch;
  readonly shares: readonly LossShare[];
  readonly compared: readonly LossShare[] | undefined;
}

const FILTERS = { reason: 'lostReason', competitor: 'competitor' } as const;

/** Lost deals by reason or by competitor, as bars and as a table. */
export function LossSharesSection({ title, of: kind, search, shares, compared }: LossSharesSectionProps) {
  const t = useTexts(funnelTexts);
  const figures = useFigures();
  const reasonName = useReasonName();
  const nameOf = (value: string | null) =>
    kind === 'reason' ? (value === null ? t('noReason') : reasonName(value)) : (value ?? t('noCompetitor'));
  const rows = withBoth(shares, compared).flatMap(([value, now, then]) =>
    withCompared<LossShare>(search, { key: value ?? '', name: nameOf(value), of: now, was: then }, (name) =>
      t('compared', { name }),
    ),
  );
  const dealsOf = (report: ReportSearch, { value }: LossShare, further: { readonly currency?: string } = {}) =>
    endedDeals(report, 'lost', { [FILTERS[kind]]: [value ?? ''], ...further });
  const columns: readonly Column<ReportRow<LossShare>>[] = [
    nameColumn<LossShare>(t(kind)),
    figureColumn<LossShare>(
      'lost',
      t('lost'),
      'count',
      ({ count }) => count,
      (report, share) => dealsOf(report, share),
    ),
    figureColumn<LossShare>(
      'share',
      t('share'),
      'share',
      ({ share }) => share,
      (report, share) => dealsOf(report, share),
    ),
    ...currenciesOf(shares.flatMap(({ amounts }) => amounts)).map((currency) =>
      figureColumn<LossShare>(
        `amount ${currency}`,
        t('inCurrency', { name: t('lostAmount'), currency }),
        { currency },
        ({ amounts }) => inCurrency(amounts, currency)?.amount ?? 0,
        (report, share) => dealsOf(report, share, { currency }),
      ),
    ),
  ];
  const bars = rows
    .filter((row) => !row.compared)
    .map(({ name, of, was }) => ({
      name,
      value: of.count,
      label: `${figures.text(of.count, 'count')} (${figures.text(of.share, 'share')})`,
      was: was?.count,
    }));
  if (rows.length === 0) return null;
  return (
    <Section title={title} {...(compared ? { hint: t('comparedTick') } : {})}>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <BarChart title={title} bars={bars} />
        <DataTable caption={title} hideCaption columns={columns} rows={rows} rowKey={({ key }) => key} />
      </div>
    </Section>
  );
}
