import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { useStageName } from '../../../pipelines/stage-name.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import type { Expectation, ForecastAnswer, ForecastStage } from '../api/forecast.ts';
import { JUDGED, standingDeals } from '../deals-search.ts';
import { currenciesOf, inCurrency } from '../funnel-rows.ts';
import { funnelTexts } from '../funnel.texts.ts';
import type { ReportSearch } from '../report-search.ts';
import { figureColumn, nameColumn, type ReportRow } from './figure-column.tsx';
import { Section } from './section.tsx';

interface ForecastStagesSectionProps {
  readonly search: ReportSearch;
  readonly answer: ForecastAnswer;
}

/** A stage, or all of them together: those are in no stage and land at no time. */
type Line = Pick<ForecastStage, 'open' | 'expectations'> & Partial<ForecastStage>;

/** Stage by stage: the chance to win, when the money lands, and what is expected. */
export function ForecastStagesSection({ search, answer }: ForecastStagesSectionProps) {
  const t = useTexts(funnelTexts);
  const format = useFormat();
  const nameOf = useStageName();
  const landsIn = useLandsIn();
  const money = (
    id: 'amount' | 'expected' | 'byReps',
    currency: string,
    of: (expectation: Expectation | undefined) => number | undefined,
  ) =>
    figureColumn<Line>(
      `${id} ${currency}`,
      t('inCurrency', { name: t(id), currency }),
      { currency },
      ({ expectations }) => of(inCurrency(expectations, currency)) ?? 0,
      (from, stage) =>
        standingDeals(from, { ...inStage(stage), currency, ...(id === 'byReps' ? { forecastCategory: JUDGED } : {}) }),
    );
  const columns: readonly Column<ReportRow<Line>>[] = [
    nameColumn<Line>(t('stage')),
    figureColumn<Line>('chance', t('chance'), 'share', ({ chanceToWin }) => chanceToWin),
    {
      id: 'landsIn',
      header: t('landsIn'),
      numeric: true,
      cell: ({ of }) => of.landsIn && landsIn(of.landsIn),
      csv: ({ of }) => of.landsIn && landsIn(of.landsIn),
    },
    {
      id: 'landsOn',
      header: t('landsOn'),
      numeric: true,
      cell: ({ of }) => of.landsOn && format.day(of.landsOn),
      csv: ({ of }) => of.landsOn,
    },
    figureColumn<Line>(
      'open',
      t('open'),
      'count',
      ({ open }) => open,
      (from, stage) => standingDeals(from, inStage(stage)),
    ),
    ...currenciesOf(answer.totals).flatMap((currency) => [
      money('amount', currency, (expectation) => expectation?.amount),
      money('expected', currency, (expectation) => expectation?.expectedAmount),
      money('byReps', currency, (expectation) => expectation?.expectedByReps),
    ]),
  ];
  return (
    <Section title={t('forecastStages')} hint={t('forecastStagesHint')}>
      <DataTable
        caption={t('forecastStages')}
        hideCaption
        columns={columns}
        rows={answer.stages.map((stage) => ({ key: stage.id, name: nameOf(stage), of: stage, search }))}
        rowKey={({ key }) => key}
        total={{ key: 'total', name: t('total'), of: { open: answer.open, expectations: answer.totals }, search }}
      />
    </Section>
  );
}

function inStage({ id }: Line): { readonly stage?: string } {
  return id === undefined ? {} : { stage: id };
}

/** `4 months`, `1 month, 10 days`, `at once`. */
function useLandsIn(): (landsIn: ForecastStage['landsIn']) => string {
  const t = useTexts(funnelTexts);
  return ({ months, days }) => {
    const parts = [
      ...(months > 0 ? [t('landsInMonths', { count: months })] : []),
      ...(days > 0 ? [t('landsInDays', { count: days })] : []),
    ];
    return parts.length === 0 ? t('landsNow') : parts.join(' ');
  };
}
