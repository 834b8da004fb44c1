import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { fitBgNbd } from './bg-nbd-fit.ts';
import { grouped, logLikelihood, negativeLogLikelihood, type CountedHistory } from './bg-nbd-likelihood.ts';

const history = fc
  .tuple(
    fc.integer({ min: 0, max: 30 }),
    fc.double({ min: 0.01, max: 1, noNaN: true }),
    fc.integer({ min: 1, max: 60 }),
  )
  .map(([frequency, share, age]): CountedHistory => ({ frequency, recency: frequency === 0 ? 0 : share * age, age }));

/** An invented shop: many who never return, some who do for a while, a few regular ones. */
const shop: readonly CountedHistory[] = [
  { frequency: 0, recency: 0, age: 38, count: 60 },
  { frequency: 0, recency: 0, age: 30, count: 50 },
  { frequency: 1, recency: 4, age: 38, count: 12 },
  { frequency: 1, recency: 15, age: 30, count: 10 },
  { frequency: 1, recency: 28, age: 30, count: 5 },
  { frequency: 2, recency: 9, age: 38, count: 7 },
  { frequency: 2, recency: 27, age: 30, count: 6 },
  { frequency: 3, recency: 20, age: 38, count: 5 },
  { frequency: 4, recency: 33, age: 38, count: 5 },
  { frequency: 6, recency: 12, age: 30, count: 3 },
  { frequency: 8, recency: 36, age: 38, count: 3 },
  { frequency: 15, recency: 29, age: 30, count: 2 },
];

describe('the likelihood of BG/NBD', () => {
  test('has the gradient that finite differences have', () => {
    const logarithm = fc.double({ min: -3, max: 3, noNaN: true });
    const point = fc.tuple(logarithm, logarithm, logarithm, logarithm);
    fc.assert(
      fc.property(fc.array(history, { minLength: 1, maxLength: 6 }), point, (customers, at) => {
        const likelihood = negativeLogLikelihood(grouped(customers));
        const { value, gradient } = likelihood(at);
        const step = 1e-5;
        for (const [index, slope] of gradient.entries()) {
          const moved = (by: number) => likelihood(at.map((each, other) => (other === index ? each + by : each))).value;
          const difference = (moved(step) - moved(-step)) / (2 * step);
          expect(Math.abs(slope - difference)).toBeLessThan(1e-5 * Math.max(1, Math.abs(slope), Math.abs(value)));
        }
      }),
    );
  });

  test('is that of the definition', () => {
    // By mpmath from equation 6, for (2, 30.43, 38.86), (0, 0, 38.86) and (900, 30, 31).
    const customers = [
      { frequency: 2, recency: 30.43, age: 38.86 },
      { frequency: 0, recency: 0, age: 38.86 },
      { frequency: 900, recency: 30, age: 31 },
    ];
    const parameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
    const each = customers.map((customer) => logLikelihood(parameters, [customer]));
    expect(each).toEqual(
      [-9.45860630706627, -0.5547132764381585, 2023.12998742143].map((value) => expect.closeTo(value, 9)),
    );
    expect(logLikelihood(parameters, customers)).toBeCloseTo(each[0]! + each[1]! + each[2]!, 9);
  });
});

