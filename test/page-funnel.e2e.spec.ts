import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import { describePage, type Company } from './testing/page.ts';
import { linesOf, numberIn } from './testing/report-tables.ts';

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

interface Ended {
  readonly won: number;
  readonly lost: number;
}

interface Total {
  readonly stages: readonly Stage[];
  readonly period?: Ended & { readonly velocity: readonly { readonly minorUnitsPerDay: number }[] };
}

async function funnelOf({ server }: Company, query: string): Promise<{ readonly total: Total }> {
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

describePage('the funnel of the page', (company) => {
  test('show the funnel that the API tells: standing deals and moves of the period', async () => {
    const page = await company.visit({ path: `/funnel?${period}` });
    const { total } = await funnelOf(company, period);
    expect(standingOf(await linesOf(page, 'Open deals by stage'))).toEqual(standingTold(total.stages));
    const moves = await linesOf(page, 'Moves by stage');
    expect(
      moves.map((line) =>
        [line['Entered'], line['Left'], line['Lost'], line['Moved back']].map((text) => numberIn(text)),
      ),
    ).toEqual(total.stages.map((stage) => ['entered', 'left', 'lost', 'movedBack'].map((flow) => stage.period![flow])));
    expect(await page.title()).toBe('Funnel · Dealtrail');
  });

  test.each([1440, 1024] as const)(
    'show the figures at a glance with none alone in the last row, at %d px',
    async (width) => {
      const page = await company.visit({ path: `/funnel?${period}`, width });
      const names = page.getByRole('region', { name: 'At a glance' }).getByRole('term');
      await names.first().waitFor();
      const tops = await names.evaluateAll((all) => all.map((name) => name.getBoundingClientRect().top));
      expect(tops).toHaveLength(13);
      expect(tops.filter((top) => top === Math.max(...tops)).length).toBeGreaterThan(1);
    },
  );

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
    const shown = await eventually(async () => {
      const standing = standingOf(await linesOf(page, 'Open deals by stage'));
      expect(standing).toEqual(standingTold(total.stages));
      return standing;
    });
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

  test.each([
    ['Win rate', ({ won, lost }: Ended) => won + lost],
    ['Sales cycle', ({ won }: Ended) => won],
  ])('lead from the %s to the deals it is made of', async (name, count) => {
    const page = await company.visit({ path: `/funnel?${period}` });
    const { total } = await funnelOf(company, period);
    const figure = page.locator('dl > div').filter({ has: page.getByRole('button', { name, exact: true }) });
    await figure.getByRole('link').click();
    await page.waitForURL('**/deals?*');
    await page.getByText(`${count(total.period!)} deals`, { exact: true }).waitFor();
  });

  test.each([
    ['Conversion to the next stage', 'To next', 'left'],
    ['Conversion to the next stage', 'Drop-off', 'left'],
    ['Days in stage', 'Stays', 'stayed'],
    ['Days in stage', 'p90', 'stayed'],
  ])('lead from “%s”, %s, to the deals that %s the stage', async (table, heading, flow) => {
    const page = await company.visit({ path: `/funnel?${period}&tables=conversion&tables=days` });
    const [line] = await linesOf(page, table);
    const column = Object.keys(line!).indexOf(heading);
    const first = page.getByRole('region', { name: table, exact: true }).last().locator('tbody tr').first();
    await first.locator('td').nth(column).getByRole('link').click();
    await page.waitForURL('**/deals?*');
    const { body } = await company.server.get(`/api/v1/opportunities?flow=${flow}&stage=potential&${period}`);
    await page.getByText(`${body.total} deals`, { exact: true }).waitFor();
  });

  test('count the velocity from a stage that is chosen, and say so', async () => {
    const page = await company.visit({ path: `/funnel?${period}` });
    await page.getByLabel('Velocity from').selectOption('Negotiation');
    await page.getByRole('button', { name: 'Velocity per day, from Negotiation' }).waitFor();
    const { total } = await funnelOf(company, `${period}&fromStage=negotiation`);
    const exact = total.period!.velocity[0]!.minorUnitsPerDay;
    const told = (Math.round(exact) / 100).toLocaleString('en', { minimumFractionDigits: 2 });
    await eventually(async () => expect(await page.getByTitle(told).count()).toBeGreaterThan(0));
    await page.emulateMedia({ media: 'print' });
    await page.getByText(/ · Velocity from: Negotiation · /).waitFor();
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
    expect(lines.map((line) => [line['Stage'], numberIn(line['Entered'])])).toEqual(
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
    expect(lines.map((line) => [line['Region'], numberIn(line['Open deals']), numberIn(line['Won'])])).toEqual(
      body.groups.map((group: { value: string; report: { open: number; period: { won: number } } }) => [
        group.value,
        group.report.open,
        group.report.period.won,
      ]),
    );
    const split = page.getByRole('region', { name: 'By Region' }).last();
    const dropOff = split.getByRole('columnheader', { name: 'Drop-off' });
    await page.getByLabel(/^Stage/).selectOption('Bidding');
    await dropOff.waitFor();
    const parts = await linesOf(page, 'By Region');
    const bidding = body.groups.map((group: { report: { stages: Stage[] } }) => group.report.stages[1]!);
    expect(parts.map((line) => ['Open deals', 'Stalled', 'Left'].map((name) => numberIn(line[name])))).toEqual(
      bidding.map(({ open, stalled, period: flow }: Stage) => [open, stalled, flow!['left']]),
    );
    await page.getByLabel(/^Stage/).selectOption('All stages');
    await dropOff.waitFor({ state: 'detached' });
    const [first] = lines;
    await split.locator('tbody a').first().click();
    await page.waitForURL('**/deals?*');
    await page.getByText(`${first!['Open deals']} deals`, { exact: true }).waitFor();
  });

  test('are the same again from their address', async () => {
    const path = `/funnel?${period}&${comparison}&asOf=${pastDay}&by=team&measure=weightedAmount&tables=days`;
    const page = await company.visit({ path });
    await linesOf(page, 'By Team');
    await page.getByText(/^was /).first().waitFor();
    await page.locator('main svg[class*=plot]').nth(2).waitFor();
    const other = await company.visit({ path: page.url().slice(company.server.url.length) });
    await linesOf(other, 'By Team');
    await other.getByText(/^was /).first().waitFor();
    await other.locator('main svg[class*=plot]').nth(2).waitFor();
    await eventually(async () =>
      expect(await other.getByRole('main').innerText()).toBe(await page.getByRole('main').innerText()),
    );
    expect(await other.getByLabel('Bars show').inputValue()).toBe('weightedAmount');
    expect(await other.getByLabel('Compare with').inputValue()).toBe('previous');
  });
});
