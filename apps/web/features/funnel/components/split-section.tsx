import type { CutDimension } from '../../../filters/cut-search.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { useStageName } from '../../../pipelines/stage-name.ts';
import type { Column } from '../../../ui/data-table.tsx';
import { Select } from '../../../ui/field.tsx';
import type { FunnelAnswer, FunnelReport, FunnelStage } from '../api/funnel.ts';
import { endedDeals, flowingDeals, type DealsSearch } from '../deals-search.ts';
import type { FigureValue, Unit } from '../figures.ts';
import { currenciesOf, inCurrency } from '../funnel-rows.ts';
import { funnelTexts } from '../funnel.texts.ts';
import { reportTexts } from '../report.texts.ts';
import { reportSearch, type ReportSearch } from '../report-search.ts';
import { ControlLabel } from './control-label.tsx';
import { figureColumn, momentColumn, nameColumn, type ReportRow } from './figure-column.tsx';
import { SplitTable } from './split-table.tsx';
import { useConversionColumns, useDaysColumns, useFlowColumns, useStandingColumns } from './stage-columns.tsx';

interface SplitSectionProps {
  readonly search: ReportSearch;
  readonly onChange: (search: ReportSearch) => void;
  readonly by: CutDimension;
  readonly answer: FunnelAnswer;
  readonly compared: FunnelAnswer | undefined;
}

/** The funnel once for each value of a dimension: the whole of it, or one of its stages. */
export function SplitSection({ search, onChange, by, answer, compared }: SplitSectionProps) {
  const t = useTexts(funnelTexts);
  const dimension = useTexts(reportTexts)(`by.${by}`);
  const nameOf = useStageName();
  const wholeColumns = useWholeColumns(answer.total);
  const stageColumns = useStageColumns(answer.total);
  const { splitStage } = search;
  const shared = {
    search,
    by,
    actions: (
      <div data-print="hidden">
        <ControlLabel text={t('stage')}>
          <Select
            value={splitStage ?? ''}
            choices={[
              { value: '', label: t('allStages') },
              ...answer.total.stages.map((stage) => ({ value: stage.id, label: nameOf(stage) })),
            ]}
            onChange={({ target }) => onChange(reportSearch({ ...search, splitStage: target.value || undefined }))}
          />
        </ControlLabel>
      </div>
    ),
  };
  if (splitStage === undefined)
    return (
      <SplitTable
        {...shared}
        groups={answer.groups}
        compared={compared?.groups}
        columns={[nameColumn<FunnelReport>(dimension), ...wholeColumns]}
        total={answer.total}
      />
    );
  return (
    <SplitTable
      {...shared}
      groups={stageOf(answer.groups, splitStage)}
      compared={compared && stageOf(compared.groups, splitStage)}
      columns={[nameColumn<FunnelStage>(dimension), ...stageColumns]}
      total={answer.total.stages.find(({ id }) => id === splitStage)}
    />
  );
}

/** One stage of each part. */
function stageOf(groups: FunnelAnswer['groups'], stageId: string) {
  return groups.flatMap(({ value, report }) =>
    report.stages.filter(({ id }) => id === stageId).map((stage) => ({ value, report: stage })),
  );
}

function useStageColumns({ worth }: FunnelReport): readonly Column<ReportRow<FunnelStage>>[] {
  const standing = useStandingColumns(currenciesOf(worth));
  const [flows, conversion, days] = [useFlowColumns(), useConversionColumns(), useDaysColumns()];
  return [...standing.map((column) => momentColumn(column)), ...flows, ...conversion, ...days];
}

function useWholeColumns({ worth, period }: FunnelReport): readonly Column<ReportRow<FunnelReport>>[] {
  const t = useTexts(funnelTexts);
  const standing = useStandingColumns(currenciesOf(worth));
  const wonCurrencies = currenciesOf(period?.wonAmounts);
  const column = (
    id: string,
    name: string,
    unit: Unit,
    of: (report: FunnelReport) => FigureValue,
    to: (search: ReportSearch) => DealsSearch,
  ) => figureColumn<FunnelReport>(id, name, unit, of, (search) => to(search));
  const money = (name: string, currency: string) => t('inCurrency', { name, currency });
  return [
    ...standing.map((each) => momentColumn(each)),
    column(
      'opened',
      t('opened'),
      'count',
      (report) => report.period?.opened,
      (search) => flowingDeals(search, 'opened'),
    ),
    ...(['won', 'lost'] as const).map((outcome) =>
      column(
        outcome,
        t(outcome),
        'count',
        (report) => report.period?.[outcome],
        (search) => endedDeals(search, outcome),
      ),
    ),
    column(
      'winRate',
      t('winRate'),
      'share',
      (report) => report.period?.winRate,
      (search) => endedDeals(search, 'decided'),
    ),
    ...wonCurrencies.map((currency) =>
      column(
        `averageWon ${currency}`,
        money(t('averageWon'), currency),
        { currency },
        (report) => inCurrency(report.period?.wonAmounts, currency)?.mean,
        (search) => endedDeals(search, 'won', { currency }),
      ),
    ),
    column(
      'cycle',
      t('cycle'),
      'days',
      (report) => report.period?.cycleDaysOfWon.median,
      (search) => endedDeals(search, 'won'),
    ),
    // Of the deals that are open at the moment of the report, which the other period does not tell.
    ...wonCurrencies.map((currency) =>
      momentColumn(
        column(
          `velocity ${currency}`,
          money(t('velocity'), currency),
          { currency },
          (report) => inCurrency(report.period?.velocity, currency)?.minorUnitsPerDay,
          (search) => endedDeals(search, 'won', { currency }),
        ),
      ),
    ),
  ];
}
