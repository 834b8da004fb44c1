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
const compared = `from=${compareFrom}&to=${compareTo}`;

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
      page.getByRole('main').getByRole('button', { name: 'CSV' }).nth(1).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`Open deals by stage ${today}.csv`);
    const rows = await saved(download);
    const [total, ...stages] = rows.toReversed();
    expect(stages.toReversed().map(({ Stage: name }) => name)).toEqual(lines.map(({ Stage: name }) => name));
    const { total: told } = (await company.server.get('/api/v1/funnel')).body;
    expect([total!['Stage'], Number(total!['Open deals']), Number(total!['Stalled'])]).toEqual([
      'Total',
      told.open,
      told.stalled,
    ]);
    expect(Number(total!['Amount, USD'])).toBe(told.worth[0].amount / 100);
    for (const heading of ['Open deals', 'Amount, USD', 'Weighted, USD', 'Suspended', 'Stalled']) {
      expect(stages.toReversed().map((row) => Number(row[heading]))).toEqual(
        lines.map((line) => numberIn(line[heading])),
      );
    }
  });

  test('tell the figures at a glance to the last digit: as CSV, and to who points at one', async () => {
    const page = await company.visit({ path: `/funnel?${period}&${comparison}` });
    await page.getByText(/^was /).first().waitFor();
    const glance = page.getByRole('region', { name: 'At a glance' });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      glance.getByRole('button', { name: 'CSV' }).click(),
    ]);
    const rows = new Map((await saved(download)).map((row) => [row['Figure'], row]));
    const { total } = (await company.server.get(`/api/v1/funnel?${period}`)).body;
    const { total: then } = (await company.server.get(`/api/v1/funnel?${compared}`)).body;
    const [mean, meanThen] = [total, then].map((report) => Math.round(report.period.wonAmounts[0].mean) / 100);
    expect(rows.get('Average won')).toMatchObject({
      Value: String(mean),
      'Compared with': String(meanThen),
      Currency: 'USD',
    });
    expect(Number(rows.get('Stalled')!['Value'])).toBe(total.stalled);
    const exactly = glance.getByTitle(mean!.toLocaleString('en', { style: 'currency', currency: 'USD' }).slice(1));
    expect(await exactly.count()).toBeGreaterThan(0);
    // What is open at the moment of the report says nothing of the other period.
    expect(rows.get('Velocity per day')).toMatchObject({ 'Compared with': '' });
  });

  test('say what the address cannot mean, and leave it out', async () => {
    const page = await company.visit({ path: '/forecast?asOf=2130-12-31&target=50000000&colour=red&from=2026-02-30' });
    const notice = page.getByText('The address says something that cannot be meant here and is left out');
    await notice.waitFor();
    for (const said of ['asOf=2130-12-31', 'target=50000000', 'colour=red', 'from=2026-02-30'])
      expect(await notice.textContent()).toContain(said);
    expect(await page.getByText(/^As it stood/).count()).toBe(0);
    expect(await page.getByLabel('Target to win').inputValue()).toBe('');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('As of', { exact: true }).fill(pastDay);
    await page.getByText(/^As it stood at the end of/).waitFor();
    expect(await notice.count()).toBe(0);
  });

  test('may be of a moment of a past day, as the API takes it', async () => {
    const moment = `${pastDay}T12:00:00Z`;
    const page = await company.visit({ path: `/funnel?asOf=${moment}` });
    await page.getByText(/^As it stood at .*12:00/).waitFor();
    const { total } = (await company.server.get(`/api/v1/funnel?asOf=${moment}`)).body;
    const lines = await linesOf(page, 'Open deals by stage');
    expect(lines.map((line) => numberIn(line['Open deals']))).toEqual(
      total.stages.map(({ open }: { open: number }) => open),
    );
  });

  test.each(['/funnel?fromStage=nope', `/win-loss?pipeline=default&owner=${'x'.repeat(501)}`])(
    'tell what is wrong with %.30s once',
    async (path) => {
      const page = await company.visit({ path });
      await page.getByText('This could not be loaded').first().waitFor();
      expect(await page.getByRole('alert').count()).toBe(1);
    },
  );

  test('keep the figures that cannot be told of a day without endings', async () => {
    const page = await company.visit({ path: '/funnel?from=1999-01-01&to=1999-01-01' });
    for (const name of ['Average won', 'Velocity per day']) {
      const figure = page.locator('dl > div').filter({ has: page.getByRole('button', { name, exact: true }) });
      expect(await figure.getByRole('definition').textContent()).toBe('–');
    }
  });

  test('have a table behind every chart that reads as the page does, for who does not see it', async () => {
    const page = await company.visit({ path: `/funnel?${period}&${comparison}` });
    await page.getByText(/^was /).first().waitFor();
    for (const name of ['Conversion to the next stage', 'Days in stage']) {
      const table = page.getByRole('table', { name });
      const figures = await table.getByRole('cell').allTextContents();
      expect(figures.join(' ')).toMatch(/\d/);
      expect(figures.filter((text) => /\.\d{2}/.test(text))).toEqual([]);
      // Nobody would see where the focus is.
      expect(await table.getByRole('link').count()).toBe(0);
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
    for (const name of ['Moves by stage', 'Conversion to the next stage', 'By Region'])
      expect(await page.getByRole('heading', { name }).isVisible()).toBe(true);
    expect((await page.getByRole('table', { name: 'Days in stage' }).boundingBox())!.width).toBeGreaterThan(100);
    for (const control of ['Period', 'Compare with', 'Bars show'])
      expect(await page.getByLabel(control, { exact: true }).isVisible()).toBe(false);
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
  });

  test('say on paper the day and the target, and leave out what has none', async () => {
    const page = await company.visit({ path: '/forecast?target=54000000&targetCurrency=USD' });
    await linesOf(page, 'Where the funnel starves');
    await page.emulateMedia({ media: 'print' });
    await page.getByText(/Target to win: .*540,000\.00 · As of /).waitFor();
    await page.goto(`${company.server.url}/forecast`);
    await linesOf(page, 'Expected by stage');
    expect(await page.getByRole('heading', { name: 'Where the funnel starves' }).isVisible()).toBe(false);
    await page.goto(`${company.server.url}/win-loss`);
    await linesOf(page, 'Lost by reason');
    await page.getByText(/Period: .* · As of /).waitFor();
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
