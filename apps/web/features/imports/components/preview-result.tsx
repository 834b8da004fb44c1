import type { components } from '../../../api/schema.d.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { useStageName } from '../../../pipelines/stage-name.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import type { Preview } from '../api/uploads.ts';
import { importTexts } from '../imports.texts.ts';
import { RefusalTable } from './refusal-table.tsx';

type PreviewedDeal = Preview['deals'][number];

const TONES: Readonly<Record<PreviewedDeal['outcome'], Tone>> = {
  opened: 'good',
  changed: 'accent',
  unchanged: 'neutral',
  refused: 'bad',
};

interface PreviewResultProps {
  readonly preview: Preview;
  readonly stages: readonly components['schemas']['StageDto'][];
}

/** What the import would do: how many deals, the first of them, and the lines it would refuse. */
export function PreviewResult({ preview, stages }: PreviewResultProps) {
  const t = useTexts(importTexts);
  const format = useFormat();
  const nameOf = useStageName();
  const { counts, deals, refusals, refusalCount, complete } = preview;
  const stageName = ({ stageId }: PreviewedDeal): string => {
    const stage = stages.find(({ id }) => id === stageId);
    return stage ? nameOf(stage) : stageId;
  };
  const day = (text: string | undefined): string => (text === undefined ? '–' : format.day(text));
  const columns: readonly Column<PreviewedDeal>[] = [
    { id: 'line', header: t('line'), numeric: true, cell: ({ line }) => line, csv: ({ line }) => line },
    {
      id: 'outcome',
      header: t('would'),
      cell: ({ outcome }) => <Badge tone={TONES[outcome]}>{t(`would.${outcome}`)}</Badge>,
      csv: ({ outcome }) => outcome,
    },
    { id: 'id', header: t('field.id'), cell: ({ id }) => id, csv: ({ id }) => id },
    { id: 'title', header: t('field.title'), cell: ({ title }) => title, csv: ({ title }) => title },
    {
      id: 'customer',
      header: t('field.customer'),
      cell: ({ customer }) => customer ?? '–',
      csv: ({ customer }) => customer,
    },
    { id: 'owner', header: t('field.owner'), cell: ({ owner }) => owner, csv: ({ owner }) => owner },
    {
      id: 'amount',
      header: t('field.amount'),
      numeric: true,
      cell: ({ amount }) => (amount === undefined ? '–' : format.money(amount.minorUnits, amount.currency)),
      csv: ({ amount }) => amount?.minorUnits,
    },
    { id: 'stage', header: t('field.stage'), cell: stageName, csv: stageName },
    { id: 'status', header: t('status'), cell: ({ status }) => t(`status.${status}`), csv: ({ status }) => status },
    { id: 'opened', header: t('field.openedAt'), cell: (row) => day(row.openedAt), csv: (row) => row.openedAt },
    {
      id: 'notes',
      header: t('notes'),
      cell: ({ notes }) => (notes.length === 0 ? '–' : notes.join('; ')),
      csv: ({ notes }) => notes.join('; '),
    },
  ];
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <p role="status" className="text-sm">
        {t('previewed', {
          opened: format.number(counts.opened, 0),
          changed: format.number(counts.changed, 0),
          unchanged: format.number(counts.unchanged, 0),
          refused: format.number(refusalCount, 0),
        })}{' '}
        {!complete && t('previewIncomplete', { deals: format.number(counts.deals, 0) })}
      </p>
      {deals.length > 0 && (
        <DataTable
          caption={t('firstDeals')}
          columns={columns}
          rows={deals}
          rowKey={({ line, id }) => `${line} ${id}`}
        />
      )}
      <RefusalTable refusals={refusals} count={refusalCount} />
    </div>
  );
}
