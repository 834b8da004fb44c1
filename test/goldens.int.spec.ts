/** A CRM's real export through import, projections and queries, against answers that were computed elsewhere. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FunnelReport } from '../libs/opportunities/reports/funnel-report.ts';
import { funnel, type FunnelQuestion } from '../libs/opportunities/reports/funnel.query.ts';
import { dealsSource } from '../libs/importing/import-sources.ts';
import type { ImportReport } from '../libs/importing/import-run.ts';
import { crmSalesMap } from '../libs/importing/known-maps.ts';
import { describeOnRealData, expectSame, readCsv, readGolden } from './real-data.ts';
import { importedStore, type ImportedStore } from './testing/imported-store.ts';

interface Days {
  readonly n: number;
  readonly mean: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly p25: number;
  readonly p75: number;
  readonly p90: number;
  readonly std_sample: number;
}

interface Figures {
  readonly deals: number;
  readonly won: number;
  readonly lost: number;
  readonly engaging: number;
  readonly prospecting: number;
  readonly closed: number;
  readonly win_rate: number;
  readonly won_value_total: number;
  readonly won_value_mean: number;
  readonly won_value_median: number;
  readonly days_engage_to_close_won: Days;
  readonly days_engage_to_close_lost: Days;
}

interface Golden {
  readonly rows: number;
  readonly deals_per_stage: Readonly<Record<'Won' | 'Lost' | 'Engaging' | 'Prospecting', number>>;
  readonly overall: Figures;
  readonly by_region: Readonly<Record<string, Figures>>;
  readonly by_product_raw_label: Readonly<Record<string, Figures>>;
  readonly by_close_quarter: Readonly<Record<string, Figures>>;
}

function daysOf({
  n,
  mean,
  median,
  min,
  max,
  p25,
  p75,
  p90,
  standardDeviation,
}: NonNullable<FunnelReport['period']>['cycleDaysOfWon']) {
  return { n, mean, median, min, max, p25, p75, p90, std_sample: standardDeviation };
}

/** A report in the words of the golden file; amounts in whole dollars. `inPeriod`: only what ended in it. */
function figuresOf(report: FunnelReport, { inPeriod = false } = {}) {
  const period = report.period!;
  const [amount, ...others] = period.wonAmounts;
  expect(others).toEqual([]);
  const openIn = (id: string) => (inPeriod ? 0 : report.stages.find((stage) => stage.id === id)!.open);
  const closed = period.won + period.lost;
  return {
    deals: closed + openIn('engaging') + openIn('prospecting'),
    won: period.won,
    lost: period.lost,
    engaging: openIn('engaging'),
    prospecting: openIn('prospecting'),
    closed,
    win_rate: period.winRate,
    won_value_total: amount!.total / 100,
    won_value_mean: amount!.mean / 100,
    won_value_median: amount!.median / 100,
    days_engage_to_close_won: daysOf(period.cycleDaysOfWon),
    days_engage_to_close_lost: daysOf(period.cycleDaysOfLost),
  };
}

