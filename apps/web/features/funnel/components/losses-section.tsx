import { Link } from '@tanstack/react-router';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { ErrorNotice, SkeletonLines } from '../../../ui/notices.tsx';
import type { components } from '../../../api/schema.d.ts';
import { useLosses } from '../api/losses.ts';
import { endedDeals } from '../deals-search.ts';
import { plainFigure } from '../figures.ts';
import { funnelTexts } from '../funnel.texts.ts';
import type { ReportSearch } from '../report-search.ts';
import { DealsLink } from './deals-link.tsx';
import { Section } from './section.tsx';

type Deal = components['schemas']['DealCardDto'];

/** The latest lost deals, each leading to its page. */
export function LossesSection({ search }: { readonly search: ReportSearch }) {
  const t = useTexts(funnelTexts);
  const { data, error, refetch } = useLosses(search);
  const columns = useLossColumns(search);
  return (
    <Section
      title={t(search.asOf === undefined ? 'losses' : 'lossesThen')}
      actions={
        data?.total !== undefined &&
        data.total > 0 && <DealsLink to={endedDeals(search, 'lost')}>{t('lossesAll', { count: data.total })}</DealsLink>
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonLines />}
      {data &&
        (data.opportunities.length === 0 ? (
          <p className="text-muted text-sm">{t('lossesEmpty')}</p>
        ) : (
          <DataTable
            caption={t('losses')}
            hideCaption
            columns={columns}
            rows={data.opportunities}
            rowKey={({ id }) => id}
          />
        ))}
    </Section>
  );
}

function useLossColumns({ asOf }: ReportSearch): readonly Column<Deal>[] {
  const t = useTexts(funnelTexts);
  const format = useFormat();
  const amount = (deal: Deal) =>
    deal.amount === null || deal.currency === null ? undefined : ([deal.amount, deal.currency] as const);
  return [
    {
      id: 'deal',
      header: t('deal'),
      cell: ({ id, title }) => (
        <Link
          to="/deals/$id"
          params={{ id }}
          search={asOf === undefined ? {} : { asOf }}
          className="font-medium underline underline-offset-3"
        >
          {title}
        </Link>
      ),
      csv: ({ title }) => title,
    },
    {
      id: 'customer',
      header: t('customer'),
      cell: ({ customerName, customerId }) => customerName ?? customerId,
      csv: ({ customerName, customerId }) => customerName ?? customerId,
    },
    { id: 'owner', header: t('owner'), cell: ({ owner }) => owner, csv: ({ owner }) => owner },
    {
      id: 'endedOn',
      header: t('endedOn'),
      numeric: true,
      cell: ({ endedAt }) => endedAt && format.day(endedAt),
      csv: ({ endedAt }) => endedAt?.slice(0, 10),
    },
    {
      id: 'amount',
      header: t('lostAmount'),
      numeric: true,
      cell: (deal) => {
        const money = amount(deal);
        return money && format.money(...money);
      },
      csv: (deal) => {
        const money = amount(deal);
        return money && plainFigure(money[0], { currency: money[1] });
      },
    },
    { id: 'currency', header: t('currency'), cell: ({ currency }) => currency, csv: ({ currency }) => currency },
  ];
}
