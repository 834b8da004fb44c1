import { Link, useNavigate } from '@tanstack/react-router';
import { Columns3, List, Plus } from 'lucide-react';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { FilterBar } from '../../../filters/filter-bar.tsx';
import { isTypedOn, type FilterChanges } from '../../../filters/filter-changes.ts';
import { ViewMenu } from '../../../filters/view-menu.tsx';
import { useMay } from '../../../api/me.ts';
import { given } from '../../../api/search-params.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { PipelineChoice } from '../../../pipelines/pipeline-choice.tsx';
import { usePageTitle } from '../../../shell/page-title.ts';
import { useShortcuts } from '../../../shell/shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { uiTexts } from '../../../ui/ui.texts.ts';
import { filtersOf, type DealListSearch, type Status } from '../board-search.ts';
import { boardTexts } from '../board.texts.ts';
import { NewDealDialog } from './new-deal-dialog.tsx';

interface PageHeaderProps {
  readonly page: '/board' | '/deals';
  readonly title: string;
  readonly search: DealListSearch;
  /** Of which deals the filters offer the values; open ones where left out. */
  readonly ofStatus?: readonly Status[];
  /** What amounts are filtered by and new deals are worth in. */
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
  const [opening, setOpening] = useState(false);
  const ui = useTexts(uiTexts);
  const mayChange = useMay()('change');
  useShortcuts(useMemo(() => (mayChange ? { n: () => setOpening(true) } : {}), [mayChange]));
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
  const pipeline = search.pipeline ?? 'default';
  return (
    <div className="border-line sticky left-(--beside) flex w-(--view) flex-col gap-2 border-b px-4 py-2.5">
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
          <Button
            look="primary"
            disabled={!mayChange}
            title={mayChange ? undefined : ui('readOnly')}
            onClick={() => setOpening(true)}
          >
            <Plus size={15} aria-hidden />
            <span className="sr-only sm:not-sr-only">{t('newDeal')}</span>
          </Button>
        </div>
      </div>
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
      {opening && <NewDealDialog pipeline={pipeline} currency={currency} onClose={() => setOpening(false)} />}
    </div>
  );
}
