import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Select } from '../../../ui/field.tsx';
import type { Expectation, ForecastAnswer } from '../api/forecast.ts';
import { JUDGED, standingDeals, type DealsSearch } from '../deals-search.ts';
import { currenciesOf, inCurrency } from '../funnel-rows.ts';
import { funnelTexts } from '../funnel.texts.ts';
import { reportDay, withTable, type ReportSearch } from '../report-search.ts';
import { ChartTable } from './chart-table.tsx';
import { ControlLabel } from './control-label.tsx';
import { figureColumn, nameColumn } from './figure-column.tsx';
import { MonthsChart } from './months-chart.tsx';
import { Section } from './section.tsx';

interface MonthsSectionProps {
  readonly search: ReportSearch;
  readonly onChange: (search: ReportSearch) => void;
  readonly answer: ForecastAnswer;
}

/** All months together have none. */
type Month = Expectation & { readonly month?: string };

function dealsOf(search: ReportSearch, { month, currency, count }: Month): DealsSearch | undefined {
  if (count === 0) return undefined;
  return standingDeals(search, { ...(month === undefined ? {} : { landingMonth: month }), currency });
}

function dealsByReps(search: ReportSearch, { month, currency, countByReps }: Month): DealsSearch | undefined {
  if (countByReps === 0) return undefined;
  const which = month === undefined ? { forecastCategory: JUDGED } : { landingMonthByReps: month };
  return standingDeals(search, { ...which, currency });
}

/** What is expected month by month of landing, in one currency at a time. */
export function MonthsSection({ search, onChange, answer }: MonthsSectionProps) {
  const t = useTexts(funnelTexts);
  const format = useFormat();
  const currencies = currenciesOf(answer.months);
  const currency = currencies.find((each) => each === search.currency) ?? currencies[0];
  if (currency === undefined) return null;
  const unit = { currency };
  const months = answer.months.filter((month) => month.currency === currency);
  const thisMonth = reportDay(search).slice(0, 7);
  const ahead = months.filter(({ month }) => month >= thisMonth);
  const overdue = ahead.length < months.length;
  const total = inCurrency(answer.totals, currency);
  const name = (text: string) => t('inCurrency', { name: text, currency });
  return (
    <Section
      title={t('months')}
      actions={
        currencies.length > 1 && (
          <ControlLabel text={t('currency')}>
            <Select
              choices={currencies.map((value) => ({ value, label: value }))}
              value={currency}
              onChange={({ target }) => onChange({ ...search, currency: target.value })}
            />
          </ControlLabel>
        )
      }
    >
      <ChartTable<Month>
        caption={name(t('months'))}
        hint={overdue ? `${t('monthsHint')} ${t('overdue')}` : t('monthsHint')}
        chart={<MonthsChart title={t('months')} months={ahead} currency={currency} />}
        shown={search.tables?.includes('months') ?? false}
        onShow={(shown) => onChange(withTable(search, 'months', shown))}
        columns={[
          { ...nameColumn<Month>(t('month')), csv: ({ of, name: told }) => of.month ?? told },
          figureColumn<Month>('deals', t('deals'), 'count', ({ count }) => count, dealsOf),
          figureColumn<Month>('amount', name(t('amount')), unit, ({ amount }) => amount, dealsOf),
          figureColumn<Month>('expected', name(t('expected')), unit, ({ expectedAmount }) => expectedAmount, dealsOf),
          figureColumn<Month>('byReps', name(t('byReps')), unit, ({ expectedByReps }) => expectedByReps, dealsByReps),
        ]}
        rows={months.map((of) => ({ key: of.month, name: format.month(of.month), of, search }))}
        rowKey={({ key }) => key}
        {...(total && { total: { key: 'total', name: t('total'), of: total, search } })}
      />
    </Section>
  );
}