describeOnRealData('crm-sales', 'the export of a CRM', (folder) => {
  const golden = readGolden<Golden>(folder);
  const rows = readCsv(folder, 'sales_pipeline.csv');
  const source = dealsSource(join(folder, 'sales_pipeline.csv'), crmSalesMap);
  let imported: ImportedStore;
  let report: ImportReport;

  function ask(question: Partial<FunnelQuestion>) {
    const now = new Date().toISOString();
    return funnel(imported.stores.readModels, { now, pipelineId: 'crm-sales', ...question });
  }

  beforeAll(async () => {
    imported = await importedStore();
    const { seconds, ...rest } = await imported.import(source);
    report = rest;
    process.stdout.write(`The import of ${report.deals} deals took ${seconds.toFixed(2)} s.\n`);
    await imported.project();
  });
  afterAll(() => imported.close());

  test('comes in whole, with what it leaves open listed', () => {
    expect(report).toMatchObject({ deals: golden.rows, opened: golden.rows, changed: 0, refusals: [] });
    const undated = rows.filter(({ engage_date }) => engage_date === '').length;
    expect(report.notes).toMatchObject([{ deals: undated }]);
  });

  test('appends nothing when it comes in again', async () => {
    const head = await imported.stores.eventStore.head();
    const again = await imported.import(source);
    expect(again).toMatchObject({ deals: golden.rows, opened: 0, changed: 0, unchanged: golden.rows, events: 0 });
    const after = await imported.stores.eventStore.readAll(head, 10);
    expect(after.map(({ stream }) => stream)).toEqual(['import-import-2', 'import-import-2']);
  });

  test('has the counts, rates, amounts and days of all deals', async () => {
    const { total } = await ask({ period: {} });
    expectSame(figuresOf(total), golden.overall);
    const { Won: won, Lost: lost, Engaging: engaging, Prospecting: prospecting } = golden.deals_per_stage;
    expect(figuresOf(total)).toMatchObject({ won, lost, engaging, prospecting });
  });

  test.each([
    ['region', golden.by_region],
    ['productLabel', golden.by_product_raw_label],
  ] as const)('has them by %s', async (groupBy, goldens) => {
    const { groups } = await ask({ period: {}, groupBy });
    const figures = groups.map(({ value, report: of }) => [value, figuresOf(of)] as const);
    expectSame(Object.fromEntries(figures), goldens);
  });

  test.each(Object.entries(golden.by_close_quarter))('has those that closed in %s', async (quarter, figures) => {
    const [year, number] = quarter.split('Q').map(Number) as [number, number];
    const day = (month: number, of: number) => new Date(Date.UTC(year, month, of)).toISOString().slice(0, 10);
    const { total } = await ask({ period: { from: day(3 * number - 3, 1), to: day(3 * number, 0) } });
    expectSame(figuresOf(total, { inPeriod: true }), figures);
  });

  test('counts a product under its right name, too', async () => {
    const { groups } = await ask({ period: {}, groupBy: 'product' });
    const labels = groups.map(({ value }) => value);
    expect(labels).toContain('GTX Pro');
    expect(labels).not.toContain('GTXPro');
    const { report: pro } = groups.find(({ value }) => value === 'GTX Pro')!;
    expectSame(figuresOf(pro), golden.by_product_raw_label['GTXPro']);
  });

  const prices = new Map(
    readCsv(folder, 'products.csv').map(({ product, sales_price }) => [product, Number(sales_price)]),
  );
  const regions = new Map(
    readCsv(folder, 'sales_teams.csv').map((team) => [team['sales_agent'], team['regional_office']]),
  );
  const priceOf = (product: string) => prices.get(product === 'GTXPro' ? 'GTX Pro' : product)!;
  const monthEnds = Array.from({ length: 12 }, (_, month) =>
    new Date(Date.UTC(2017, month + 1, 0)).toISOString().slice(0, 10),
  );

  test.each(monthEnds)('shows the funnel as it was at the end of %s', async (day) => {
    const open = rows.filter(
      ({ engage_date: engaged, close_date: closed }) =>
        engaged !== '' && engaged! <= day && (closed === '' || closed! > day),
    );
    const { total, groups } = await ask({ asOf: day, groupBy: 'region' });
    const dollars = (of: typeof open) => of.reduce((sum, { product }) => sum + priceOf(product!), 0);
    expect(total.open).toBe(open.length);
    expect(total.worth.map(({ amount }) => amount)).toEqual([dollars(open) * 100]);
    expect(total.stages.map(({ id, open: count }) => [id, count])).toEqual([
      ['prospecting', 0],
      ['engaging', open.length],
    ]);
    for (const [region, of] of Map.groupBy(open, (row) => regions.get(row['sales_agent']))) {
      const { report: here } = groups.find(({ value }) => value === region)!;
      expect([region, here.open, here.worth[0]!.amount]).toEqual([region, of.length, dollars(of) * 100]);
    }
  });

  test('sells as fast as its deals in work, its win rate, amounts and days say', async () => {
    const { overall } = golden;
    const { total } = await ask({ period: {}, fromStage: 'engaging' });
    const perDay =
      (overall.engaging * overall.win_rate * overall.won_value_mean) / overall.days_engage_to_close_won.mean;
    expect(total.period!.velocity).toMatchObject([{ currency: 'USD', openDeals: overall.engaging }]);
    expectSame(total.period!.velocity[0]!.minorUnitsPerDay / 100, perDay);
  });
});