describe('the fit of BG/NBD', () => {
  test('finds one optimum from all starts, with errors, and says so', () => {
    const fit = fitBgNbd(shop);
    expect(fit).toMatchObject({ converged: true, starts: 4, startsAgreeing: 4, customers: 168, repeatCustomers: 58 });
    expect(fit.logLikelihood).toBeCloseTo(logLikelihood(fit.parameters, shop), 9);
    for (const { value, standardError } of Object.values(fit.estimates)) {
      expect(value).toBeGreaterThan(0);
      expect(standardError).toBeGreaterThan(0);
    }
  });

  test('has the errors of exact second derivatives, for heavy buyers too', () => {
    const heavy = [
      [0, 0, 100, 400],
      [1, 3, 100, 9],
      [90, 98, 100, 4],
      [140, 40, 100, 2],
      [260, 99, 100, 3],
      [310, 97, 99, 2],
      [45, 20, 80, 3],
      [520, 99, 100, 1],
      [75, 79, 80, 4],
      [400, 60, 100, 1],
      [180, 88, 90, 3],
    ].map(([frequency, recency, age, count]) => ({ frequency, recency, age, count }) as CountedHistory);
    // By mpmath with 50 digits from equation 6: Newton's optimum, and the inverse of the information there.
    const exact = {
      r: [0.0110814969919, 0.00212411141718],
      alpha: [0.0859053335077, 0.0426382219593],
      a: [0.0551103631799, 0.0236508250844],
      b: [0.164919775296, 0.106002411728],
    } as const;
    const { estimates } = fitBgNbd(heavy);
    for (const name of ['r', 'alpha', 'a', 'b'] as const) {
      const [value, standardError] = exact[name];
      expect(Math.abs(estimates[name].value / value - 1)).toBeLessThan(1e-6);
      expect(Math.abs(estimates[name].standardError! / standardError - 1)).toBeLessThan(1e-6);
    }
  });

  test('does not depend on the order of customers, nor on how they are counted', () => {
    const fit = fitBgNbd(shop);
    const halves = shop.flatMap(({ count = 1, ...customer }) =>
      [1, count - 1].map((part) => ({ ...customer, count: part })),
    );
    expect(fitBgNbd(halves)).toEqual(fit);
    const single = shop.flatMap(({ count, ...customer }) => Array.from({ length: count! }, () => customer));
    fc.assert(
      fc.property(fc.shuffledSubarray([...single], { minLength: single.length }), (shuffled) => {
        expect(fitBgNbd(shuffled)).toEqual(fit);
      }),
      { numRuns: 10 },
    );
  });

  test('scales alpha, and nothing else, with the unit of time', () => {
    const weeks = fitBgNbd(shop);
    for (const unit of [7, 1e-9, 1e9]) {
      const scaled = shop.map((each) => ({ ...each, recency: each.recency * unit, age: each.age * unit }));
      const fit = fitBgNbd(scaled);
      expect(fit.parameters.alpha / unit / weeks.parameters.alpha).toBeCloseTo(1, 6);
      for (const name of ['r', 'a', 'b'] as const) {
        expect(fit.parameters[name] / weeks.parameters[name]).toBeCloseTo(1, 6);
        expect(fit.estimates[name].standardError! / weeks.estimates[name].standardError!).toBeCloseTo(1, 5);
      }
      expect(fit.logLikelihood).toBeCloseTo(logLikelihood(fit.parameters, scaled), 6);
    }
  });

  test('says that only the chance of dropping out is known where nobody bought more than once again', () => {
    const { estimates } = fitBgNbd([
      { frequency: 0, recency: 0, age: 30, count: 100 },
      ...[2, 5, 11, 17, 24, 29].map((recency) => ({ frequency: 1, recency, age: 30, count: 30 })),
    ]);
    expect(estimates.a.identification).toBe('not-identified');
    expect(estimates.b).toMatchObject({ identification: 'not-identified', standardError: null });
  });

  test('says that dropping out is not identified where nobody does', () => {
    const customers = Array.from({ length: 60 }, (_, index) => ({ frequency: 1 + (index % 9), recency: 30, age: 30 }));
    const { estimates, converged } = fitBgNbd(customers);
    expect(converged).toBe(true);
    for (const name of ['a', 'b', 'dropout'] as const) {
      expect(estimates[name]).toMatchObject({ identification: 'not-identified', standardError: null });
      expect(estimates[name].verdict).toContain('not identified: hardly anybody seems to drop out.');
    }
    expect(estimates.purchaseRate.identification).toBe('identified');
  });

  test('says that only the rate of purchase is known where customers do not differ', () => {
    const { estimates } = fitBgNbd([{ frequency: 3, recency: 9, age: 10, count: 50 }]);
    expect(estimates.r.verdict).toBe('r is not identified: only their ratio, the purchase rate r/alpha, is known.');
    expect(estimates.alpha.identification).toBe('not-identified');
    expect(estimates.purchaseRate.value).toBeCloseTo(0.3, 6);
  });

  test('answers any possible customers with finite figures, or with an error that names what is wrong', () => {
    fc.assert(
      fc.property(fc.array(history, { minLength: 2, maxLength: 8 }), (customers) => {
        fc.pre(customers.some(({ frequency }) => frequency > 0));
        const { parameters, estimates, logLikelihood: value } = fitBgNbd(customers);
        const errors = Object.values(estimates).map(({ standardError }) => standardError ?? 0);
        const figures = [...Object.values(parameters), ...Object.values(estimates).map((each) => each.value), value];
        expect([...figures, ...errors].every(Number.isFinite)).toBe(true);
        expect(Object.values(parameters).every((parameter) => parameter > 0)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('refuses customers that say nothing, or cannot be', () => {
    const refusal = (code: string, field: string) => expect.objectContaining({ name: 'StatisticsError', code, field });
    const good = { frequency: 1, recency: 1, age: 2 };
    expect(() => fitBgNbd([])).toThrow(refusal('empty', 'customers'));
    expect(() => fitBgNbd([good])).toThrow(refusal('too_few', 'customers'));
    expect(() => fitBgNbd([{ frequency: 0, recency: 0, age: 9, count: 5 }])).toThrow(
      refusal('no_variation', 'customers'),
    );
    expect(() => fitBgNbd([good, { ...good, recency: 3 }])).toThrow(refusal('out_of_range', 'customers[1].recency'));
    expect(() => fitBgNbd([good, { ...good, age: 1e300 }])).toThrow(refusal('out_of_range', 'customers[1].age'));
    expect(() => fitBgNbd([{ ...good, count: 0 }])).toThrow(refusal('out_of_range', 'customers[0].count'));
    const hasty = { frequency: 44, recency: 5e-324, age: 1, count: 2 };
    expect(() => fitBgNbd([hasty])).toThrow(refusal('not_finite', 'customers'));
  });
});
