import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Download } from 'playwright-core';
import { accessibilityFaults, describePage } from './testing/page.ts';
import { linesOf, numberIn } from './testing/report-tables.ts';

const DAY = 86_400_000;
const today = new Date().toISOString().slice(0, 10);
const pastDay = daysAgo(100);
const [from, to] = [daysAgo(400), daysAgo(30)];
const [compareFrom, compareTo] = [daysAgo(771), daysAgo(401)];
const period = `from=${from}&to=${to}`;
const comparison = `compareFrom=${compareFrom}&compareTo=${compareTo}`;

function daysAgo(days: number): string {
  return new Date(Date.parse(today) - days * DAY).toISOString().slice(0, 10);
}

async function saved(download: Download): Promise<readonly Readonly<Record<string, string>>[]> {
  return parse(await readFile(await download.path()), { columns: true, bom: true });
}

describePage('the forecast, win/loss and what all reports of the page share', (company) => {
  test('forecast by month and stage what the API tells, now and as of a day', async () => {
    for (const moment of ['', `asOf=${pastDay}`]) {
      const page = await company.visit({ path: `/forecast?tables=months&${moment}` });
      const { body } = await company.server.get(`/api/v1/forecast?${moment}`);
      const months = await linesOf(page, 'Expected by month of landing, USD');
      expect(
        months.map((line) => [
          numberIn(line['Deals']),
          numberIn(line['Expected by stage, USD'], 'money'),
          numberIn(line['Own judgement, USD'], 'money'),
        ]),
      ).toEqual(
        body.months.map((month: { count: number; expectedAmount: number; expectedByReps: number }) => [
          month.count,
          month.expectedAmount,
          month.expectedByReps,
        ]),
      );
      const stages = await linesOf(page, 'Expected by stage');
      expect(stages.map((line) => [numberIn(line['Chance to win']), line['Lands in']])).toEqual([
        [36, '4 months'],
        [72, '2 months'],
        [90, '1 month'],
        [100, 'at once'],
      ]);
      expect(stages.map((line) => numberIn(line['Open deals']))).toEqual(
        body.stages.map(({ open }: { open: number }) => open),
      );
    }
  });

  test('say where the funnel starves for a target of 540,000', async () => {
    const page = await company.visit({ path: '/forecast' });
    await page.getByLabel('Target to win').fill('a lot');
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('Give an amount such as').waitFor();
    await page.getByLabel('Target to win').fill('540,000');
    await page.getByRole('button', { name: 'Check' }).click();
    const lines = await linesOf(page, 'Where the funnel starves');
    expect(lines.map((line) => numberIn(line['Needed'], 'money'))).toEqual([
      150_000_000, 75_000_000, 60_000_000, 54_000_000,
    ]);
    const { body } = await company.server.get('/api/v1/forecast?target=54000000&currency=USD');
    expect(lines.map((line) => line['Verdict'])).toEqual(
      body.stages.map(({ need }: { need: { starving: boolean } }) => (need.starving ? 'Starves' : 'Enough')),
    );
    expect(new URL(page.url()).searchParams.get('target')).toBe('54000000');
  });

  test('say what was won and lost, why and to whom, and list the losses', async () => {
    const page = await company.visit({ path: `/win-loss?${period}&by=owner` });
    const { body } = await company.server.get(`/api/v1/win-loss?${period}&by=owner`);
    const reasons = await linesOf(page, 'Lost by reason');
    expect(reasons.map((line) => numberIn(line['Lost']))).toEqual(
      body.total.reasons.map(({ count }: { count: number }) => count),
    );
    const competitors = await linesOf(page, 'Lost by competitor');
    expect(competitors.map((line) => numberIn(line['Lost']))).toEqual(
      body.total.competitors.map(({ count }: { count: number }) => count),
    );
    const owners = await linesOf(page, 'By Owner');
    expect(owners.map((line) => [line['Owner'], numberIn(line['Won']), numberIn(line['Lost'])])).toEqual(
      body.groups.map((group: { value: string; report: { won: number; lost: number } }) => [
        group.value,
        group.report.won,
        group.report.lost,
      ]),
    );
    await page.getByRole('link', { name: `All ${body.total.lost} lost deals` }).click();
    await page.getByText(`${body.total.lost} deals`, { exact: true }).waitFor();
    await page.goBack();
    const losses = page.getByRole('region', { name: 'Latest losses' }).last();
    const title = await losses.getByRole('link').first().textContent();
    await losses.getByRole('link').first().click();
    await page.waitForURL(/\/deals\/[^?]+/);
    await page.getByRole('heading', { name: title! }).first().waitFor();
  });

  test('save a table as CSV with the figures it shows', async () => {
    const page = await company.visit({ path: `/funnel?${period}&${comparison}` });
    await page.getByText(/^was /).first().waitFor();
    const lines = await linesOf(page, 'Open deals by stage');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('main').getByRole('button', { name: 'CSV' }).first().click(),
    ]);
    expect(download.suggestedFilename()).toBe('Open deals by stage.csv');
    const rows = await saved(download);
    expect(rows.map(({ Stage: name }) => name)).toEqual(lines.map(({ Stage: name }) => name));
    for (const heading of ['Open deals', 'Amount, USD', 'Weighted, USD', 'Suspended', 'Stalled']) {
      expect(rows.map((row) => Number(row[heading]))).toEqual(lines.map((line) => numberIn(line[heading])));
    }
  });

  test('tell an empty cut what to do', async () => {
    const page = await company.visit({ path: '/funnel?owner=Nobody' });
    await page.getByText('No deals here').waitFor();
    await page.getByRole('button', { name: 'Remove filters' }).click();
    await linesOf(page, 'Open deals by stage');
  });

  test('say on paper in words what was chosen, and leave out the controls', async () => {
    const page = await company.visit({ path: `/funnel?${period}&owner=Nobody&owner=Li Wei&by=region` });
    await linesOf(page, 'Open deals by stage');
    await page.emulateMedia({ media: 'print' });
    await page.getByText(/Period: .* · Split by: Region · Owner: Nobody, Li Wei · As of /).waitFor();
    for (const control of ['Period', 'Compare with', 'Bars show'])
      expect(await page.getByLabel(control, { exact: true }).isVisible()).toBe(false);
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
  });

  test.each(['/funnel', '/forecast', '/win-loss'])('%s reads in Chinese and fits a phone', async (path) => {
    const page = await company.visit({ path: `${path}?${period}&by=region`, language: 'zh', width: 390 });
    await page.getByRole('table').first().waitFor();
    const names = { '/funnel': '销售漏斗', '/forecast': '销售预测', '/win-loss': '赢单与丢单' };
    await page.getByRole('heading', { level: 1, name: names[path as keyof typeof names] }).waitFor();
    expect(await page.getByRole('main').innerText()).not.toMatch(/\b(Open|Won|Lost|Stage|Period|Amount)\b/);
    expect(await page.getByRole('main').evaluate((main) => main.scrollWidth - main.clientWidth)).toBe(0);
  });

  test.each([
    ['/funnel', 'light'],
    ['/funnel', 'dark'],
    ['/forecast', 'light'],
    ['/forecast', 'dark'],
    ['/win-loss', 'light'],
    ['/win-loss', 'dark'],
  ] as const)('%s in the %s theme has no fault that a checker finds', async (path, theme) => {
    const query = `${period}&${comparison}&by=region&tables=days&tables=months&target=54000000&targetCurrency=USD`;
    const page = await company.visit({ path: `${path}?${query}&asOf=${today}`, theme });
    await page.locator('main svg[class*=plot]').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});
