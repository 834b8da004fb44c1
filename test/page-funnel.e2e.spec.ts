import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Download, Page } from 'playwright-core';
import { accessibilityFaults, describePage, type Company } from './testing/page.ts';

const command = resolve('dist/apps/cli/main.js');

const DAY = 86_400_000;
const today = new Date().toISOString().slice(0, 10);
const pastDay = daysAgo(100);
const [from, to] = [daysAgo(400), daysAgo(30)];
const [compareFrom, compareTo] = [daysAgo(771), daysAgo(401)];
const period = `from=${from}&to=${to}`;
const comparison = `compareFrom=${compareFrom}&compareTo=${compareTo}`;

interface Stage {
  readonly id: string;
  readonly name: string;
  readonly open: number;
  readonly suspended: number;
  readonly stalled?: number;
  readonly worth: readonly { readonly currency: string; readonly amount: number; readonly weightedAmount: number }[];
  readonly period?: Readonly<Record<string, number>> & {
    readonly days: { readonly median: number | null; readonly p75: number | null; readonly p90: number | null };
  };
}

function daysAgo(days: number): string {
  return new Date(Date.parse(today) - days * DAY).toISOString().slice(0, 10);
}

/** The lines of a table as texts by heading; of a figure without what it is compared with. */
async function linesOf(page: Page, table: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const found = page.getByRole('region', { name: table, exact: true }).last().getByRole('table');
  await found.waitFor();
  return found.evaluate((element) => {
    const headings = [...element.querySelectorAll('thead th')].map(({ textContent }) => textContent ?? '');
    return [...element.querySelectorAll('tbody tr')].map((line) =>
      Object.fromEntries(
        [...line.querySelectorAll('td')].map((cell, index) => [headings[index], cell.firstChild?.textContent ?? '']),
      ),
    );
  });
}

/** The number that a text shows; money in minor units of a currency with two digits. */
function numberIn(text: string | undefined, kind: 'count' | 'money' = 'count'): number {
  const number = Number((text ?? '').replaceAll(/[^\d.-]/g, ''));
  return kind === 'money' ? Math.round(number * 100) : number;
}

async function funnelOf({ server }: Company, query: string): Promise<{ readonly total: { stages: readonly Stage[] } }> {
  const { status, body } = await server.get(`/api/v1/funnel?${query}`);
  expect(status).toBe(200);
  return body;
}

function standingOf(lines: readonly Readonly<Record<string, string>>[]) {
  return lines.map((line) => ({
    name: line['Stage'],
    open: numberIn(line['Open deals']),
    suspended: numberIn(line['Suspended']),
    amount: numberIn(line['Amount, USD'], 'money'),
    weightedAmount: numberIn(line['Weighted, USD'], 'money'),
  }));
}

function standingTold(stages: readonly Stage[]) {
  return stages.map(({ name, open, suspended, worth }) => ({
    name,
    open,
    suspended,
    amount: worth[0]?.amount ?? 0,
    weightedAmount: worth[0]?.weightedAmount ?? 0,
  }));
}

async function saved(download: Download): Promise<readonly Readonly<Record<string, string>>[]> {
  return parse(await readFile(await download.path()), { columns: true, bom: true });
}

