import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const main = resolve('dist/apps/cli/main.js');
let folder: string;

type ByChannel = Readonly<Record<string, number>>;
type ByModel = Readonly<Record<string, ByChannel>>;

interface Document {
  readonly input: object;
  readonly settings: object;
  readonly conversions: ByModel;
  readonly value: ByModel | null;
  readonly markov: Readonly<
    Record<
      string,
      {
        readonly removalEffects: ByChannel;
        readonly transitions: readonly { readonly from: string; readonly to: string }[];
      }
    >
  >;
  readonly conversionRate?: {
    readonly method: string;
    readonly shares: Readonly<Record<string, { readonly rate: number }>>;
  };
}

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command in a directory without any store. */
function run(...args: readonly string[]): Promise<Ran> {
  return new Promise((done) => {
    const words = [main, 'statistics', 'attribution', ...args];
    execFile(process.execPath, words, { cwd: folder, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

async function json(...args: readonly string[]): Promise<Document> {
  const { code, stdout, stderr } = await run(...args, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Document;
}

const PATHS = [
  'path,total_conversions,total_conversion_value,total_null',
  'search > email > direct,2,40.5,3',
  'search,1,9.5,0',
  'direct,0,0,4',
  'search > email > direct,1,10,0',
];

const FILES: Readonly<Record<string, readonly string[]>> = {
  'paths.csv': PATHS,
  'bars.csv': PATHS.map((line) => line.replaceAll(' > ', '|').replaceAll(',', ';')),
  'tight.csv': PATHS.map((line) => line.replaceAll(' > ', '>')),
  'bare.csv': ['Path,Conversions', 'search > email,1'],
  'other-names.csv': ['journey,won,worth,lost', 'search > email,3,30,1'],
  'times.csv': [
    'path,conversions,times',
    'search > email,1,2026-01-01T00:00:00Z > 2026-01-15T00:00:00Z',
    'search > email,1,2026-01-01 > 2026-01-01',
  ],
  'no-column.csv': ['path,wins', 'a,1'],
  'empty-path.csv': ['path,conversions', 'a,1', ',1'],
  'nameless.csv': ['path,conversions', 'a > > b,1'],
  'trailing.csv': ['path,conversions', 'a >,1'],
  'reserved.csv': ['path,conversions', '(start) > a,1'],
  'negative.csv': ['path,conversions', 'a,-1'],
  'words.csv': ['path,conversions', 'a,NaN'],
  'worth-nothing.csv': ['path,conversions,value', 'a,1,2', 'a,0,2'],
  'unconverted.csv': ['path,conversions,nulls', 'a,0,2'],
  'few-times.csv': ['path,conversions,times', 'a > b,1,2026-01-01'],
  'bad-times.csv': ['path,conversions,times', 'a > b,1,2026-01-01 > 2026-02-30'],
  'back.csv': ['path,conversions,times', 'a > b,1,2026-01-02 > 2026-01-01'],
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dealtrail-attribution-'));
  await Promise.all(
    Object.entries(FILES).map(([name, lines]) => writeFile(join(folder, name), `${lines.join('\n')}\n`)),
  );
});

afterAll(() => rm(folder, { recursive: true }));

describe('dealtrail statistics attribution', () => {
  test('shares out conversions and their value by every model', async () => {
    const { input, conversions, value, markov, conversionRate } = await json('paths.csv');
    expect(input).toEqual({
      rows: 4,
      differentPaths: 3,
      journeys: 11,
      conversions: 4,
      value: 60,
      nulls: 7,
      channels: ['direct', 'email', 'search'],
      columns: {
        path: 'path',
        conversions: 'total_conversions',
        value: 'total_conversion_value',
        nulls: 'total_null',
      },
    });
    expect(conversions).toMatchObject({
      firstTouch: { direct: 0, email: 0, search: 4 },
      lastTouch: { direct: 3, email: 0, search: 1 },
      linear: { direct: 1, email: 1, search: 2 },
      shapley: { direct: 1, email: 1, search: 2 },
    });
    const models = 'firstTouch lastTouch lastNonDirect linear position timeDecay markov1 markov2 markov3 shapley';
    expect(Object.keys(conversions)).toEqual(models.split(' '));
    expect(Object.keys(value!)).toEqual(models.split(' '));
    for (const model of models.split(' ')) {
      const sum = (of: ByChannel) => Object.values(of).reduce((total, figure) => total + figure, 0);
      expect(sum(conversions[model]!)).toBeCloseTo(4, 9);
      expect(sum(value![model]!)).toBeCloseTo(60, 9);
    }
    expect(Object.keys(markov)).toEqual(['order1', 'order2', 'order3']);
    const { order1 } = markov;
    expect(order1).toMatchObject({ states: 4, conversionProbability: expect.closeTo(4 / 11, 12) });
    // Directs convert in 3 of 10, whether they come by email (6) or by themselves (4): 1.8 + 1 of search, of 4.
    expect(order1!.removalEffects['search']).toBeCloseTo(2.8 / 4, 12);
    expect(order1!.transitions).toContainEqual({
      from: '(start)',
      to: 'search',
      probability: expect.closeTo(7 / 11, 12),
    });
    expect(order1!.transitions).toContainEqual({ from: 'direct', to: '(null)', probability: expect.closeTo(0.7, 12) });
    expect(markov['order2']!.transitions.map(({ from }) => from)).toContain('email > direct');
    expect(conversionRate).toBeUndefined();
  });

  test('looks behind the channels that are direct', async () => {
    const { conversions } = await json('paths.csv', '--direct', 'direct');
    expect(conversions['lastNonDirect']).toEqual({ direct: 0, email: 3, search: 1 });
  });

  test('reads other separators, delimiters and headings', async () => {
    const { conversions, value } = await json('paths.csv');
    expect(await json('tight.csv')).toMatchObject({ conversions, value });
    expect(await json('bars.csv', '--separator', '|', '--delimiter', ';')).toMatchObject({ conversions, value });
    const names = ['--path', 'journey', '--conversions', 'won', '--value', 'worth', '--nulls', 'lost'];
    expect(await json('other-names.csv', ...names)).toMatchObject({
      input: { conversions: 3, value: 30, nulls: 1 },
      conversions: { linear: { search: 1.5, email: 1.5 } },
    });
  });

  test('tells value and nulls apart from zero where there are no columns of them', async () => {
    expect(await json('bare.csv')).toMatchObject({ input: { value: null, nulls: null }, value: null });
  });

  test('halves by days where touches have times, by steps elsewhere', async () => {
    const week = await json('times.csv');
    expect(week.conversions['timeDecay']!['search']).toBeCloseTo(1 / 5 + 1 / 2, 6);
    const fortnight = await json('times.csv', '--half-life', '14');
    expect(fortnight.conversions['timeDecay']!['search']).toBeCloseTo(1 / 3 + 1 / 2, 6);
    expect(week.settings).toMatchObject({ decay: { halfLifeDays: 7 } });
    const step = await json('bare.csv');
    expect(step.conversions['timeDecay']!['search']).toBeCloseTo(1 / 3, 12);
    expect((await json('bare.csv', '--half-life', '0.5')).conversions['timeDecay']!['search']).toBeCloseTo(1 / 5, 12);
  });

  test('takes orders, shares of positions and the conversion rate on request', async () => {
    const found = await json('paths.csv', '--order', '3', '1', '--position', '10/30', '--rate-shares');
    expect(Object.keys(found.markov)).toEqual(['order1', 'order3']);
    expect(found.conversions).not.toHaveProperty('markov2');
    expect(found.conversions['position']!['search']).toBeCloseTo(1 + 3 * 0.1, 12);
    expect(found.conversionRate).toMatchObject({ method: 'exact', rate: expect.closeTo(4 / 11, 12) });
    const shares = Object.values(found.conversionRate!.shares).reduce((sum, { rate }) => sum + rate, 0);
    expect(shares).toBeCloseTo(4 / 11, 12);
  });

  test('shows people a table of channels and models', async () => {
    const { code, stdout, stderr } = await run('paths.csv', '--rate-shares');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('4 rows: 4 conversions worth 60 and 7 without (36.4 % converted), over 3 channels.');
    expect(stdout).toMatch(/^search +4 +1 +1 +2 /m);
    expect(stdout.match(/^All( +4){10}$/gm)).toHaveLength(1);
    expect(stdout.match(/^All( +60){10}$/gm)).toHaveLength(1);
    expect(stdout).toContain('(exact)');
  });

  test.each([
    ['missing.csv', 'There is no file missing.csv.'],
    ['no-column.csv', 'no-column.csv: has no column "conversions" or "total_conversions"; it has path, wins.'],
    ['empty-path.csv', 'empty-path.csv, line 3, column "path": has no channel.'],
    ['nameless.csv', 'nameless.csv, line 2, column "path": "a > > b" has a channel without a name.'],
    ['trailing.csv', 'trailing.csv, line 2, column "path": "a >" has a channel without a name.'],
    ['reserved.csv', 'reserved.csv, line 2, column "path": no channel can be named (start).'],
    ['negative.csv', 'negative.csv, line 2, column "conversions": -1 is less than 0.'],
    ['words.csv', 'words.csv, line 2, column "conversions": "NaN" is no number.'],
    ['worth-nothing.csv', 'worth-nothing.csv, line 3, column "value": has a value without a conversion.'],
    ['unconverted.csv', 'conversions are all zero: there is nothing to attribute.'],
    ['few-times.csv', 'few-times.csv, line 2, column "times": has 1 times for 2 channels.'],
    [
      'bad-times.csv',
      'bad-times.csv, line 2, column "times": "2026-01-01 > 2026-02-30" has no day or time with its offset at place 2.',
    ],
    ['back.csv', 'back.csv, line 2, column "times": "2026-01-02 > 2026-01-01" goes back in time.'],
  ])('refuses %s with its reason alone', async (name, reason) => {
    expect(await run(name, '--json')).toEqual({ code: 1, stdout: '', stderr: `${reason}\n` });
  });

  test('refuses a direct channel that no path has', async () => {
    const reason = 'paths.csv: no path has the channel typed.\n';
    expect(await run('paths.csv', '--direct', 'typed')).toEqual({ code: 1, stdout: '', stderr: reason });
  });

  test.each([
    [['--order', '4']],
    [['--half-life', '0']],
    [['--position', '60/60']],
    [['--position', '40']],
    [['--separator', '']],
    [['--permutations', '1']],
  ])('does not understand %j and says why', async (args) => {
    const { code, stdout, stderr } = await run('paths.csv', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(stderr.trim()).not.toBe('');
  });

  test('needs nulls for a conversion rate', async () => {
    const reason = '--rate-shares needs a column of nulls.\n';
    expect(await run('bare.csv', '--rate-shares')).toEqual({ code: 2, stdout: '', stderr: reason });
  });
});
