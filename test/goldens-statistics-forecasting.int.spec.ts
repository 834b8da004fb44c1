/** Success rates, durations and comparisons of real deals and contacts, against answers that were computed elsewhere. */
import { expect, test } from '@jest/globals';
import { calendarDays } from '../libs/statistics/calendar.ts';
import { conversionDifference } from '../libs/statistics/experiments/conversion-difference.ts';
import { twoProportionZTest } from '../libs/statistics/experiments/two-proportion-z-test.ts';
import { judgeExperiment } from '../libs/statistics/experiments/verdict.ts';
import { kaplanMeier, type Duration } from '../libs/statistics/forecasting/kaplan-meier.ts';
import { learnedDurations } from '../libs/statistics/forecasting/learned-durations.ts';
import { learnedSuccessRates } from '../libs/statistics/forecasting/success-rates.ts';
import { velocity } from '../libs/statistics/forecasting/velocity.ts';
import { wilsonInterval } from '../libs/statistics/forecasting/wilson-interval.ts';
import { quantileOfValues } from '../libs/statistics/quantiles.ts';
import { describeOnRealData, expectSame, readCsv, readGolden } from './real-data.ts';

interface Days {
  readonly n: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly p25: number;
  readonly p75: number;
  readonly p90: number;
}

interface Figures {
  readonly won: number;
  readonly closed: number;
  readonly win_rate: number;
  readonly engaging: number;
  readonly won_value_total: number;
  readonly won_value_mean: number;
  readonly days_engage_to_close_won: Days & { readonly mean: number };
  readonly days_engage_to_close_lost: Days;
}

interface CrmGolden {
  readonly overall: Figures;
  readonly by_region: Readonly<Record<string, Figures>>;
}

const LAST_DAY = '2017-12-31';

describeOnRealData('crm-sales', 'what deals teach a forecast', (folder) => {
  const golden = readGolden<CrmGolden>(folder);
  const regions = new Map(
    readCsv(folder, 'sales_teams.csv').map((row) => [row['sales_agent'], row['regional_office']!] as const),
  );
  const deals = readCsv(folder, 'sales_pipeline.csv').map((row) => ({
    deal: row['opportunity_id']!,
    region: regions.get(row['sales_agent'])!,
    stage: row['deal_stage']!,
    amount: Number(row['close_value']),
    engaged: row['engage_date'] !== '',
    days: row['engage_date'] === '' ? 0 : calendarDays(row['engage_date']!, row['close_date'] || LAST_DAY),
  }));
  const engaged = deals.filter((deal) => deal.engaged);

  function daysIn(stage: string) {
    return deals.filter((deal) => deal.stage === stage).map(({ days }) => days);
  }

  test.each([['overall', golden.overall], ...Object.entries(golden.by_region)] as const)(
    'has the win rate of %s as the success rate of its deals',
    (region, figures) => {
      const stays = engaged
        .filter((deal) => region === 'overall' || deal.region === region)
        .map(({ deal, stage }) => {
          const end = ({ Won: 'reached_next', Lost: 'left' } as const)[stage] ?? ('still_there' as const);
          return { deal, stage: 'engaging', end };
        });
      const [learned] = learnedSuccessRates(['engaging'], stays);
      const { won, closed, win_rate: rate, engaging: stillThere } = figures;
      expectSame(
        { ...learned, interval: null },
        {
          stage: 'engaging',
          deals: closed,
          reachedNext: won,
          stillThere,
          rate,
          interval: null,
        },
      );
      expect(learned!.interval).toEqual(wilsonInterval(won, closed));
    },
  );

  test('has the intervals of the win rates that solving the quadratic elsewhere gives', () => {
    const regionsThere = [golden.overall, ...['Central', 'East', 'West'].map((region) => golden.by_region[region]!)];
    const intervals = regionsThere.map(({ won, closed }) => wilsonInterval(won, closed));
    const expected = [
      [0.6198869147831118, 0.6429636693779597],
      [0.6068151137638339, 0.6439670025292895],
      [0.6080497611796979, 0.6519079262522757],
      [0.6193279752477049, 0.6589872153508465],
    ];
    intervals.forEach(({ lower, upper }, index) => {
      expect(lower).toBeCloseTo(expected[index]![0]!, 13);
      expect(upper).toBeCloseTo(expected[index]![1]!, 13);
    });
  });

  test.each([
    ['Won', golden.overall.days_engage_to_close_won],
    ['Lost', golden.overall.days_engage_to_close_lost],
  ] as const)('has the quantiles of the days of %s deals', (stage, { n, median, min, max, p25, p75, p90 }) => {
    const days = daysIn(stage);
    const at = (share: number) => quantileOfValues(days, share);
    expect([days.length, at(0.5), at(0), at(1), at(0.25), at(0.75), at(0.9)]).toEqual([
      n,
      median,
      min,
      max,
      p25,
      p75,
      p90,
    ]);
  });

  test('has the velocity that the four figures make', () => {
    const {
      engaging,
      closed,
      won_value_total: wonTotal,
      win_rate,
      won_value_mean,
      days_engage_to_close_won,
    } = golden.overall;
    const cycleDays = days_engage_to_close_won.mean;
    const perDay = velocity({ openDeals: engaging, decidedDeals: closed, wonTotal, cycleDays });
    expectSame(perDay, (engaging * win_rate * won_value_mean) / cycleDays);
  });

  // By an independent product-limit in exact fractions, open deals censored on the last day.
  test.each([
    [
      'close',
      ['Won', 'Lost'],
      { count: 8300, ended: 6711, censored: 1589 },
      [69, 107, null],
      [
        [7, 7188, 301, 0, 0.8297590361445784, 0.004125427733661383],
        [30, 5128, 8, 1, 0.6187987068325455, 0.005332234432750666],
        [90, 2895, 58, 0, 0.3508606385523189, 0.005269316040635088],
        [138, 1303, 2, 10, 0.17882025553169434, 0.004293298424472902],
        [423, 1, 0, 1, 0.17882025553169434, 0.004293298424472902],
      ],
    ],
    [
      'be won',
      ['Won'],
      { count: 8300, ended: 4238, censored: 4062 },
      [93, null, null],
      [
        [7, 7188, 168, 133, 0.9055059299329206, 0.003273627796637024],
        [57, 4650, 20, 20, 0.7105579683545684, 0.0053371387843463],
        [120, 1595, 17, 9, 0.3564002595801247, 0.006403152130127468],
        [423, 1, 0, 1, 0.3220663647145913, 0.00638702986666474],
      ],
    ],
  ] as const)('has the curve of the days that deals take to %s', (_, ends, counts, quantiles, steps) => {
    const durations: readonly Duration[] = engaged.map(({ days, stage }) => ({
      time: days,
      ended: (ends as readonly string[]).includes(stage),
    }));
    const survival = kaplanMeier(durations);
    expect(survival).toMatchObject(counts);
    expect(survival.curve).toHaveLength(389);
    expect([survival.median, survival.p75, survival.p90].map(({ time }) => time)).toEqual(quantiles);
    for (const [time, atRisk, ended, censored, share, error] of steps) {
      const step = survival.curve.find((each) => each.time === time)!;
      expect(step).toMatchObject({ atRisk, ended, censored });
      expect(step.survival).toBeCloseTo(share, 12);
      expect(step.standardError).toBeCloseTo(error, 12);
    }
  });

  test('learns longer durations than the won deals alone show', () => {
    const stays = engaged.map(({ days, stage }) => ({ stage: 'engaging', time: days, left: stage !== 'Engaging' }));
    const [learned] = learnedDurations(['engaging'], stays);
    expect(learned).toMatchObject({
      stays: 8300,
      left: 6711,
      stillThere: 1589,
      median: { time: 69 },
      p75: { time: 107 },
    });
    expect(learned!.p90).toMatchObject({ time: null, reason: expect.stringContaining('82.1 %') });
    const won = kaplanMeier(daysIn('Won').map((time) => ({ time, ended: true })));
    expect([won.median.time, won.p75.time, won.p90.time]).toEqual([57, 88, 106]);
  });

  test('shows no difference of the win rates of two regions', () => {
    const [central, west] = (['Central', 'West'] as const).map((name) => {
      const { won, closed } = golden.by_region[name]!;
      return { name, conversions: won, subjects: closed, weight: closed };
    });
    const { comparisons } = judgeExperiment({ control: central!, variants: [west!], smallestDifference: 0.04 });
    const [{ interval, pValue, verdict }] = comparisons as [(typeof comparisons)[0]];
    expect(interval.lower).toBeCloseTo(-0.01340068046737096, 12);
    expect(interval.upper).toBeCloseTo(0.04094517664429713, 12);
    expect(pValue).toBeCloseTo(0.31953108037201616, 12);
    expect(verdict.code).toBe('no_difference_shown');
  });
});

