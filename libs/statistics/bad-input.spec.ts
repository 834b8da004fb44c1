import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { StatisticsError } from './statistics-error.ts';

const odd = fc.constantFrom(
  0,
  -0,
  -1,
  0.5,
  1,
  Number.NaN,
  Infinity,
  -Infinity,
  5e-324,
  1e-12,
  1e15,
  1e300,
  1e308,
  -1e308,
);
const number = fc.oneof(odd, fc.double(), fc.integer({ min: -5, max: 50 }));
const usual = { weight: 12, arbitrary: fc.double({ min: -20, max: 20, noNaN: true }).map((power) => 10 ** power) };
const positive = fc.oneof(odd, usual);
const share = fc.oneof(odd, { weight: 12, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) });
const count = fc.oneof(odd, { weight: 12, arbitrary: fc.integer({ min: 0, max: 900 }) });
const name = fc.constantFrom('a', 'b', 'c', 'd', '', ' ', '__proto__');
const some = <Value>(of: fc.Arbitrary<Value>) =>
  // Also one alone, and all equal.
  fc.oneof(
    fc.array(of, { maxLength: 20 }),
    fc.tuple(of, fc.integer({ min: 0, max: 12 })).map(([one, times]) => Array<Value>(times).fill(one)),
  );
const sides = fc.oneof(
  fc.tuple(some(number), some(number)),
  fc.array(fc.tuple(number, number)).map((pairs) => [pairs.map(([x]) => x), pairs.map(([, y]) => y)] as const),
  fc
    .array(fc.tuple(fc.double({ min: -1e150, max: 1e150, noNaN: true }), fc.constantFrom(0, 1, 5e-324, 1e150, -1e150)))
    .map((pairs) => [pairs.map(([x]) => x), pairs.map(([, y]) => y)] as const),
);
const level = fc.oneof(fc.constant(0.95), share);
const pairs = fc.tuple(sides, level).map(([[xs, ys], of]) => [xs, ys, of]);

const arm = fc.oneof(
  fc.record({ subjects: count, conversions: count }),
  fc
    .tuple(fc.constantFrom(1, 9, 1_000, 1e6, 2 ** 53 - 1), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([subjects, part]) => ({ subjects, conversions: Math.floor(subjects * part) })),
);
const smallArm = arm.filter(({ subjects }) => !(subjects > 1e7));
const namedArm = fc.tuple(arm, name, positive).map(([counts, named, weight]) => ({ ...counts, name: named, weight }));
const rates = fc.record({ control: share, variant: share });

const history = fc.oneof(
  fc.record({ frequency: count, recency: positive, age: positive, meanValue: fc.option(positive) }),
  fc
    .tuple(fc.integer({ min: 0, max: 900 }), fc.double({ min: 0, max: 1, noNaN: true }), positive, positive)
    .map(([frequency, part, age, meanValue]) =>
      frequency === 0
        ? { frequency, recency: 0, age, meanValue: null }
        : { frequency, recency: part * age, age, meanValue },
    ),
);
const purchases = fc.record({ r: positive, alpha: positive, a: positive, b: positive });
const spend = fc.record({ p: positive, q: positive, v: positive });
const terms = fc.record({
  months: fc.oneof(odd, { weight: 12, arbitrary: fc.integer({ min: 1, max: 3 }) }),
  unit: fc.constantFrom('days', 'weeks', 'months'),
  monthlyDiscount: positive,
  marginRate: share,
});
const money = fc.record({ minorUnits: count, currency: fc.constantFrom('EUR', 'CNY') });

const journey = fc
  .tuple(fc.array(name, { maxLength: 5 }), fc.boolean(), count, positive, positive, some(number))
  .map(([channels, clean, conversions, value, nulls, times]) =>
    clean
      ? {
          channels: channels.map((channel) => channel.trim() || 'e'),
          conversions,
          value: conversions > 0 ? value : 0,
          nulls,
          times: channels.map((_, place) => place * (times[0] ?? 1)),
        }
      : { channels, conversions, value, nulls, times },
  );
