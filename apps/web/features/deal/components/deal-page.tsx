import { Link, useParams } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { problemOf } from '../../../api/problem.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { usePageTitle } from '../../../shell/page-title.ts';
import { EmptyNotice, ErrorNotice } from '../../../ui/notices.tsx';
import { useDeal } from '../api/deal.ts';
import { useTimeline } from '../api/timeline.ts';
import { dealTexts } from '../deal.texts.ts';
import { DealSkeleton } from './deal-skeleton.tsx';
import { DealView } from './deal-view.tsx';

/** One deal: what it is, what happened to it, what it was at any moment, and what can be done with it. */
export function DealPage() {
  const t = useTexts(dealTexts);
  const { id } = useParams({ from: '/deals/$id' });
  const deal = useDeal(id);
  const timeline = useTimeline(id);
  const error = deal.error ?? timeline.error;
  const isMissing = error !== null && problemOf(error).status === 404;
  usePageTitle(deal.data?.title ?? (isMissing ? t('missing') : undefined));
  if (deal.data && timeline.data) return <DealView key={id} deal={deal.data} entries={timeline.data} />;
  if (!error) return <DealSkeleton />;
  if (!isMissing) {
    return <ErrorNotice error={error} onRetry={() => void Promise.all([deal.refetch(), timeline.refetch()])} />;
  }
  return (
    <>
      <h1 className="sr-only">{t('missing')}</h1>
      <EmptyNotice icon={SearchX} title={t('missing')} hint={t('missingHint')}>
        <Link to="/deals" className="text-accent mt-2 text-sm underline">
          {t('toDeals')}
        </Link>
      </EmptyNotice>
    </>
  );
}