interface Rate {
  readonly n: number;
  readonly yes: number;
  readonly rate: number;
}

interface BankGolden {
  readonly 'bank-full.csv': {
    readonly rows: number;
    readonly yes: number;
    readonly rate: number;
    readonly by_month: Readonly<Record<string, Rate>>;
    readonly by_job: Readonly<Record<string, Rate>>;
    readonly by_contact: Readonly<Record<string, Rate>>;
    readonly by_marital: Readonly<Record<string, Rate>>;
  };
}

describeOnRealData('bank-marketing', 'what a campaign of phone calls shows', (folder) => {
  const golden = readGolden<BankGolden>(folder)['bank-full.csv'];

  function armOf({ n, yes }: Rate) {
    return { subjects: n, conversions: yes };
  }

  test('has the rates with their intervals', () => {
    const { rows, yes, by_month: months, by_job: jobs } = golden;
    const rates = [{ n: rows, yes }, months['mar']!, jobs['student']!];
    const expected = [
      [0.11405468024851961, 0.11998001095919102],
      [0.47510151733011935, 0.564412546300332],
      [0.25875373043895006, 0.3165463412940876],
    ];
    rates.forEach((rate, index) => {
      const { lower, upper } = wilsonInterval(rate.yes, rate.n);
      expect(lower).toBeCloseTo(expected[index]![0]!, 13);
      expect(upper).toBeCloseTo(expected[index]![1]!, 13);
    });
  });

  test.each([
    [
      'telephone and cellular',
      golden.by_contact['telephone']!,
      golden.by_contact['cellular']!,
      [0.014983911698650348, 0.001489132123831909, 0.02759018411534598, 2.170582362740657, 0.029962756506797056],
    ],
    [
      'married and single',
      golden.by_marital['married']!,
      golden.by_marital['single']!,
      [0.048257131829711225, 0.041175549174811955, 0.05546430955816367, 14.022031520918839, 1.1429539115797896e-44],
    ],
  ] as const)('has the difference of %s with its interval and test', (_, control, variant, expected) => {
    const { controlRate, variantRate, difference, interval } = conversionDifference(armOf(control), armOf(variant));
    const { z, pValue } = twoProportionZTest(armOf(control), armOf(variant));
    expectSame([controlRate, variantRate], [control.rate, variant.rate]);
    for (const [index, figure] of [difference, interval.lower, interval.upper, z, pValue].entries())
      expect(Math.abs(figure / expected[index]! - 1)).toBeLessThan(1e-10);
  });
});
