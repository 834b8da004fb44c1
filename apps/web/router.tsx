import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { queryClient } from './api/query-client.ts';
import { auditSearch } from './features/audit/audit-search.ts';
import { boardQuery } from './features/board/api/board.ts';
import { boardSearch, dealListSearch, filtersOf } from './features/board/board-search.ts';
import { dealSearch } from './features/deal/deal-search.ts';
import { reportSearch } from './features/funnel/report-search.ts';
import { importSearch } from './features/imports/import-search.ts';
import { operationsSearch } from './features/operations/operations-search.ts';
import { fetchParts, patiently } from './shell/lazy-code.tsx';
import { PageError, PageMissing } from './shell/page-error.tsx';
import { Shell } from './shell/shell.tsx';
import { SkeletonLines } from './ui/notices.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: PageMissing, errorComponent: PageError });

/** A page whose code comes when it is wanted. Without a connection the router would load everything anew, and nothing be left. */
function lazyPage<Parts extends Record<string, unknown>, Name extends keyof Parts>(
  load: () => Promise<Parts>,
  name: Name,
) {
  return lazyRouteComponent(() => patiently(load), name);
}

// Each route by itself: in one list their types would blur, and addresses would no longer be checked.
const entry = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/board' });
  },
});
const board = createRoute({
  getParentRoute: () => root,
  path: '/board',
  validateSearch: boardSearch,
  loaderDeps: ({ search }) => filtersOf(search),
  // Asked for while the page itself is still on its way; what fails is shown where it is needed.
  loader: ({ deps }) => void queryClient.prefetchQuery(boardQuery(deps)),
  component: lazyPage(() => import('./features/board/components/board-page.tsx'), 'BoardPage'),
});
const deals = createRoute({
  getParentRoute: () => root,
  path: '/deals',
  validateSearch: dealListSearch,
  component: lazyPage(() => import('./features/board/components/deal-list-page.tsx'), 'DealListPage'),
});
const deal = createRoute({
  getParentRoute: () => root,
  path: '/deals/$id',
  validateSearch: dealSearch,
  component: lazyPage(() => import('./features/deal/components/deal-page.tsx'), 'DealPage'),
});
const funnel = createRoute({
  getParentRoute: () => root,
  path: '/funnel',
  validateSearch: reportSearch,
  component: lazyPage(() => import('./features/funnel/components/funnel-page.tsx'), 'FunnelPage'),
});
const forecast = createRoute({
  getParentRoute: () => root,
  path: '/forecast',
  validateSearch: reportSearch,
  component: lazyPage(() => import('./features/funnel/components/forecast-page.tsx'), 'ForecastPage'),
});
const winLoss = createRoute({
  getParentRoute: () => root,
  path: '/win-loss',
  validateSearch: reportSearch,
  component: lazyPage(() => import('./features/funnel/components/win-loss-page.tsx'), 'WinLossPage'),
});
const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  validateSearch: auditSearch,
  component: lazyPage(() => import('./features/audit/components/audit-page.tsx'), 'AuditPage'),
});
const imports = createRoute({
  getParentRoute: () => root,
  path: '/imports',
  validateSearch: importSearch,
  component: lazyPage(() => import('./features/imports/components/imports-page.tsx'), 'ImportsPage'),
});
const operations = createRoute({
  getParentRoute: () => root,
  path: '/operations',
  validateSearch: operationsSearch,
  component: lazyPage(() => import('./features/operations/components/operations-page.tsx'), 'OperationsPage'),
});

const routeTree = root.addChildren([entry, board, deals, deal, funnel, forecast, winLoss, audit, imports, operations]);

/** Every address of the page. What a page shows follows from its address alone, so a link shows a colleague the same. */
export const router = createRouter({
  routeTree,
  // What an address cannot mean is dropped from it, instead of reaching the pages as it was written.
  search: { strict: true },
  defaultPreload: 'intent',
  // Whoever comes back finds a page where it was left.
  scrollRestoration: true,
  defaultPendingComponent: () => <SkeletonLines />,
});

/** Fetches the code of every page and of what opens on them, so that each opens at once, even without a connection. */
export async function fetchPages(): Promise<void> {
  // A page says of which parts it is made.
  await Promise.all(Object.values(router.routesById).map(async ({ options }) => options.component?.preload?.()));
  fetchParts();
}

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
