import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import { accessibilityFaults, describePage, pressInTurn, type Company } from './testing/page.ts';

const PAGES = ['Board', 'Deals', 'Funnel', 'Forecast', 'Win/loss'] as const;

/** Where it is not there yet; what the page reads then has it. */
async function openPipeline({ server }: Company): Promise<void> {
  const stage = { id: 'lead', name: 'Lead', successRate: 5_000, expectedDuration: { count: 1, unit: 'months' } };
  await server.post('/api/v1/pipelines', {
    id: 'partners',
    name: 'Partners',
    stages: [
      { ...stage, requires: [] },
      { ...stage, id: 'order', name: 'Order', requires: [] },
    ],
  });
  await server.get(`/api/v1/pipelines?after=${await server.head()}`);
}

async function chosen(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
  await eventually(async () =>
    expect(await page.getByLabel('Pipeline', { exact: true }).inputValue()).toBe('partners'),
  );
}

describePage('the pipeline of the pages', (company) => {
  test('stays the same on the way by links, keys and the palette', async () => {
    await openPipeline(company);
    const amount = { minorUnits: 100_000, currency: 'USD' };
    const deal = { title: 'A partner', owner: 'Hao Chen', pipelineId: 'partners', stageId: 'lead', amount };
    await company.server.post('/api/v1/opportunities', deal);
    const page = await company.visit({ path: '/board?pipeline=partners' });
    await chosen(page, 'Board');
    const navigation = page.getByRole('navigation', { name: 'Main navigation' });
    for (const name of [...PAGES.slice(1), 'Board']) {
      await navigation.getByRole('link', { name, exact: true }).click();
      await chosen(page, name);
    }
    await pressInTurn(page, 'g', 'f');
    await chosen(page, 'Funnel');
    await page.getByRole('navigation', { name: 'Reports' }).getByRole('link', { name: 'Forecast' }).click();
    await chosen(page, 'Forecast');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search or jump to…' }).fill('win/');
    await page.getByRole('option', { name: /^Win\/loss/ }).click();
    await chosen(page, 'Win/loss');
    expect(new URL(page.url()).searchParams.get('pipeline')).toBe('partners');
  });

  test('is said not to be there where an address names an unknown one, with links to those there are', async () => {
    await openPipeline(company);
    for (const path of ['board', 'deals', 'funnel', 'forecast', 'win-loss']) {
      const page = await company.visit({ path: `/${path}?pipeline=nowhere` });
      await page.getByText('There is no pipeline “nowhere”').waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole('link', { name: 'To the pipeline “Partners”' }).click();
      await page.waitForURL(`**/${path}?pipeline=partners`);
    }
  });
});

describePage(
  'a company without deals',
  (company) => {
    test('is led from its reports to the import and to its other pipelines', async () => {
      await openPipeline(company);
      for (const path of ['funnel', 'forecast', 'win-loss']) {
        const page = await company.visit({ path: `/${path}` });
        await page.getByText('There are no deals yet').waitFor();
        expect(await page.getByRole('button', { name: /longer|12 months/ }).count()).toBe(0);
        await page.getByRole('link', { name: 'To the pipeline “Partners”' }).waitFor();
        await page.getByRole('link', { name: 'Import deals' }).click();
        await page.waitForURL('**/imports');
      }
    });
  },
  { deals: 0 },
);

describePage(
  'a company with its first deal',
  (company) => {
    test('sees its reports of the pipeline that has it, where the address names none', async () => {
      await openPipeline(company);
      const deal = { title: 'A partner', owner: 'Hao Chen', pipelineId: 'partners', stageId: 'lead' };
      const { body } = await company.server.post('/api/v1/opportunities', deal);
      await company.server.get(`/api/v1/funnel?pipeline=partners&after=${body.position}`);
      for (const path of ['funnel', 'forecast']) {
        const page = await company.visit({ path: `/${path}` });
        await page.waitForURL(`**/${path}?pipeline=partners`);
        await page.getByRole('button', { name: 'Open deals' }).first().waitFor();
      }
    });
  },
  { deals: 0 },
);
