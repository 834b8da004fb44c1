import type { components } from '../../../api/schema.d.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { usePipelines } from '../../../pipelines/pipelines.ts';
import { useStageName } from '../../../pipelines/stage-name.ts';
import { useStatusName } from '../../../terms/status-name.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { pastTexts } from '../past.texts.ts';

type StageDifference = components['schemas']['StageDifferenceDto'];
type Side = 'before' | 'after';

/** How many deals stood in each stage at both moments, and their sums. */
export function StageSums({ stages }: { readonly stages: readonly StageDifference[] }) {
  const t = useTexts(pastTexts);
  const format = useFormat();
  const nameOf = useStageName();
  const statusName = useStatusName();
  const { data } = usePipelines();
  const pipelineName = ({ pipelineId }: StageDifference): string =>
    data?.pipelines.find(({ id }) => id === pipelineId)?.name ?? pipelineId;
  const stageName = ({ pipelineId, stageId }: StageDifference): string => {
    const stage = data?.pipelines.find(({ id }) => id === pipelineId)?.stages.find(({ id }) => id === stageId);
    return stage ? nameOf(stage) : stageId;
  };
  const sides: readonly Side[] = ['before', 'after'];
  const columns: readonly Column<StageDifference>[] = [
    { id: 'pipeline', header: t('pipeline'), cell: pipelineName, csv: pipelineName },
    { id: 'stage', header: t('stage'), cell: stageName, csv: stageName },
    { id: 'status', header: t('status'), cell: (row) => statusName(row.status), csv: (row) => statusName(row.status) },
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
        csv: (row) => row[side].amount,
      },
    ]),
  ];
  return (
    <DataTable
      caption={t('sums')}
      columns={columns}
      rows={stages}
      rowKey={(row) => `${row.pipelineId} ${row.stageId} ${row.status} ${row.currency ?? ''}`}
    />
  );
}
