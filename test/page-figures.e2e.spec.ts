import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { accessibilityFaults, describePage } from './testing/page.ts';

const period = `from=2000-01-01&to=${new Date().toISOString().slice(0, 10)}`;

function monthName(month: string): string {
  return new Date(month).toLocaleDateString('en', { year: 'numeric', month: 'short', timeZone: 'UTC' });
}

/** Opens the deals behind the first figure of a line, and says how many the list has and what it is narrowed by. */
async function dealsBehind(
  page: Page,
  table: string,
  line: string | RegExp,
  count: number,
): Promise<readonly string[]> {
  const row = page.getByRole('region', { name: table, exact: true }).last().getByRole('row').filter({ hasText: line });
  await row
    .getByRole('link', { name: String(count), exact: true })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: 'Deals' }).waitFor();
  await page
    .getByText(`${count} deal${count === 1 ? '' : 's'}`, { exact: true })
    .first()
    .waitFor();
  const chips = page.getByRole('button', { name: /^Remove filter / });
  return (await chips.allTextContents()).toSorted();
}

describePage('the figures of the reports', (company) => {
  test('of a category and of a month of landing open the deals they count', async () => {
    const { server } = company;
    const amount = { minorUnits: 100_000, currency: 'USD' };
    const sure = { title: 'As good as won', owner: 'Ada', region: 'north', amount, forecastCategory: 'commit' };
    const { position } = (await server.post('/api/v1/opportunities', sure)).body;
    const { months, categories } = (await server.get(`/api/v1/forecast?after=${position}`)).body;
    const page = await company.visit({ path: '/forecast?tables=months' });
    const judged = categories.find(({ category }: { category: string }) => category === 'commit');
    expect(await dealsBehind(page, 'By category, USD', 'Commit', judged.count)).toContain('Forecast: Commit');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goBack();
    const whole = categories.find(({ category }: { category: string }) => category === 'pipeline');
    const chips = await dealsBehind(page, 'By category, USD', 'Pipeline', whole.count);
    expect(chips).toContain('Forecast: Pipeline, not judged');
    await page.goBack();
    const month = months.find(({ count }: { count: number }) => count > 0);
    const name = monthName(month.month);
    const landing = await dealsBehind(page, 'Expected by month of landing, USD', name, month.count);
    expect(landing).toContain(`Lands in ${name}`);
    await page.goBack();
    const judgedMonth = months.find(({ countByReps }: { countByReps: number }) => countByReps > 0);
    const judgedName = monthName(judgedMonth.month);
    const table = page.getByRole('region', { name: 'Expected by month of landing, USD' }).last();
    await table.getByRole('row').filter({ hasText: judgedName }).getByRole('link').last().click();
    await page.getByRole('button', { name: `Remove filter Lands in ${judgedName} by own judgement` }).waitFor();
    const count = judgedMonth.countByReps;
    await page
      .getByText(`${count} deal${count === 1 ? '' : 's'}`, { exact: true })
      .first()
      .waitFor();
  });

  test('of a reason and of a competitor, or of none, open the deals lost so', async () => {
    const { total } = (await company.server.get(`/api/v1/win-loss?${period}`)).body;
    const page = await company.visit({ path: `/win-loss?${period}` });
    const price = total.reasons.find(({ value }: { value: string }) => value === 'price');
    expect(await dealsBehind(page, 'Lost by reason', 'Price', price.count)).toContain('Lost for: Price');
    await page.goBack();
    const named = total.competitors.find(({ value }: { value: string | null }) => value !== null);
    const chips = await dealsBehind(page, 'Lost by competitor', named.value, named.count);
    expect(chips).toContain(`Lost to: ${named.value}`);
    await page.goBack();
    const none = total.competitors.find(({ value }: { value: string | null }) => value === null);
    const without = await dealsBehind(page, 'Lost by competitor', /none|nobody|no competitor/i, none.count);
    expect(without).toContain('Lost to: nobody named');
  });

  test('of deals without a value open those deals, and the filter offers them', async () => {
    const { server } = company;
    const opened = await server.post('/api/v1/opportunities', {
      title: 'Without a team',
      owner: 'Ada',
      region: 'north',
    });
    const { body } = await server.get(`/api/v1/opportunities?team=&status=open&after=${opened.body.position}`);
    const page = await company.visit({ path: '/funnel?by=team' });
    expect(await dealsBehind(page, 'By Team', 'Without', body.total)).toContain('Team: none');
    await page.getByRole('link', { name: 'Without a team' }).waitFor();

    await page.goto(`${server.url}/board`);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('tab', { name: 'Team' }).click();
    await page.getByRole('checkbox', { name: /^Without/ }).check();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove filter Team: none' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Remove filter Team: none' }).waitFor();
    const totals = (await server.get('/api/v1/board?team=')).body.totals;
    await page
      .getByText(`${totals.count} deal${totals.count === 1 ? '' : 's'}`, { exact: true })
      .first()
      .waitFor();
  });

  test('of the whole board are those the API tells', async () => {
    const { totals } = (await company.server.get('/api/v1/board')).body;
    const page = await company.visit({ path: '/board' });
    const shown = page.getByRole('group').filter({ hasText: `${totals.count} deals` });
    await shown.waitFor();
    const amounts = shown.locator('[data-amount]');
    expect(await amounts.evaluateAll((all) => all.map((one) => Number(one.getAttribute('data-amount'))))).toEqual(
      totals.worth.map(({ amount }: { amount: number }) => amount),
    );
  });
});
