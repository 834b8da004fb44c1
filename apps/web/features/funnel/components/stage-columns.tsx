import { useTexts } from '../../../i18n/texts.ts';
import type { Column } from '../../../ui/data-table.tsx';
import type { FunnelStage } from '../api/funnel.ts';
import { flowingDeals, standingDeals, type Flow } from '../deals-search.ts';
import type { FigureValue, Unit } from '../figures.ts';
import { inCurrency } from '../funnel-rows.ts';
import { funnelTexts } from '../funnel.texts.ts';
import { figureColumn, type ReportRow } from './figure-column.tsx';

/** What stands in a stage; in all of them where it has no id. */
export type Standing = Pick<FunnelStage, 'open' | 'suspended' | 'worth' | 'age' | 'stalled'> & { readonly id?: string };

const FLOWS = [
  'entered',
  'left',
  'movedForward',
  'won',
  'lost',
  'terminated',
  'movedBack',
  'skipped',
  'repeated',
] as const;

/** Columns of what stands in a stage at the moment of the report. */
export function useStandingColumns(currencies: readonly string[]): readonly Column<ReportRow<Standing>>[] {
  const t = useTexts(funnelTexts);
  const column = (
    id: string,
    name: string,
    unit: Unit,
    of: (standing: Standing) => FigureValue,
    further?: Parameters<typeof standingDeals>[1],
  ) =>
    figureColumn<Standing>(id, name, unit, of, (search, { id: stage }) =>
      standingDeals(search, { ...(stage === undefined ? {} : { stage }), ...further }),
    );
  return [
    column('open', t('open'), 'count', ({ open }) => open),
    ...currencies.flatMap((currency) =>
      (['amount', 'weighted'] as const).map((name) =>
        column(
          `${name} ${currency}`,
          t('inCurrency', { name: t(name), currency }),
          { currency },
          ({ worth }) => inCurrency(worth, currency)?.[name === 'amount' ? 'amount' : 'weightedAmount'] ?? 0,
          { currency },
        ),
      ),
    ),
    column('suspended', t('suspended'), 'count', ({ suspended }) => suspended, { status: 'suspended' }),
    column('age', t('medianAge'), 'days', ({ age }) => age.medianDays),
    column('oldest', t('oldest'), 'days', ({ age }) => age.oldestDays),
    column('stalled', t('stalled'), 'count', ({ stalled }) => stalled, { stalled: true }),
  ];
}

/** Columns of the moves into and out of a stage in the period. */
export function useFlowColumns(): readonly Column<ReportRow<FunnelStage>>[] {
  const t = useTexts(funnelTexts);
  return FLOWS.map((flow) => flowColumn(flow, t(flow), 'count', ({ period }) => period?.[flow], flow));
}

/** Columns of the shares of those that left a stage. */
export function useConversionColumns(): readonly Column<ReportRow<FunnelStage>>[] {
  const t = useTexts(funnelTexts);
  return [
    flowColumn('next', t('conversionShort'), 'share', ({ period }) => period?.conversionToNext, 'left'),
    flowColumn('drop', t('dropOff'), 'share', ({ period }) => period?.dropOff, 'left'),
    flowColumn('toWon', t('conversionToWon'), 'share', ({ period }) => period?.conversionToWon, 'left'),
  ];
}

/** Columns of how long the stays in a stage took that finished in the period. */
export function useDaysColumns(): readonly Column<ReportRow<FunnelStage>>[] {
  const t = useTexts(funnelTexts);
  return [
    flowColumn('stays', t('stays'), 'count', ({ period }) => period?.days.n, 'stayed'),
    ...(['median', 'p75', 'p90'] as const).map((name) =>
      flowColumn(name, t(name), 'days', ({ period }) => period?.days[name], 'stayed'),
    ),
  ];
}

function flowColumn(id: string, name: string, unit: Unit, of: (stage: FunnelStage) => FigureValue, flow: Flow) {
  return figureColumn<FunnelStage>(id, name, unit, of, (search, stage) => flowingDeals(search, flow, stage.id));
}