const journeys = some(journey);
const rule = fc.oneof(
  fc.record({ rule: fc.constantFrom('first', 'last', 'linear') }),
  fc.record({ rule: fc.constant('lastNonDirect'), direct: some(name) }),
  fc.record({ rule: fc.constant('position'), first: share, last: share }),
  fc.record({ rule: fc.constant('stepDecay'), halfLifeSteps: positive }),
  fc.record({ rule: fc.constant('timeDecay'), halfLifeDays: positive }),
);
const settings = fc.record(
  {
    direct: some(name),
    position: fc.record({ first: share, last: share }),
    decay: fc.oneof(fc.record({ halfLifeDays: positive }), fc.record({ halfLifeSteps: positive })),
    orders: fc.array(fc.constantFrom(1, 2, 3, 0, Number.NaN), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);
const sampling = fc.record({ sampling: fc.record({ seed: count, permutations: count }) }, { requiredKeys: [] });

const stages = fc.oneof(fc.constant(['a', 'b', 'c', 'd', '', ' ', '__proto__']), some(name));
const value = fc.oneof(number, name, fc.boolean(), fc.constant(null));
const row = fc.record({
  attributes: fc.record({ x: value, y: number }, { requiredKeys: [] }),
  responded: fc.boolean(),
});
const usualRow = fc.record({
  attributes: fc.record({ x: name, y: usual.arbitrary }, { requiredKeys: [] }),
  responded: fc.boolean(),
});
const manyRows = fc.oneof(
  some(row),
  fc
    .tuple(
      fc.array(fc.oneof(row, { weight: 9, arbitrary: usualRow }), { minLength: 2, maxLength: 12 }),
      fc.integer({ min: 1, max: 400 }),
    )
    .map(([rows, size]) =>
      // Enough of either answer to learn from, where the values allow it.
      Array.from({ length: size }, (_, index) => ({ ...rows[index % rows.length]!, responded: index % 3 === 0 })),
    ),
);
const anyTreeOptions = fc.record(
  { seed: count, maximumDepth: count, minimumLeaf: count, holdOutShare: share, without: some(name) },
  { requiredKeys: ['seed'] },
);
const treeOptions = fc.oneof(fc.constant({ seed: 1 }), fc.constant({ seed: 2, minimumLeaf: 5 }), anyTreeOptions);
const experiment = fc.record(
  { control: namedArm, variants: some(namedArm), smallestDifference: share, plannedSubjects: count, level },
  { requiredKeys: ['control', 'variants', 'smallestDifference'] },
);
const stay = fc.record({ deal: name, stage: name, end: fc.constantFrom('reached_next', 'left', 'still_there') });
const columns = fc.record({ frequency: some(count), recency: some(positive), age: some(positive) });
const fraction = fc.record({ numerator: fc.bigInt(-2n, 9n), denominator: fc.bigInt(-2n, 9n) });
const formula = fc.record({
  averageOrderValue: positive,
  ordersPerYear: positive,
  lifespanYears: positive,
  marginRate: share,
});

/** What the public functions are given, by file. */
const calls: Readonly<Record<string, Readonly<Record<string, fc.Arbitrary<readonly unknown[]>>>>> = {
  'attribution/attribution.ts': { attribution: fc.tuple(journeys, settings) },
  'attribution/conversion-rate-shapley.ts': { conversionRateShapley: fc.tuple(journeys, sampling) },
  'attribution/markov.ts': {
    markovAttribution: fc.tuple(journeys, fc.record({ order: fc.constantFrom(1, 2, 3, 0, 4, Number.NaN) })),
  },
  'attribution/rule-attribution.ts': { ruleAttribution: fc.tuple(journeys, rule) },
  'attribution/shapley.ts': { shapleyAttribution: fc.tuple(journeys) },
  'attribution/touch-weights.ts': { touchWeights: fc.tuple(rule, some(name), some(number)) },
  'experiments/assignment.ts': { assignVariant: fc.tuple(name, name, some(fc.record({ name, weight: positive }))) },
  'experiments/conversion-difference.ts': { conversionDifference: fc.tuple(arm, arm, level) },
  'experiments/fisher-exact-test.ts': { fisherExactTest: fc.tuple(smallArm, smallArm) },
  'experiments/holm.ts': { holmAdjusted: fc.tuple(some(share)) },
  'experiments/sample-ratio.ts': {
    sampleRatioMismatch: fc.tuple(some(fc.record({ subjects: count, weight: positive })), share),
  },
  'experiments/sample-size.ts': {
    power: fc.tuple(rates, fc.record({ control: count, variant: count }), level),
    sampleSize: fc.tuple(rates, fc.record({ level, power: share, ratio: positive }, { requiredKeys: [] })),
  },
  'experiments/sequential-test.ts': {
    sequentialTest: fc.tuple(some(fc.record({ control: arm, variant: arm })), share),
  },
  'experiments/two-proportion-z-test.ts': {
    twoProportionZTest: fc.tuple(arm, arm),
    smallestExpectedCount: fc.tuple(arm, arm),
  },
  'experiments/verdict.ts': { judgeExperiment: fc.tuple(experiment) },
  'forecasting/correlation.ts': { pearsonCorrelation: pairs, spearmanCorrelation: pairs },
  'forecasting/kaplan-meier.ts': {
    kaplanMeier: fc.tuple(some(fc.record({ time: positive, ended: fc.boolean() }))),
    timeQuantile: fc.tuple(some(fc.record({ time: positive, survival: share })), share),
  },
  'forecasting/learned-durations.ts': {
    learnedDurations: fc.tuple(stages, some(fc.record({ stage: name, time: positive, left: fc.boolean() }))),
  },
  'forecasting/robust-trend.ts': { robustTrend: pairs },
  'forecasting/success-rates.ts': { learnedSuccessRates: fc.tuple(stages, some(stay), level) },
  'forecasting/velocity.ts': {
    velocity: fc.tuple(fc.record({ openDeals: count, decidedDeals: count, wonTotal: number, cycleDays: positive })),
  },
  'forecasting/wilson-interval.ts': {
    wilsonInterval: fc.tuple(count, count, level),
    twoSidedQuantile: fc.tuple(level),
  },
  'lifetime-value/bg-nbd-expectation.ts': {
    expectedPurchases: fc.tuple(purchases, history, positive),
    expectedPurchasesOfNewCustomer: fc.tuple(purchases, positive),
    scoreCustomers: fc.tuple(purchases, columns, positive),
  },
  'lifetime-value/bg-nbd-fit.ts': { fitBgNbd: fc.tuple(some(history)) },
  'lifetime-value/bg-nbd-likelihood.ts': { logLikelihood: fc.tuple(purchases, some(history)) },
  'lifetime-value/bg-nbd.ts': {
    probabilityAlive: fc.tuple(purchases, history),
    probabilityOfPurchases: fc.tuple(purchases, count, positive),
  },
  'lifetime-value/gamma-gamma.ts': { fitGammaGamma: fc.tuple(some(history)) },
  'lifetime-value/gamma-gamma-values.ts': {
    populationMeanValue: fc.tuple(spend),
    expectedMeanValue: fc.tuple(spend, history),
  },
  'lifetime-value/historic-value.ts': {
    historicValue: fc.tuple(some(fc.record({ amount: money, cost: money }))),
    historicValueAtRate: fc.tuple(some(money), fraction),
    formulaValue: fc.tuple(formula),
    lifespanOfChurn: fc.tuple(share),
  },
  'lifetime-value/lifetime-value.ts': {
    lifetimeValue: fc.tuple(fc.func(positive), positive, terms),
    monthlyDiscountOfYearly: fc.tuple(positive),
  },
  'lifetime-value/lifetime-value-holdout.ts': {
    compareHoldout: fc.tuple(some(fc.record({ frequency: count, expected: positive, actual: count }))),
  },
  'lifetime-value/lifetime-value-of-customers.ts': {
    valueCustomers: fc.tuple(some(history), purchases, fc.option(spend), terms),
  },
  'trees/lift-table.ts': { liftTable: fc.tuple(some(number), some(fc.boolean())) },
  'trees/ranked-auc.ts': { rankedAuc: fc.tuple(some(number), some(fc.boolean())) },
  'trees/response-by.ts': { responseBy: fc.tuple(some(row), fc.constantFrom('x', 'y', '')) },
  'trees/response-tree.ts': { learnResponseTree: fc.tuple(manyRows, treeOptions) },
  'trees/target-list.ts': { expectedResponse: fc.tuple(some(fc.record({ score: share })), count) },
  'largest-remainder.ts': { splitAmount: fc.tuple(count, some(positive)) },
  'quantiles.ts': { quantileOfValues: fc.tuple(some(number), share) },
};

/** What these export is for other files of the library, which have looked at what they give. */
const internal = [
  ...['chain-elimination', 'chain-sweeps', 'journey', 'markov-chain'].map((file) => `attribution/${file}.ts`),
  ...['arm', 'verdict-text'].map((file) => `experiments/${file}.ts`),
  'forecasting/series.ts',
  ...['bg-nbd-identification', 'estimate', 'gamma-gamma-independence', 'gamma-gamma-likelihood', 'likelihood-search']
    .concat('lifetime-value-tracking', 'possible-correlation')
    .map((file) => `lifetime-value/${file}.ts`),
  ...['attribute-encoding', 'attribute-values', 'decision-tree', 'learning-floor', 'response-count', 'response-rule']
    .concat('rule-conditions', 'rule-words', 'stratified-split')
    .map((file) => `trees/${file}.ts`),
];

/** Fitting takes long, so it is tried less often. */
const runsOf = (called: string) => (called.startsWith('fit') ? 15 : 40);

/** The first figure within an answer that is none. */
function faultIn(answer: unknown, path = 'answer'): string | undefined {
  if (typeof answer === 'number') return Number.isFinite(answer) ? undefined : `${path} is ${answer}`;
  if (typeof answer !== 'object' || answer === null) return undefined;
  return Object.entries(answer)
    .map(([key, part]) => faultIn(part, `${path}.${key}`))
    .find((fault) => fault !== undefined);
}

type Run = (...given: readonly unknown[]) => unknown;

/** What is wrong with how a function takes what it is given. */
function faultOf(called: string, run: Run, given: readonly unknown[]): string | undefined {
  try {
    return faultIn(run(...given));
  } catch (error) {
    if (!(error instanceof StatisticsError)) throw error;
    // At fault is a parameter, or a property of what was given, or the result where that is too large.
    const known = `${called} ${String(run)} ${JSON.stringify(given, (_, part: unknown) => (typeof part === 'bigint' ? 0 : part))}`;
    return new RegExp(`\\b${/^\w*/.exec(error.field)![0]}\\b`).test(known) ? undefined : `${error.field} is no field`;
  }
}

describe('a public function, whatever it is given,', () => {
  const each = Object.entries(calls).flatMap(([file, functions]) =>
    Object.entries(functions).map(([called, arguments_]) => ({ called, file, arguments_ })),
  );

  test.each(each)('$called answers finite numbers or names what is wrong', async ({ called, file, arguments_ }) => {
    const { [called]: run } = (await import(`./${file}`)) as Record<string, Run>;
    fc.assert(
      fc.property(arguments_, (given) => {
        expect(faultOf(called, run!, given)).toBeUndefined();
      }),
      { numRuns: runsOf(called) },
    );
  });

  test('stands in a file that is tried here', () => {
    const files = ['attribution', 'experiments', 'forecasting', 'lifetime-value', 'trees'].flatMap((folder) =>
      readdirSync(new URL(folder, import.meta.url)).map((file) => `${folder}/${file}`),
    );
    const known = [...Object.keys(calls), ...internal];
    expect(files.filter((file) => /^[a-z-/]+\.ts$/.test(file) && !known.includes(file))).toEqual([]);
  });
});
