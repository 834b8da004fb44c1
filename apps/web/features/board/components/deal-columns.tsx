import { createColumnHelper, tableFeatures } from '@tanstack/react-table';
import { Link } from '@tanstack/react-router';
import type { Format } from '../../../i18n/figure-format.ts';
import type { Translate } from '../../../i18n/texts.ts';
import { StatusBadge } from '../../../terms/status-badge.tsx';
import { Badge } from '../../../ui/badge.tsx';
import type { CsvCell } from '../../../ui/download.ts';
import type { DealCard } from '../api/board.ts';
import type { SortField } from '../board-search.ts';
import type { boardTexts } from '../board.texts.ts';

type T = Translate<NonNullable<(typeof boardTexts)['key']>>;

export const dealTableFeatures = tableFeatures({});
const helper = createColumnHelper<typeof dealTableFeatures, DealCard>();

/** What a column is sorted by, how wide it is in rem, and whether it holds figures. */
export const COLUMN_LOOKS: Readonly<
  Record<string, { readonly sort?: SortField; readonly width: number; readonly numeric?: boolean }>
> = {
  title: { sort: 'title', width: 15 },
  customer: { sort: 'customerName', width: 10 },
  stage: { width: 7 },
  status: { width: 7.5 },
  owner: { sort: 'owner', width: 8.5 },
  amount: { sort: 'amount', width: 8, numeric: true },
  probability: { width: 6, numeric: true },
  closeDate: { sort: 'expectedCloseDate', width: 9 },
  daysInStage: { sort: 'stageEnteredOn', width: 6.5, numeric: true },
  activity: { width: 6 },
  changed: { sort: 'changedAt', width: 11 },
};

/** The columns of the list of deals, in words and figures of the chosen language. */
export function dealColumns(t: T, format: Format, stageTitle: (id: string) => string) {
  const orNothing = (text: string | null) => text ?? t('nothing');
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
    helper.accessor('customerName', {
      id: 'customer',
      header: t('customer'),
      cell: ({ row }) => orNothing(row.original.customerName),
    }),
    helper.accessor('stageId', {
      id: 'stage',
      header: t('stage'),
      cell: ({ row }) => stageTitle(row.original.stageId),
    }),
    helper.accessor('status', {
      id: 'status',
      header: t('status'),
      cell: ({ row }) => (
        <span className="flex gap-1">
          <StatusBadge status={row.original.status} />
          {row.original.stalled && <Badge tone="bad">{t('rotting')}</Badge>}
        </span>
      ),
    }),
    helper.accessor('owner', { id: 'owner', header: t('owner'), cell: ({ row }) => row.original.owner }),
    helper.accessor('amount', {
      id: 'amount',
      header: t('amount'),
      cell: ({ row: { original } }) =>
        original.amount === null || original.currency === null
          ? t('nothing')
          : format.money(original.amount, original.currency),
    }),
    helper.accessor('probability', {
      id: 'probability',
      header: t('probability'),
      cell: ({ row: { original } }) =>
        original.probability === null ? t('nothing') : format.percent(original.probability / 10_000),
    }),
    helper.accessor('expectedCloseDate', {
      id: 'closeDate',
      header: t('closeDateShort'),
      cell: ({ row: { original } }) =>
        original.expectedCloseDate === null ? t('nothing') : format.day(original.expectedCloseDate),
    }),
    helper.accessor('daysInStage', {
      id: 'daysInStage',
      header: t('daysInStage'),
      cell: ({ row: { original } }) =>
        original.daysInStage === null ? t('nothing') : format.number(original.daysInStage),
    }),
    helper.accessor('activity', {
      id: 'activity',
      header: t('activity'),
      cell: ({ row: { original } }) => (
        <span title={activityText(original, t, format)}>{t(`activityWord.${original.activity.state}`)}</span>
      ),
    }),
    helper.accessor('changedAt', {
      id: 'changed',
      header: t('changed'),
      cell: ({ row }) => format.moment(row.original.changedAt),
    }),
  ]);
}

function activityText({ activity }: DealCard, t: T, format: Format): string {
  return t(`activity.${activity.state}`, { day: activity.lastAt === null ? '' : format.day(activity.lastAt) });
}

/** A deal as a row of a file: the API's own values, amounts in minor units. */
export const CSV_COLUMNS = [
  ...(['id', 'title', 'customerId', 'customerName', 'stageId', 'status', 'owner', 'team', 'region'] as const),
  ...(['product', 'channel', 'campaign', 'amount', 'currency', 'probability', 'forecastCategory'] as const),
  ...(['expectedCloseDate', 'openedAt', 'endedAt', 'changedAt', 'daysInStage', 'stalled'] as const),
  ...(['activity', 'lastActivityAt'] as const),
] as const;

export function csvRow(deal: DealCard): readonly CsvCell[] {
  return CSV_COLUMNS.map((name) => {
    if (name === 'activity') return deal.activity.state;
    if (name === 'lastActivityAt') return deal.activity.lastAt;
    const value = deal[name];
    return typeof value === 'boolean' ? String(value) : value;
  });
}
