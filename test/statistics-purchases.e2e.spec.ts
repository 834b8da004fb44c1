import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const main = resolve('dist/apps/cli/main.js');
let folder: string;

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command in a directory without any store. */
function run(...args: readonly string[]): Promise<Ran> {
  return new Promise((done) => {
    execFile(process.execPath, [main, 'statistics', ...args], { cwd: folder }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

async function json<Document>(...args: readonly string[]): Promise<Document> {
  const { code, stdout, stderr } = await run(...args, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Document;
}

async function text(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

const SHOP = [
  'Customer_ID,date,note,Amount',
  'ada,2024-01-01,"a, b",10.00',
  'ada,2024-01-15T09:30:00Z,,20.5',
  'ada,2024-01-15 18:00:00,,0',
  'ada,2024-02-20,,7.25',
  'ben,20240108,,40',
  'cleo,2024-01-09,,3.10',
  'dora,2024-01-09,,3.20',
  'emil,2024-01-31,,9.99',
  'emil,2024-03-31,,1.01',
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dealtrail-purchases-'));
  const write = (name: string, ...lines: readonly string[]) => writeFile(join(folder, name), `${lines.join('\n')}\n`);
  await Promise.all([
    write('shop.csv', ...SHOP),
    write('semicolons.csv', ...SHOP.map((line) => line.replaceAll(/,(?! )/g, ';'))),
    write('other-names.csv', 'who,when,paid,amount', ...SHOP.slice(1, 2).map(() => 'ada,2024-01-01,5,6')),
    write('returns.csv', ...SHOP, 'ada,2024-03-01,,-20.50'),
    write('exact.csv', ...SHOP, 'ada,2024-03-01,,29.330000000000002'),
    write('no-column.csv', 'customer,day,amount', 'ada,2024-01-01,1'),
    write('two-columns.csv', 'customer,date,amount,Amount', 'ada,2024-01-01,1,2'),
    write('bad-date.csv', 'customer,date,amount', 'ada,2024-01-01,1', 'ada,2024-02-30,1'),
    write('bad-amount.csv', 'customer,date,amount', 'ada,2024-01-01,1', 'ada,2024-01-02,"1,50"'),
    write('nobody.csv', 'customer,date,amount', ' ,2024-01-01,1'),
    write('short-row.csv', 'customer,date,amount', 'ada,2024-01-01,1', 'ada,2024-01-01', 'ada,never,1'),
    write('late-short-row.csv', 'customer,date,amount', 'ada,never,1', 'ada,2024-01-01'),
    write('heading.csv', 'customer,date,amount'),
    writeFile(join(folder, 'empty.csv'), ''),
    writeFile(join(folder, 'latin.csv'), Buffer.from('customer,date,amount\nJos\xe9,2024-01-01,1\n', 'latin1')),
    mkdir(join(folder, 'folder.csv')),
  ]);
});

afterAll(() => rm(folder, { recursive: true }));

describe('dealtrail statistics rfm', () => {
  const CALIBRATION = ['--calibration-end', '2024-01-31'];

  test('summarises and scores the customers of a file', async () => {
    const document = await json<{ customers: object[]; cells: { customers: number }[] }>(
      'rfm',
      'shop.csv',
      ...CALIBRATION,
    );
    expect(document).toMatchObject({
      input: {
        columns: { customer: 'Customer_ID', date: 'date', amount: 'Amount' },
        decimals: 2,
        roundedAmounts: 0,
        rows: 9,
        customers: 5,
        purchases: 8,
        mergedRows: 1,
        zeroRows: 1,
        returns: { rows: 0, amount: 0, customersWithoutPurchase: 0 },
        total: 95.05,
        firstDay: '2024-01-01',
        lastDay: '2024-03-31',
      },
      unit: 'weeks',
      calibrationEnd: '2024-01-31',
      holdoutEnd: '2024-03-31',
      summarised: 5,
      repeatBuyers: 1,
      floors: { total: { 1: 3.1, 2: 3.2, 3: 9.99, 4: 30.5, 5: 40 } },
    });
    expect(document.customers[0]).toEqual({
      customer: 'ada',
      frequency: 1,
      recency: 2,
      age: 30 / 7,
      meanValue: 20.5,
      total: 30.5,
      firstDay: '2024-01-01',
      lastDay: '2024-01-15',
      scores: { recency: 4, frequency: 5, monetary: 4 },
      holdout: { purchases: 1, value: 7.25 },
    });
    expect(document.cells.reduce((sum, { customers }) => sum + customers, 0)).toBe(5);
  });

  test('counts time in the unit asked for, and leaves customers out where asked to', async () => {
    const days = await json<{ customers: { age: number }[] }>('rfm', 'shop.csv', ...CALIBRATION, '--unit', 'days');
    expect(days.customers[0]!.age).toBe(30);
    expect(await json('rfm', 'shop.csv', '--no-customers')).not.toHaveProperty('customers');
  });

  test('answers people with tables', async () => {
    const answered = await text('rfm', 'shop.csv', ...CALIBRATION);
    expect(answered).toMatch(
      /^9 rows of 5 customers, 2024-01-01 to 2024-03-31: 8 purchases for 95\.05 \(rows merged into another of the same day: 1;/,
    );
    expect(answered).toMatch(/^R F M +Customers +Share +Purchases +Revenue +Response +Later revenue$/m);
    expect(answered).toMatch(/^4 5 4 +1 +20\.0 % +2 +30\.50 +100\.0 % +7\.25$/m);
  });

  test('reads other delimiters', async () => {
    const rfm = await json<{ customers: object[] }>('rfm', 'semicolons.csv', '--delimiter', ';');
    expect(rfm.customers).toEqual((await json<{ customers: object[] }>('rfm', 'shop.csv')).customers);
  });

  test('counts returns apart where that is asked for', async () => {
    const rfm = await json<{ customers: object[] }>('rfm', 'returns.csv', '--returns', 'apart');
    expect(rfm).toMatchObject({ input: { rows: 10, returns: { rows: 1, amount: 20.5 }, total: 95.05 } });
    expect(rfm.customers).toEqual((await json<{ customers: object[] }>('rfm', 'shop.csv')).customers);
  });

  test('keeps as many decimals as can be added up exactly, or as many as are asked for, and says so', async () => {
    expect(await json('rfm', 'exact.csv')).toMatchObject({
      input: { decimals: 13, roundedAmounts: 1, total: expect.closeTo(124.38, 12) },
    });
    expect(await json('rfm', 'exact.csv', '--decimals', '2')).toMatchObject({
      input: { decimals: 2, roundedAmounts: 1, total: 124.38 },
    });
  });
});

describe('dealtrail statistics cohorts', () => {
  test('tells cohorts, repeat rate and churn of a file', async () => {
    const document = await json('cohorts', 'shop.csv', '--within-days', '30', '--inactive-days', '31');
    expect(document).toMatchObject({
      period: 'month',
      observedUntil: '2024-03-31',
      cohorts: [
        {
          cohort: '2024-01',
          customers: 5,
          cells: [
            { offset: 0, active: 5, activeShare: 1, purchases: 6, revenue: 86.79, cumulativeRevenue: 86.79 },
            { offset: 1, active: 1, activeShare: 0.2, revenue: 7.25, cumulativeRevenue: 94.04 },
            { offset: 2, active: 1, activeShare: 0.2, revenue: 1.01, cumulativeRevenue: 95.05 },
          ],
        },
      ],
      repeat: { customers: 5, repeaters: 2, rate: 0.4, within: { customers: 5, repeaters: 1, rate: 0.2 } },
      daysBetweenPurchases: { n: 3, median: 36 },
      churn: [
        { period: '2024-01', active: 5, retained: 1, lost: 4, churn: 0.8, retention: 0.2 },
        { period: '2024-02', active: 1, retained: 0, lost: 1, churn: 1, retention: 0 },
      ],
      churnByInactivity: { inactiveDays: 31, periods: [{ period: '2024-02' }, { period: '2024-03' }] },
    });
  });

  test('answers people with a triangle', async () => {
    const answered = await text('cohorts', 'shop.csv', '--until', '2024-04-15');
    expect(answered).toMatch(/^2024-01 +5 +20\.0 % +20\.0 % +95\.05$/m);
    expect(answered).toContain('The last month was not observed to its end and has no share yet.');
    expect(answered).toContain('2 of 5 customers bought again: 40.0 %.');
    expect(await text('cohorts', 'shop.csv', '--period', 'quarter')).toMatch(
      /in a quarter and not in the next: nothing was observed for long enough\.$/m,
    );
  });

  test('finds columns by the names it is given', async () => {
    const names = ['--customer', 'who', '--date', 'WHEN', '--amount', 'paid'];
    expect(await json('cohorts', 'other-names.csv', ...names)).toMatchObject({
      input: { columns: { customer: 'who', date: 'when', amount: 'paid' }, total: 5 },
    });
  });

  test.each([
    [['cohorts', 'shop.csv', '--inactive-days', '400'], /no month was observed to its end with 400 days before it/],
    [['cohorts', 'shop.csv', '--until', '2024-03-30'], /until must not lie before 2024-03-31/],
    [['rfm', 'shop.csv', '--calibration-end', '2023-12-31'], /calibrationEnd must not lie before 2024-01-01/],
    [['rfm', 'other-names.csv', '--customer', 'who', '--date', 'when'], /at least 5 customers; there are 1/],
  ])('refuses %j, which cannot be computed', async (args, reason) => {
    const { code, stdout, stderr } = await run(...args, '--json');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(reason);
  });
});

describe.each(['rfm', 'cohorts'])('a file for dealtrail statistics %s', (command) => {
  test.each([
    ['missing.csv', 'There is no file missing.csv.'],
    ['folder.csv', 'folder.csv is not a file.'],
    ['empty.csv', 'empty.csv is empty.'],
    ['heading.csv', 'heading.csv: has no rows below its heading.'],
    ['no-column.csv', 'no-column.csv: has no column "date"; it has customer, day, amount.'],
    ['two-columns.csv', 'two-columns.csv: has the column "amount" more than once.'],
    ['bad-date.csv', 'bad-date.csv, line 3, column "date": "2024-02-30" is no date such as 2026-01-31.'],
    ['bad-amount.csv', 'bad-amount.csv, line 3, column "amount": "1,50" is no amount such as 1234.56.'],
    ['nobody.csv', 'nobody.csv, line 2, column "customer": names no customer.'],
    ['short-row.csv', 'short-row.csv, line 3: has 2 cells, not 3.'],
    ['late-short-row.csv', 'late-short-row.csv, line 2, column "date": "never" is no date such as 2026-01-31.'],
    ['latin.csv', 'latin.csv, line 2: is not UTF-8 text.'],
    [
      'returns.csv',
      'returns.csv, line 11, column "Amount": -20.50 is negative; --returns apart takes it for a return.',
    ],
  ])('is refused whole as %s is, with its reason alone', async (file, reason) => {
    expect(await run(command, file)).toEqual({ code: 1, stdout: '', stderr: `${reason}\n` });
  });

  test.each([
    [['--delimiter', '']],
    [['--decimals', '-1']],
    [['--returns', 'maybe']],
    [command === 'rfm' ? ['--unit', 'years'] : ['--period', 'year']],
    [command === 'rfm' ? ['--calibration-end', 'soon'] : ['--until', 'soon']],
  ])('is not read with %j', async (args) => {
    const { code, stdout, stderr } = await run(command, 'shop.csv', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

describe('the page of purchases', () => {
  const page = readFileSync('docs/statistics/purchases.md', 'utf8');
  const examples = [...page.matchAll(/```sh\nnpx dealtrail statistics (.+)\n```\n\n```text\n([^]+?)```/g)];

  test.each(examples.map(([, command, answered]) => [command!, answered!] as const))(
    'shows what %s answers',
    async (command, answered) => {
      const [, file] = /```csv\n([^]+?)```/.exec(page)!;
      await mkdir(join(folder, 'page'), { recursive: true });
      await writeFile(join(folder, 'page', 'shop.csv'), file!);
      expect(await text(...command.replace('shop.csv', 'page/shop.csv').split(' '))).toBe(answered);
    },
  );
});
