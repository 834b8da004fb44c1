import { beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import { describePage, smallTargets } from './testing/page.ts';

describePage('every page', (company) => {
  const pages = new Map<string, string>([
    ['the board', '/board?owner=%5B%22Hao%20Chen%22%5D'],
    ['the deals', '/deals?status=won&asOf=2026-01-01'],
    ['the funnel', '/funnel?by=owner'],
    ['the forecast', '/forecast'],
    ['won and lost', '/win-loss'],
    ['the verification', '/audit?section=verify'],
    ['the replay', '/audit?section=replay'],
    ['the difference', '/audit?section=difference'],
    ['the imports', '/imports'],
    ['the operations', '/operations'],
  ]);

  beforeAll(async () => {
    const { opportunities } = (await company.server.get('/api/v1/opportunities?status=won&limit=1')).body;
    pages.set('a deal', `/deals/${opportunities[0].id}`);
    const { events } = (await company.server.get('/api/v1/audit/events?type=OpportunityStageMoved&limit=1')).body;
    pages.set('an event', `/audit?position=${events[0].position}`);
  });

  test.each([390, 1440] as const)('has nothing to press that is smaller than 24 px, %d px wide', async (width) => {
    const found: Record<string, readonly string[]> = {};
    for (const [name, path] of pages) {
      const page = await company.visit({ path, width });
      await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
      await eventually(async () => (await page.locator('main .animate-pulse').count()) === 0);
      const small = await smallTargets(page);
      if (small.length > 0) found[name] = small;
      await page.close();
    }
    expect(found).toEqual({});
  });
});
