import { expect, test } from '@jest/globals';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import { describePage } from './testing/page.ts';

const LISTED = 'open,suspended,won,lost,terminated,closed';

describePage('the list of deals', (company) => {
  test('is kept as a view with its status and its order', async () => {
    const page = await company.visit({ path: '/deals?status=won&sort=amount' });
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByLabel('Name of the view').fill('Won, small first');
    await page.getByRole('button', { name: 'Save this view' }).click();
    await page.goto(`${company.server.url}/board`);
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('link', { name: 'Won, small first' }).click();
    await page.waitForURL((url) => url.pathname === '/deals' && url.searchParams.get('sort') === 'amount');
    expect(await page.getByLabel('Status').inputValue()).toBe('won');
  });

  test('says which deals it shows, and counts owners among those', async () => {
    const { body: facets } = await company.server.get(`/api/v1/facets?status=${LISTED}`);
    const [{ value, count }] = facets.owner;
    const page = await company.visit({ path: '/deals' });
    expect(await page.getByLabel('Status').locator('option:checked').textContent()).toBe('All but archived');
    await page.getByRole('button', { name: /^Filter/ }).click();
    await page
      .getByRole('dialog', { name: 'Filters' })
      .getByRole('checkbox', { name: `${value} ${count}` })
      .check();
    await page.getByText(`${count} deals`, { exact: true }).waitFor();
  });

  test('goes back from a filter to what was shown before, and not through what was typed', async () => {
    const page = await company.visit({ path: '/deals' });
    await page.getByLabel('Status').selectOption('won');
    await page.waitForURL((url) => url.searchParams.has('status'));
    const text = page.getByRole('searchbox', { name: 'Text in title or customer' });
    for (const typed of ['pre', 'press']) {
      await text.fill(typed);
      await page.waitForURL((url) => url.searchParams.get('q') === typed);
    }
    await page.goBack();
    await page.waitForURL((url) => !url.searchParams.has('q') && url.searchParams.has('status'));
    await eventually(async () => expect(await text.inputValue()).toBe(''));
    await page.goBack();
    await page.waitForURL((url) => !url.searchParams.has('status'));
  });

  test('has room for every column on a desktop and for amounts on a small one, and says in full what it cuts', async () => {
    const page = await company.visit({ path: '/deals' });
    const region = page.getByRole('region', { name: 'Deals', exact: true });
    await region.getByRole('link').first().waitFor();
    expect(await region.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    const row = region.getByRole('row').nth(1);
    expect(await row.getByRole('cell').nth(1).getAttribute('title')).toBe(
      await row.getByRole('cell').nth(1).textContent(),
    );
    await page.setViewportSize({ width: 1024, height: 900 });
    const amount = await region.getByRole('columnheader', { name: 'Amount' }).boundingBox();
    expect(amount!.x + amount!.width).toBeLessThan(1024);
  });

  test('is printed as far as it is loaded, and says so, without what can be pressed', async () => {
    const page = await company.visit({ path: '/deals' });
    await page.getByRole('table', { name: 'Deals' }).getByRole('link').first().waitFor();
    const { body } = await company.server.get('/api/v1/opportunities?limit=1');
    await page.emulateMedia({ media: 'print' });
    await page.getByText(`The first 100 of ${body.total} deals`).waitFor();
    // On paper at once, and drawn in full a moment later.
    await eventually(async () =>
      expect(await page.getByRole('table', { name: 'Deals' }).getByRole('link').count()).toBe(100),
    );
    for (const name of ['New deal', 'Views', 'CSV', /^Filter/]) {
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    }
    await page.setViewportSize({ width: 760, height: 1_000 });
    const table = await page.getByRole('table', { name: 'Deals' }).boundingBox();
    expect(table!.x + table!.width).toBeLessThanOrEqual(760);
    const heading = await page.getByRole('heading', { level: 1 }).boundingBox();
    expect(heading!.x).toBeLessThan(56);
  });
});