describePage('the reports of the page', (company) => {
  test('show the funnel that the API tells: standing deals and moves of the period', async () => {
    const page = await company.visit({ path: `/funnel?${period}` });
    const { total } = await funnelOf(company, period);
    expect(standingOf(await linesOf(page, 'Open deals by stage'))).toEqual(standingTold(total.stages));
    const moves = await linesOf(page, 'Moves by stage');
    expect(
      moves.map((line) => [line['Entered'], line['Left'], line['Lost'], line['Moved back']].map(numberOf)),
    ).toEqual(total.stages.map((stage) => ['entered', 'left', 'lost', 'movedBack'].map((flow) => stage.period![flow])));
    expect(await page.title()).toBe('Funnel · Dealtrail');
  });

  test('show time in stage and conversion as tables on request, and keep that in the address', async () => {
    const page = await company.visit({ path: `/funnel?${period}` });
    for (const chart of ['Conversion to the next stage', 'Days in stage']) {
      const part = page
        .locator('div')
        .filter({ has: page.getByRole('heading', { name: chart }) })
        .last();
      await part.getByRole('button', { name: 'Show as a table' }).click();
    }
    const { total } = await funnelOf(company, period);
    const days = await linesOf(page, 'Days in stage');
    expect(days.map((line) => ['Median', 'p75', 'p90'].map((name) => numberIn(line[name])))).toEqual(
      total.stages.map(({ period: flow }) =>
        [flow!.days.median, flow!.days.p75, flow!.days.p90].map((value) => Math.round(value! * 10) / 10),
      ),
    );
    const shown = await linesOf(page, 'Conversion to the next stage');
    expect(shown.map((line) => numberIn(line['To next']) + numberIn(line['Drop-off']))).toEqual(
      total.stages.map(() => expect.closeTo(100, 0)),
    );
    await page.reload();
    expect(await linesOf(page, 'Days in stage')).toEqual(days);
  });

  test('turn into what they were on a day: the same figures as the API and the command line', async () => {
    const page = await company.visit({ path: `/funnel?${period}` });
    await linesOf(page, 'Open deals by stage');
    await page.getByLabel('As of', { exact: true }).fill(pastDay);
    await page.getByText(/^As it stood at the end of/).waitFor();
    const { total } = await funnelOf(company, `${period}&asOf=${pastDay}`);
    const now = await funnelOf(company, period);
    expect(standingTold(total.stages)).not.toEqual(standingTold(now.total.stages));
    const open = String(total.stages.reduce((sum, stage) => sum + stage.open, 0));
    await page.getByRole('definition').first().getByText(open, { exact: true }).waitFor();
    const shown = standingOf(await linesOf(page, 'Open deals by stage'));
    expect(shown).toEqual(standingTold(total.stages));
    const args = ['funnel', '--as-of', pastDay, '--json', '--data', company.server.data];
    const { stdout } = await promisify(execFile)(process.execPath, [command, ...args]);
    expect(shown).toEqual(standingTold(JSON.parse(stdout).total.stages));
    await page.getByRole('button', { name: 'Now' }).click();
    await page.getByText(/^As it stood at the end of/).waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.has('asOf')).toBe(false);
  });

  test.each([
    ['Open deals by stage', 'Open deals', ''],
    ['Open deals by stage', 'Open deals', `&asOf=${pastDay}`],
    ['Open deals by stage', 'Stalled', ''],
    ['Moves by stage', 'Lost', ''],
    ['Moves by stage', 'Won', `&asOf=${pastDay}`],
  ])('lead from a figure of “%s”, %s%s, to as many deals as it says', async (table, heading, moment) => {
    const page = await company.visit({ path: `/funnel?${period}${moment}` });
    const lines = await linesOf(page, table);
    const index = lines.findIndex((line) => numberIn(line[heading]) > 0);
    const count = numberIn(lines[index]![heading]);
    const column = Object.keys(lines[0]!).indexOf(heading);
    const figures = page.getByRole('region', { name: table, exact: true }).last().locator('tbody tr').nth(index);
    await figures.locator('td').nth(column).getByRole('link').click();
    await page.waitForURL('**/deals?*');
    await page.getByText(count === 1 ? '1 deal' : `${count} deals`, { exact: true }).waitFor();
  });

  test('lead from the figures at a glance to as many deals as they say', async () => {
    const page = await company.visit({ path: `/funnel?${period}` });
    for (const name of ['Open deals', 'Opened', 'Won', 'Lost']) {
      const figure = page.locator('dl > div').filter({ has: page.getByRole('button', { name, exact: true }) });
      const count = (await figure.getByRole('link').textContent())!;
      await figure.getByRole('link').click();
      await page.waitForURL('**/deals?*');
      await page.getByText(`${count} deals`, { exact: true }).waitFor();
      await page.goBack();
    }
  });

  test('say what a figure means to who points at it or moves to it by keys', async () => {
    const page = await company.visit({ path: '/funnel' });
    await page.getByRole('button', { name: 'Win rate' }).focus();
    await page.getByRole('tooltip').getByText('Won ÷ (won + lost) in the period.').waitFor();
  });

  test('stand against another period: both answers of the API and their difference', async () => {
    const page = await company.visit({ path: `/funnel?${period}` });
    await page.getByLabel('Compare with').selectOption('Previous period');
    await page.getByText(/^was /).first().waitFor();
    const { searchParams } = new URL(page.url());
    const compared = `from=${searchParams.get('compareFrom')}&to=${searchParams.get('compareTo')}`;
    expect(compared).toBe(`from=${compareFrom}&to=${compareTo}`);
    const [now, then] = [await funnelOf(company, period), await funnelOf(company, compared)];
    const lines = await linesOf(page, 'Moves by stage');
    expect(lines.map((line) => [line['Stage'], numberOf(line['Entered'])])).toEqual(
      now.total.stages.flatMap(({ name, period: flow }, index) => [
        [name, flow!['entered']],
        [`${name}, compared`, then.total.stages[index]!.period!['entered']],
      ]),
    );
    const [first, other] = [now.total.stages[0]!.period!['entered']!, then.total.stages[0]!.period!['entered']!];
    const difference = `${first > other ? '+' : ''}${first - other}`;
    const cell = page.getByRole('region', { name: 'Moves by stage' }).last().locator('tbody tr').first();
    expect(await cell.locator('td').nth(1).textContent()).toContain(`${first}${difference}, `);
  });

  test('split by a dimension, and each part leads to its own deals', async () => {
    const page = await company.visit({ path: `/funnel?${period}` });
    await page.getByLabel('Split by').selectOption('Region');
    const lines = await linesOf(page, 'By Region');
    const { body } = await company.server.get(`/api/v1/funnel?${period}&by=region`);
    expect(lines.map((line) => [line['Region'], numberOf(line['Open deals']), numberOf(line['Won'])])).toEqual(
      body.groups.map((group: { value: string; report: { open: number; period: { won: number } } }) => [
        group.value,
        group.report.open,
        group.report.period.won,
      ]),
    );
    const [first] = lines;
    await page.getByRole('region', { name: 'By Region' }).last().locator('tbody a').first().click();
    await page.waitForURL('**/deals?*');
    await page.getByText(`${first!['Open deals']} deals`, { exact: true }).waitFor();
  });

  test('are the same again from their address', async () => {
    const path = `/funnel?${period}&${comparison}&asOf=${pastDay}&by=team&measure=weightedAmount&tables=days`;
    const page = await company.visit({ path });
    await linesOf(page, 'By Team');
    await page.getByText(/^was /).first().waitFor();
    const told = await page.getByRole('main').innerText();
    const other = await company.visit({ path: page.url().slice(company.server.url.length) });
    await linesOf(other, 'By Team');
    await other.getByText(/^was /).first().waitFor();
    expect(await other.getByRole('main').innerText()).toBe(told);
    expect(await other.getByLabel('Bars show').inputValue()).toBe('weightedAmount');
    expect(await other.getByLabel('Compare with').inputValue()).toBe('previous');
  });

  test('forecast by month and stage what the API tells, now and as of a day', async () => {
    for (const moment of ['', `asOf=${pastDay}`]) {
      const page = await company.visit({ path: `/forecast?tables=months&${moment}` });
      const { body } = await company.server.get(`/api/v1/forecast?${moment}`);
      const months = await linesOf(page, 'Expected by month of landing, USD');
      expect(
        months.map((line) => [
          numberOf(line['Deals']),
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
      expect(stages.map((line) => [numberOf(line['Chance to win']), line['Lands in']])).toEqual([
        [36, '4 months'],
        [72, '2 months'],
        [90, '1 month'],
        [100, 'at once'],
      ]);
      expect(stages.map((line) => numberOf(line['Open deals']))).toEqual(
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
    expect(reasons.map((line) => numberOf(line['Lost']))).toEqual(
      body.total.reasons.map(({ count }: { count: number }) => count),
    );
    const competitors = await linesOf(page, 'Lost by competitor');
    expect(competitors.map((line) => numberOf(line['Lost']))).toEqual(
      body.total.competitors.map(({ count }: { count: number }) => count),
    );
    const owners = await linesOf(page, 'By Owner');
    expect(owners.map((line) => [line['Owner'], numberOf(line['Won']), numberOf(line['Lost'])])).toEqual(
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

function numberOf(text: string | undefined): number {
  return numberIn(text);
}
