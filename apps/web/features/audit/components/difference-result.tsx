import { Link } from '@tanstack/react-router';
import { Equal } from 'lucide-react';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import type { components } from '../../../api/schema.d.ts';
import { amountText } from '../../../i18n/amount-text.ts';
import { usePipelines } from '../../../pipelines/pipelines.ts';
import { useFieldName } from '../../../terms/field-name.ts';
import { useFieldValue } from '../../../terms/field-value.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { EmptyNotice } from '../../../ui/notices.tsx';
import type { ComparedStates } from '../api/jobs.ts';
import { auditTexts } from '../audit.texts.ts';
import { pastTexts } from '../past.texts.ts';
import { StageSums } from './stage-sums.tsx';

type Schemas = components['schemas'];
type Deal = Schemas['DealDifferenceDto'];
type Moved = Schemas['MovedDealDto'];
type Changed = Schemas['ChangedDealDto'];

/** What appeared, changed and ended between two moments, and the sums of both. */
export function DifferenceResult({ compared }: { readonly compared: ComparedStates }) {
  const t = useTexts(pastTexts);
  const shared = useTexts(auditTexts);
  const fieldName = useFieldName();
  const format = useFormat();
  const { data } = usePipelines();
  const valueOf = useFieldValue(data?.pipelines ?? [], '–');
  const { before, after, opened, moved, ended, reopened, withdrawn, changed } = compared;
  const named: readonly Column<Deal>[] = [
    {
      id: 'deal',
      header: t('deal'),
      cell: ({ id, title }) => (
        <Link to="/deals/$id" params={{ id }} search={{ asOf: after.at }} className="text-accent underline">
          {title}
        </Link>
      ),
      csv: ({ title }) => title,
    },
    { id: 'owner', header: t('owner'), cell: ({ owner }) => owner, csv: ({ owner }) => owner },
  ];
  function stageColumn(id: string, header: string, of: (row: Moved) => string): Column<Moved> {
    const stage = (row: Moved) => valueOf('stageId', of(row), row);
    return { id, header, cell: stage, csv: stage };
  }
  const toldChanges = ({ changes, currency, pipelineId }: Changed) => {
    const currencyBefore = changes.find(({ field }) => field === 'currency')?.from ?? currency;
    const told = (field: string, value: unknown, of: unknown): string =>
      valueOf(field, value, { pipelineId, currency: typeof of === 'string' ? of : null });
    return changes.map(({ field, from, to }) => ({
      field,
      name: fieldName(field),
      from: told(field, from, currencyBefore),
      to: told(field, to, currency),
    }));
  };
  const counts = { opened, moved, ended, reopened, withdrawn, changed };
  const none = Object.values(counts).every(({ count }) => count === 0);
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <p role="status" className="text-sm">
        {t('compared', {
          from: format.instant(before.at),
          to: format.instant(after.at),
          before: format.number(before.events, 0),
          after: format.number(after.events, 0),
        })}
      </p>
      {none && <EmptyNotice icon={Equal} title={t('noDifference')} hint={t('noDifferenceHint')} />}
      {!none && <StageSums stages={compared.stages} />}
      <List name={t('appeared')} list={opened} columns={named} />
      <List
        name={t('moved')}
        list={moved}
        columns={[
          ...named,
          stageColumn('from', t('fromStage'), ({ from }) => from),
          stageColumn('to', t('toStage'), ({ to }) => to),
        ]}
      />
      <List
        name={t('ended')}
        list={ended}
        columns={[
          ...named,
          {
            id: 'outcome',
            header: t('outcome'),
            cell: (row) => valueOf('outcome', row.outcome),
            csv: (row) => valueOf('outcome', row.outcome),
          },
          { id: 'currency', header: t('currency'), cell: (row) => row.currency ?? '–', csv: (row) => row.currency },
          {
            id: 'amount',
            header: t('amount'),
            numeric: true,
            cell: ({ amount, currency }) =>
              amount === null || currency === null ? '–' : format.money(amount, currency),
            csv: ({ amount, currency }) =>
              amount === null || currency === null ? undefined : amountText(amount, currency),
          },
        ]}
      />
      <List name={t('reopened')} list={reopened} columns={named} />
      <List name={t('withdrawn')} list={withdrawn} columns={named} />
      <List
        name={t('changed')}
        list={changed}
        columns={[
          ...named,
          {
            id: 'changes',
            header: shared('changes'),
            cell: (row) => (
              <ul>
                {toldChanges(row).map(({ field, name, from, to }) => (
                  <li key={field} title={field} className="wrap-anywhere">
                    {name}: <span className="text-muted">{from}</span> → {to}
                  </li>
                ))}
              </ul>
            ),
            csv: (row) =>
              toldChanges(row)
                .map(({ name, from, to }) => `${name}: ${from} → ${to}`)
                .join('; '),
          },
        ]}
      />
    </div>
  );
}

interface ListProps<Row extends Deal> {
  readonly name: string;
  readonly list: { readonly count: number; readonly deals: readonly Row[] };
  readonly columns: readonly Column<Row>[];
}

function List<Row extends Deal>({ name, list: { count, deals }, columns }: ListProps<Row>) {
  const t = useTexts(pastTexts);
  const format = useFormat();
  if (count === 0) return null;
  return (
    <div>
      <DataTable
        caption={`${name} (${format.number(count, 0)})`}
        columns={columns}
        rows={deals}
        rowKey={({ id }) => id}
      />
      {deals.length < count && (
        <p className="text-muted mt-1 text-xs">{t('firstOf', { shown: format.number(deals.length, 0) })}</p>
      )}
    </div>
  );
}
