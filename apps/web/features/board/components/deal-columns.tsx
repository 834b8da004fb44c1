import { createColumnHelper, tableFeatures } from '@tanstack/react-table';
import { Link } from '@tanstack/react-router';
import type { Format } from '../../../i18n/figure-format.ts';
import type { Translate } from '../../../i18n/texts.ts';
import { StatusBadge } from '../../../terms/status-badge.tsx';
import { Badge } from '../../../ui/badge.tsx';
import type { DealCard } from '../api/board.ts';
import type { SortField } from '../board-search.ts';
import type { boardTexts } from '../board.texts.ts';

type StatusName = (status: string) => string;
type T = Translate<NonNullable<(typeof boardTexts)['key']>>;

export const dealTableFeatures = tableFeatures({});
const helper = createColumnHelper<typeof dealTableFeatures, DealCard>();

/** What a column is sorted by, how wide it is in rem, and whether it holds figures. */
export const COLUMN_LOOKS: Readonly<
  Record<string, { readonly sort?: SortField; readonly width: number; readonly numeric?: boolean }>
> = {
  title: { sort: 'title', width: 12.5 },
  customer: { sort: 'customerName', width: 8.5 },
  stage: { width: 7 },
  status: { width: 7 },
  amount: { sort: 'amount', width: 7.5, numeric: true },
  owner: { sort: 'owner', width: 6.5 },
  closeDate: { sort: 'expectedCloseDate', width: 6.5 },
  probability: { width: 4.5, numeric: true },
  daysInStage: { sort: 'stageEnteredOn', width: 4.5, numeric: true },
  activity: { width: 5 },
  changed: { sort: 'changedAt', width: 6.5 },
};

/**
 * The columns of the list of deals, in words and figures of the chosen language. The value of a cell is what it says in
 * full, where the cell itself has no room for it.
 */
export function dealColumns(t: T, format: Format, stageTitle: (id: string) => string, statusName: StatusName) {
  const orNothing = <Value,>(value: Value | null, text: (value: Value) => string) =>
    value === null ? t('nothing') : text(value);
  const rotting = ({ stalled }: DealCard) => (stalled ? [t('rotting')] : []);
  return helper.columns([
    helper.accessor('title', {
      id: 'title',
      header: t('title'),
      cell: ({ row }) => (
        <Link to="/deals/$id" params={{ id: row.original.id }} className="font-medium hover:underline">
          {row.original.title}
        </Link>
      ),
    }),
    helper.accessor(({ customerName }) => customerName ?? t('nothing'), { id: 'customer', header: t('customer') }),
    helper.accessor(({ stageId }) => stageTitle(stageId), { id: 'stage', header: t('stage') }),
    helper.accessor((deal) => [statusName(deal.status), ...rotting(deal)].join(', '), {
      id: 'status',
      header: t('status'),
      cell: ({ row }) => (
        <span className="flex gap-1">
          <StatusBadge status={row.original.status} />
          {rotting(row.original).map((text) => (
            <Badge key={text} tone="bad">
              {text}
            </Badge>
          ))}
        </span>
      ),
    }),
    helper.accessor(
      ({ amount, currency }) => (amount === null || currency === null ? t('nothing') : format.money(amount, currency)),
      { id: 'amount', header: t('amount') },
    ),
    helper.accessor('owner', { id: 'owner', header: t('owner') }),
    helper.accessor(({ expectedCloseDate }) => orNothing(expectedCloseDate, format.day), {
      id: 'closeDate',
      header: t('closeDateShort'),
    }),
    helper.accessor(({ probability }) => orNothing(probability, (points) => format.percent(points / 10_000)), {
      id: 'probability',
      header: t('probability'),
    }),
    helper.accessor(({ daysInStage }) => orNothing(daysInStage, (days) => format.number(days)), {
      id: 'daysInStage',
      header: t('daysInStage'),
    }),
    helper.accessor(
      ({ activity: { state, lastAt } }) => t(`activity.${state}`, { day: lastAt === null ? '' : format.day(lastAt) }),
      {
        id: 'activity',
        header: t('activity'),
        cell: ({ row }) => t(`activityWord.${row.original.activity.state}`),
      },
    ),
    helper.accessor(({ changedAt }) => format.moment(changedAt), {
      id: 'changed',
      header: t('changed'),
      cell: ({ row }) => format.day(row.original.changedAt),
    }),
  ]);
}
