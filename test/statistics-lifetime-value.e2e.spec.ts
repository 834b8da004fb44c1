import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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
    execFile(process.execPath, [main, 'statistics', 'clv', ...args], { cwd: folder }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

interface Answer {
  readonly input: Readonly<Record<string, unknown>>;
  readonly terms: unknown;
  readonly bgNbd: Readonly<Record<'r' | 'alpha' | 'a' | 'b', number>>;
  readonly gammaGamma: Readonly<Record<'p' | 'q' | 'v', number>> | null;
  readonly gammaGammaFault: { readonly code: string; readonly message: string } | null;
  readonly totals: Readonly<Record<'expectedPurchases' | 'lifetimeValue' | 'undiscounted', number>>;
  readonly holdout: {
    readonly expected: number;
    readonly actual: number;
    readonly groups: unknown;
    readonly tracking: readonly unknown[];
  } | null;
  readonly customers: readonly Readonly<Record<string, unknown>>[];
}

async function json(...args: readonly string[]): Promise<Answer> {
  const { code, stdout, stderr } = await run(...args, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Answer;
}

const START = Date.UTC(2025, 0, 1);

function dayAfter(days: number): string {
  return new Date(START + days * 86_400_000).toISOString().slice(0, 10);
}

/** A shop of 60 customers: each comes so many times, ever so many days, for amounts around an own mean. */
function shop(
  amountOf = (customer: number, visit: number): number => 10 + ((customer * 37) % 90) + ((visit * 53) % 7),
) {
  return Array.from({ length: 60 }, (_, customer) =>
    Array.from({ length: 1 + ((customer * 7) % 9) }, (_visit, visit) => {
      const amount = amountOf(customer, visit);
      return `c${customer},${dayAfter((customer % 20) + visit * (9 + (customer % 23)))},${amount}.50`;
    }),
  ).flat();
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dealtrail-clv-'));
  const write = (name: string, lines: readonly string[], heading = 'customer,date,amount') =>
    writeFile(join(folder, name), `${[heading, ...lines].join('\n')}\n`);
  await Promise.all([
    write('shop.csv', shop()),
    write('other-names.csv', shop(), 'who,when,paid'),
    write('one.csv', ['a,2025-01-01,1', 'a,2025-02-01,2']),
    write('nobody-again.csv', ['a,2025-01-01,1', 'b,2025-02-01,2']),
    write('free.csv', shop().map((line) => line.replace(/[\d.]+$/, '0'))), // prettier-ignore
    write(
      'one-price.csv',
      shop(() => 5),
    ),
    write('empty.csv', []),
    write('bad.csv', [...shop(), 'x,yesterday,1']),
  ]);
});

afterAll(() => rm(folder, { recursive: true }));

describe('dealtrail statistics clv', () => {
  test('answers with both models, the totals and every customer', async () => {
    const { input, terms, bgNbd, gammaGamma, totals, holdout, customers } = await json('shop.csv');
    expect(input).toMatchObject({ customers: 60, rows: shop().length, unit: 'weeks', holdoutEnd: null });
    expect(terms).toEqual({ months: 12, unit: 'weeks', monthlyDiscount: 0.01, marginRate: 1 });
    const parts = { r: expect.anything(), alpha: expect.anything(), a: expect.anything(), b: expect.anything() };
    expect(bgNbd).toMatchObject({ ...parts, logLikelihood: expect.any(Number), converged: true });
    expect(bgNbd).toMatchObject({ identification: { verdicts: expect.any(Array) } });
    expect(Object.keys(Reflect.get(bgNbd, 'standardErrors') as object)).toEqual(Object.keys(parts));
    expect(gammaGamma).toMatchObject({
      p: expect.any(Number),
      correlation: expect.any(Number),
      standardErrors: { p: expect.any(Number), q: expect.any(Number), v: expect.any(Number) },
      identification: { p: expect.any(String), verdicts: expect.any(Array) },
      independence: { verdict: expect.any(String), correlation: { coefficient: expect.any(Number) } },
    });
    expect(holdout).toBeNull();
    expect(customers).toHaveLength(60);
    const names = ['customer', 'frequency', 'recency', 'age', 'meanValue', 'probabilityAlive', 'expectedPurchases'];
    expect(Object.keys(customers[0]!)).toEqual(
      expect.arrayContaining([...names, 'expectedMeanValue', 'lifetimeValue']),
    );
    for (const [part, total] of [
      ['lifetimeValue', totals.lifetimeValue],
      ['expectedPurchases', totals.expectedPurchases],
    ] as const) {
      expect(customers.reduce((sum, customer) => sum + Number(customer[part]), 0)).toBeCloseTo(total, 6);
    }
  });

  test('holds the models against what was bought behind the calibration', async () => {
    const calibrationEnd = dayAfter(120);
    const { input, holdout, customers } = await json('shop.csv', '--calibration-end', calibrationEnd);
    expect(input).toMatchObject({ calibrationEnd, newcomers: { customers: 0 } });
    const later = shop().filter((line) => line.split(',')[1]! > calibrationEnd);
    expect(holdout).toMatchObject({ actual: later.length, tracking: expect.any(Array) });
    const expected = customers.map(
      (customer) => Reflect.get(customer['holdout'] as object, 'expectedPurchases') as number,
    );
    expect(expected.reduce((sum, each) => sum + each, 0)).toBeCloseTo(holdout!.expected, 9);
    const shorter = await json('shop.csv', '--calibration-end', calibrationEnd, '--observation-end', dayAfter(150));
    expect(shorter.input).toMatchObject({ holdoutEnd: dayAfter(150) });
    expect(shorter.holdout!.actual).toBe(later.filter((line) => line.split(',')[1]! <= dayAfter(150)).length);
  });

  test('takes terms, units and columns as it is told', async () => {
    const usual = await json('shop.csv');
    const free = await json('shop.csv', '--discount', '0');
    expect(free.totals.lifetimeValue).toBeCloseTo(free.totals.undiscounted, 6);
    expect(free.totals.lifetimeValue).toBeGreaterThan(usual.totals.lifetimeValue);
    const yearly = await json('shop.csv', '--yearly-discount', String(1.01 ** 12 - 1));
    expect(yearly.totals.lifetimeValue).toBeCloseTo(usual.totals.lifetimeValue, 4);
    const margin = await json('shop.csv', '--margin', '0.25');
    expect(margin.totals.lifetimeValue * 4).toBeCloseTo(usual.totals.lifetimeValue, 6);
    const short = await json('shop.csv', '--horizon', '6', '--no-customers');
    expect(short.totals.lifetimeValue).toBeLessThan(usual.totals.lifetimeValue);
    expect(short).not.toHaveProperty('customers');
    const days = await json('shop.csv', '--unit', 'days');
    expect(days.bgNbd.alpha / usual.bgNbd.alpha / 7).toBeCloseTo(1, 3);
    expect(days.totals.lifetimeValue / usual.totals.lifetimeValue).toBeCloseTo(1, 3);
    const columns = ['--customer', 'who', '--date', 'when', '--amount', 'paid'];
    expect((await json('other-names.csv', ...columns)).totals).toEqual(usual.totals);
    const silent = await json('shop.csv', '--observation-end', dayAfter(2_000));
    expect(silent.totals.expectedPurchases).toBeLessThan(usual.totals.expectedPurchases);
  });

  test('is a page for people without --json', async () => {
    const { code, stdout, stderr } = await run('shop.csv', '--calibration-end', dayAfter(120));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Lifetime value of 60 of them: [\d,]+\.\d\d \([\d,]+\.\d\d undiscounted\)\.$/m);
    expect(stdout).toMatch(/^BG\/NBD: r \S+, alpha/m);
    expect(stdout).toMatch(/^Gamma–Gamma on \d+ repeat buyers/m);
    expect(stdout).toMatch(/correlation of frequency and mean value is/);
    expect(stdout).toMatch(/purchases were expected and \d+ made \([+−]\d/);
    expect(stdout.split('\n').filter((line) => /^c\d+ /.test(line))).toHaveLength(20);
    expect(stdout).not.toMatch(/NaN|Infinity|undefined/);
  });

  test.each([
    ['free.csv', 'too_few', /at least 3 with repeat purchases worth more than nothing, not 0/],
    ['one-price.csv', 'no_variation', /all have a mean value of 5\.5/],
  ])('expects purchases without values from %s, and says why', async (file, code, message) => {
    const { gammaGamma, gammaGammaFault, totals, customers } = await json(file);
    expect(gammaGamma).toBeNull();
    expect(gammaGammaFault).toEqual({ code, message: expect.stringMatching(message) });
    expect(totals).toMatchObject({ valued: 0, lifetimeValue: null, expectedPurchases: expect.any(Number) });
    expect(customers[0]).toMatchObject({ lifetimeValue: null, expectedMeanValue: null });
    const { stdout } = await run(file);
    expect(stdout).toMatch(message);
  });

  test.each([
    ['one.csv', /^One customer says nothing of how customers differ\.\n$/],
    ['nobody-again.csv', /^No customer bought again, so there is nothing to learn\.\n$/],
    ['empty.csv', /^empty\.csv: has no rows below its heading\.\n$/],
    ['bad.csv', /^bad\.csv, line \d+, column "date": "yesterday" is no date/],
    ['missing.csv', /missing\.csv/],
    ['other-names.csv', /^other-names\.csv: has no column "customer"/],
  ])('refuses %s with its reason alone', async (file, reason) => {
    expect(await run(file, '--json')).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(reason) });
  });

  test.each([
    [['--calibration-end', '2020-01-01'], /^calibrationEnd must not lie before 2025-01-01/],
    [['--calibration-end', '2025-01-09'], /^No customer bought again/],
  ])('refuses %j of a file that does not go so far back', async (args, reason) => {
    expect(await run('shop.csv', ...args)).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(reason) });
  });

  test.each([
    [['--discount', '-1']],
    [['--discount', 'much']],
    [['--margin', '1.1']],
    [['--horizon', '0']],
    [['--unit', 'years']],
    [['--discount', '0.01', '--yearly-discount', '0.1']],
    [['--calibration-end', '2025-02-30']],
    [['--calibration-end', '2025-02-01', '--observation-end', '2025-02-01']],
  ])('does not understand %j and says why', async (args) => {
    const { code, stdout, stderr } = await run('shop.csv', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trim()).not.toBe('');
  });
});
