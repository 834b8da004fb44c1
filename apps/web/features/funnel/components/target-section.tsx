import { useTexts } from '../../../i18n/texts.ts';
import { useStageName } from '../../../pipelines/stage-name.ts';
import { Badge } from '../../../ui/badge.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import type { ForecastAnswer, ForecastStage } from '../api/forecast.ts';
import { standingDeals } from '../deals-search.ts';
import { currenciesOf } from '../funnel-rows.ts';
import { funnelTexts } from '../funnel.texts.ts';
import type { ReportSearch } from '../report-search.ts';
import { figureColumn, nameColumn, type ReportRow } from './figure-column.tsx';
import { Section } from './section.tsx';
import { TargetForm } from './target-form.tsx';

interface TargetSectionProps {
  readonly search: ReportSearch;
  readonly onChange: (search: ReportSearch) => void;
  readonly answer: ForecastAnswer;
}

/** Which stages hold too little for a target to be met. */
export function TargetSection({ search, onChange, answer }: TargetSectionProps) {
  const t = useTexts(funnelTexts);
  const nameOf = useStageName();
  const { target, targetCurrency: currency } = search;
  const columns = useNeedColumns(currency ?? 'USD');
  const stages = answer.stages.filter(({ need }) => need !== undefined);
  return (
    <Section title={t('starving')} hint={t('starvingHint')} printed={target !== undefined}>
      <TargetForm
        key={`${target} ${currency}`}
        target={target}
        currency={currency}
        currencies={currenciesOf(answer.totals)}
        onChoose={(chosen) => {
          const { target: _target, targetCurrency: _currency, ...rest } = search;
          onChange({ ...rest, ...chosen });
        }}
      />
      {target !== undefined && currency !== undefined && stages.length > 0 && (
        <DataTable
          caption={t('starving')}
          hideCaption
          columns={columns}
          rows={stages.map((stage) => ({ key: stage.id, name: nameOf(stage), of: stage, search }))}
          rowKey={({ key }) => key}
        />
      )}
    </Section>
  );
}

function useNeedColumns(currency: string): readonly Column<ReportRow<ForecastStage>>[] {
  const t = useTexts(funnelTexts);
  const unit = { currency };
  const verdict = ({ need }: ForecastStage) =>
    need?.needed === null ? t('never') : need?.starving ? t('starves') : t('enough');
  return [
    nameColumn<ForecastStage>(t('stage')),
    figureColumn<ForecastStage>('chance', t('chance'), 'share', ({ chanceToWin }) => chanceToWin),
    figureColumn<ForecastStage>('needed', t('needed'), unit, ({ need }) => need?.needed),
    figureColumn<ForecastStage>(
      'there',
      t('there'),
      unit,
      ({ need }) => need?.there,
      (from, { id }) => standingDeals(from, { stage: id, currency }),
    ),
    figureColumn<ForecastStage>('missing', t('missing'), unit, ({ need }) => need?.missing),
    {
      id: 'verdict',
      header: t('verdict'),
      cell: ({ of }) => <Badge tone={of.need?.starving ? 'bad' : 'good'}>{verdict(of)}</Badge>,
      csv: ({ of }) => verdict(of),
    },
  ];
}
