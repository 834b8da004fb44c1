import type { components } from '../../../api/schema.d.ts';
import { amountText } from '../../../i18n/amount-text.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { usePipelines } from '../../../pipelines/pipelines.ts';
import { useFieldValue } from '../../../terms/field-value.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { pastTexts } from '../past.texts.ts';

type StageDifference = components['schemas']['StageDifferenceDto'];
type Side = 'before' | 'after';

/** How many deals stood in each stage at both moments, and their sums. */
export function StageSums({ stages }: { readonly stages: readonly StageDifference[] }) {
  const t = useTexts(pastTexts);
  const format = useFormat();
  const { data } = usePipelines();
  const pipelines = data?.pipelines ?? [];
  const valueOf = useFieldValue(pipelines);
  const pipelineName = ({ pipelineId }: StageDifference): string => valueOf('pipelineId', pipelineId);
  const stageName = (row: StageDifference): string => valueOf('stageId', row.stageId, row);
  const statusName = ({ status }: StageDifference): string => valueOf('status', status);
  /** As pipelines list their stages; one that is not there any more stands behind them. */
  const order = pipelines.flatMap(({ id, stages: own }) => own.map((stage) => `${id} ${stage.id}`));
  const places = new Map(order.map((stage, place) => [stage, place]));
  const placeOf = ({ pipelineId, stageId }: StageDifference): number =>
    places.get(`${pipelineId} ${stageId}`) ?? places.size;
  const sides: readonly Side[] = ['before', 'after'];
  const columns: readonly Column<StageDifference>[] = [
    { id: 'pipeline', header: t('pipeline'), cell: pipelineName, csv: pipelineName },
    { id: 'stage', header: t('stage'), cell: stageName, csv: stageName },
    { id: 'status', header: t('status'), cell: statusName, csv: statusName },
    { id: 'currency', header: t('currency'), cell: (row) => row.currency ?? '–', csv: (row) => row.currency },
    ...sides.flatMap((side): readonly Column<StageDifference>[] => [
      {
        id: `${side}-count`,
        header: t(`${side}Count`),
        numeric: true,
        cell: (row) => format.number(row[side].count, 0),
        csv: (row) => row[side].count,
      },
      {
        id: `${side}-amount`,
        header: t(`${side}Amount`),
        numeric: true,
        cell: (row) => (row.currency === null ? '–' : format.money(row[side].amount, row.currency)),
        csv: (row) => (row.currency === null ? undefined : amountText(row[side].amount, row.currency)),
      },
    ]),
  ];
  return (
    <DataTable
      caption={t('sums')}
      columns={columns}
      rows={stages.toSorted((left, right) => placeOf(left) - placeOf(right))}
      rowKey={(row) => `${row.pipelineId} ${row.stageId} ${row.status} ${row.currency ?? ''}`}
    />
  );
}
