import { Link, useNavigate } from '@tanstack/react-router';
import { Columns3, List } from 'lucide-react';
import { useCallback, type ReactNode } from 'react';
import { useFilterWords } from '../../../filters/active-filters.ts';
import { FilterBar } from '../../../filters/filter-bar.tsx';
import { isTypedOn, type FilterChanges } from '../../../filters/filter-changes.ts';
import { ViewMenu } from '../../../filters/view-menu.tsx';
import { given } from '../../../api/search-params.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { PipelineChoice } from '../../../pipelines/pipeline-choice.tsx';
import { usePageTitle } from '../../../shell/page-title.ts';
import { PrintedWords } from '../../../ui/printed-words.tsx';
import { filtersOf, type DealListSearch, type Status } from '../board-search.ts';
import { boardTexts } from '../board.texts.ts';
import { NewDealButton } from './new-deal-button.tsx';

interface PageHeaderProps {
  readonly page: '/board' | '/deals';
  readonly title: string;
  readonly search: DealListSearch;
  /** Of which deals the filters offer the values; open ones where left out. */
  readonly ofStatus?: readonly Status[];
  /** What amounts are filtered by. */
  readonly currency: string;
  readonly customerName?: string | undefined;
  /** Beside the filters. */
  readonly children?: ReactNode;
}

const VIEWS = [
  { to: '/board', text: 'board', icon: Columns3 },
  { to: '/deals', text: 'list', icon: List },
] as const;

/** What the board and the list share: pipeline, the switch between both, filters, saved views, a new deal. */
export function PageHeader({ page, title, search, ofStatus, currency, customerName, children }: PageHeaderProps) {
  const t = useTexts(boardTexts);
  usePageTitle(title);
  const navigate = useNavigate();
  const change = useCallback(
    (changes: FilterChanges) =>
      void navigate({
        to: page,
        search: (old: DealListSearch) => given({ ...old, ...changes }),
        replace: isTypedOn(search, changes),
      }),
    [navigate, page, search],
  );
  const filters = filtersOf(search);
  const words = useFilterWords({ search, currency, customerName });
  return (
    <div className="border-line sticky left-(--beside) flex w-(--view) flex-col print:static print:w-auto gap-2 border-b px-4 py-2.5">
      <div className="flex flex-wrap items-center gap-2">
        <h1 className="mr-1 text-base font-semibold">{title}</h1>
        <PipelineChoice pipeline={search.pipeline} onChange={(chosen) => change({ pipeline: chosen })} />
        <nav aria-label={t('view')} data-print="hidden" className="border-line-strong flex rounded-md border p-px">
          {VIEWS.map(({ to, text, icon: Icon }) => (
            <Link
              key={to}
              to={to}
              search={filters}
              aria-current={to === page ? 'page' : undefined}
              className={`flex min-h-7 items-center gap-1.5 rounded px-2 text-sm font-medium ${to === page ? 'bg-accent-soft' : 'text-muted hover:bg-sunken'}`}
            >
              <Icon size={14} aria-hidden />
              {t(text)}
            </Link>
          ))}
        </nav>
        <div data-print="hidden" className="ml-auto flex items-center gap-2">
          <ViewMenu page={page} search={search} />
          <NewDealButton pipeline={search.pipeline ?? 'default'} />
        </div>
      </div>
      <PrintedWords words={words} />
      <div className={`flex flex-wrap items-center gap-x-4 gap-y-2 ${page === '/board' ? 'sm:flex-nowrap' : ''}`}>
        <FilterBar
          search={{ ...search, ...given({ status: ofStatus }) }}
          onChange={change}
          ofDeals
          currency={currency}
          customerName={customerName}
        />
        {children}
      </div>
    </div>
  );
}
