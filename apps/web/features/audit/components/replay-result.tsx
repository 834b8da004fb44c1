import { amountText } from '../../../i18n/amount-text.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { useStageName } from '../../../pipelines/stage-name.ts';
import type { components } from '../../../api/schema.d.ts';
import { shortPosition } from '../../../terms/short-position.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { EmptyNotice } from '../../../ui/notices.tsx';
import type { ReplayedState } from '../api/jobs.ts';
import { pastTexts } from '../past.texts.ts';
import { History } from 'lucide-react';

type Schemas = components['schemas'];

/** One stage in one currency; a stage without amounts has one row. */
interface FunnelRow {
  readonly key: string;
  readonly name: string;
  readonly stage: Pick<Schemas['FunnelStageDto'], 'open' | 'suspended'> &
    Partial<Pick<Schemas['FunnelStageDto'], 'age' | 'stalled'>>;
  readonly worth: Schemas['WorthDto'] | undefined;
}

/** The funnel of each pipeline as it stood at the moment. */
export function ReplayResult({ state }: { readonly state: ReplayedState }) {
  const t = useTexts(pastTexts);
  const format = useFormat();
  const stageName = useStageName();
  const columns: readonly Column<FunnelRow>[] = [
    { id: 'stage', header: t('stage'), cell: ({ name }) => name, csv: ({ name }) => name },
    figure('open', t('open'), ({ stage }) => stage.open),
    figure('suspended', t('suspended'), ({ stage }) => stage.suspended),
    {
      id: 'currency',
      header: t('currency'),
      cell: ({ worth }) => worth?.currency ?? '–',
      csv: ({ worth }) => worth?.currency,
    },
    money('amount', t('amount'), (worth) => worth.amount),
    money('weighted', t('weighted'), (worth) => worth.weightedAmount),
    figure('age', t('medianAge'), ({ stage }) => stage.age?.medianDays),
    figure('stalled', t('stalled'), ({ stage }) => stage.stalled),
  ];
  function figure(id: string, header: string, of: (row: FunnelRow) => number | null | undefined): Column<FunnelRow> {
    const cell = (row: FunnelRow) => {
      const value = of(row);
      return value === undefined || value === null ? '–' : format.number(value);
    };
    return { id, header, numeric: true, cell, csv: of };
  }
  function money(id: string, header: string, of: (worth: Schemas['WorthDto']) => number): Column<FunnelRow> {
    const cell = ({ worth }: FunnelRow) => (worth === undefined ? '–' : format.money(of(worth), worth.currency));
    const csv = ({ worth }: FunnelRow) => worth && amountText(Math.round(of(worth)), worth.currency);
    return { id, header, numeric: true, cell, csv };
  }
  if (state.events === 0) return <EmptyNotice icon={History} title={t('nothingThen')} hint={t('nothingThenHint')} />;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <p role="status" className="text-sm">
        {t('replayed', {
          at: format.instant(state.at),
          events: format.number(state.events, 0),
          position: shortPosition(state.position),
        })}
      </p>
      {state.funnels.map(({ pipelineId, pipelineName, total }) => (
        <DataTable
          key={pipelineId}
          caption={t('funnelThen', { pipeline: pipelineName })}
          columns={columns}
          rows={[
            ...total.stages.flatMap((stage) => rowsOf(stage.id, stageName(stage), stage, stage.worth)),
            ...rowsOf('total', t('total'), total, total.worth),
          ]}
          rowKey={({ key }) => key}
        />
      ))}
      <DataTable
        caption={t('documents')}
        columns={[
          { id: 'name', header: t('readModel'), cell: ([name]) => name, csv: ([name]) => name },
          {
            id: 'count',
            header: t('documentCount'),
            numeric: true,
            cell: ([, count]) => format.number(count, 0),
            csv: ([, count]) => count,
          },
        ]}
        rows={Object.entries(state.documents)}
        rowKey={([name]) => name}
      />
    </div>
  );
}

function rowsOf(
  id: string,
  name: string,
  stage: FunnelRow['stage'],
  worths: readonly Schemas['WorthDto'][],
): readonly FunnelRow[] {
  if (worths.length === 0) return [{ key: id, name, stage, worth: undefined }];
  return worths.map((worth) => ({ key: `${id} ${worth.currency}`, name, stage, worth }));
}
