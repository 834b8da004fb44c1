import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { expectedPurchases, expectedPurchasesOfNewCustomer, scoreCustomers } from './bg-nbd-expectation.ts';
import { probabilityAlive, probabilityOfPurchases, type BgNbdParameters } from './bg-nbd.ts';

const published: BgNbdParameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

const parameters = fc.record({
  r: fc.double({ min: 0.05, max: 20, noNaN: true }),
  alpha: fc.double({ min: 0.05, max: 50, noNaN: true }),
  a: fc.oneof(fc.double({ min: 0.01, max: 20, noNaN: true }), fc.constant(1)),
  b: fc.double({ min: 0.05, max: 50, noNaN: true }),
});
const history = fc
  .tuple(
    fc.integer({ min: 1, max: 60 }),
    fc.double({ min: 0.01, max: 1, noNaN: true }),
    fc.integer({ min: 1, max: 99 }),
  )
  .map(([frequency, share, age]) => ({ frequency, recency: share * age, age }));

// r, alpha, a, b; frequency, recency, age; horizon; expected purchases and probability alive by mpmath with 80 digits.
const EXPECTATIONS = [
  [0.243, 4.414, 0.793, 2.426, 2, 30.43, 38.86, 39, 1.2260281747671444, 0.726578570080673],
  [0.243, 4.414, 0.793, 2.426, 0, 0, 38.86, 39, 0.19509805201126265, 1],
  [0.243, 4.414, 0.793, 2.426, 10000, 300, 300, 300, 7369.395073113735, 0.9999207175927661],
  [0.243, 4.414, 0.793, 2.426, 50000, 290, 290.01, 1000, 86635.88136000774, 0.9999133433938434],
  [0.243, 4.414, 1.3, 0.2, 3, 10, 12, 1e-6, 1.0395516583746293e-7, 0.5261548429750007],
  [5, 2, 0.2, 4, 30, 20, 21, 5000, 3089.0078014972646, 0.9720810572706867],
  [0.9, 0.01, 0.3, 0.4, 0, 0, 0, 100, 441.43723112845174, 1],
  [2, 10, 1.0000001, 3, 7, 20, 25, 10, 1.5822762814318676, 0.6920814516700036],
  [3000, 1500, 4000, 90000, 6, 50, 52, 20, 6.036888091685178, 0.3180736781323331],
  [0.3, 4, 0.999999999, 3, 30000, 200, 200, 250, 23999.429304853507, 0.9999666699997001],
  [0.3, 4, 1.4, 3, 20000, 200, 200.002, 50, 4197.3249246416335, 0.9999148520350843],
] as const;

describe('what BG/NBD expects of a customer', () => {
  test.each(EXPECTATIONS)(
    'with r %p, alpha %p, a %p, b %p after %p purchases is right, however heavy the buyer',
    (r, alpha, a, b, frequency, recency, age, horizon, purchases, alive) => {
      const customer = { frequency, recency, age };
      expectClose(expectedPurchases({ r, alpha, a, b }, customer, horizon), purchases, 2e-9);
      expectClose(probabilityAlive({ r, alpha, a, b }, customer), alive, 1e-13);
    },
  );

  test('grows with the horizon from zero, and never beyond what the rate makes', () => {
    const horizons = fc.tuple(
      fc.double({ min: 0.01, max: 200, noNaN: true }),
      fc.double({ min: 1.01, max: 3, noNaN: true }),
    );
    fc.assert(
      fc.property(parameters, history, horizons, (model, customer, [horizon, factor]) => {
        const near = expectedPurchases(model, customer, horizon);
        const far = expectedPurchases(model, customer, horizon * factor);
        const alive = probabilityAlive(model, customer);
        const rate = (model.r + customer.frequency) / (model.alpha + customer.age);
        expect(expectedPurchases(model, customer, 0)).toBe(0);
        expect(near).toBeLessThanOrEqual(alive * rate * horizon * (1 + 1e-12));
        expect(far).toBeGreaterThanOrEqual(near * (1 - 1e-13));
        expect(near > 0 || alive === 0).toBe(true);
      }),
    );
  });

  test('is what the chances of so many purchases of a new customer add up to', () => {
    fc.assert(
      fc.property(
        parameters.filter(({ r }) => r < 5),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        (model, ages) => {
          const time = ages * model.alpha;
          const chances = Array.from({ length: 400 }, (_, count) => probabilityOfPurchases(model, count, time));
          expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 10);
          const mean = chances.reduce((sum, chance, count) => sum + count * chance, 0);
          expectClose(expectedPurchasesOfNewCustomer(model, time), mean, 1e-9);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('is seamless where a passes 1, for heavy buyers too', () => {
    const heavy = { frequency: 30_000, recency: 200, age: 200 };
    for (const customer of [{ frequency: 3, recency: 9, age: 12 }, heavy]) {
      const [below, at, above] = [1 - 2e-5, 1, 1 + 2e-5].map((a) =>
        expectedPurchases({ r: 0.3, alpha: 4, a, b: 3 }, customer, 250),
      );
      expectClose(at!, (below! + above!) / 2, 2e-9);
    }
  });

  test('scores many customers as one by one', () => {
    fc.assert(
      fc.property(parameters, fc.array(history, { maxLength: 5 }), (model, customers) => {
        const scores = scoreCustomers(
          model,
          {
            frequency: customers.map(({ frequency }) => frequency),
            recency: customers.map(({ recency }) => recency),
            age: customers.map(({ age }) => age),
          },
          12,
        );
        expect([...scores.probabilityAlive]).toEqual(customers.map((each) => probabilityAlive(model, each)));
        expect([...scores.expectedPurchases]).toEqual(customers.map((each) => expectedPurchases(model, each, 12)));
      }),
    );
  });
});

describe('the probability to be alive', () => {
  test('falls with silence', () => {
    fc.assert(
      fc.property(parameters, history, fc.double({ min: 0.01, max: 50, noNaN: true }), (model, customer, silence) => {
        const before = probabilityAlive(model, customer);
        const after = probabilityAlive(model, { ...customer, age: customer.age + silence });
        expect(after < before || after === 0).toBe(true);
        expect(before).toBeLessThan(1);
      }),
    );
  });

  test('is 1 without a repeat purchase, whatever the silence', () => {
    expect(probabilityAlive(published, { frequency: 0, recency: 0, age: 1e6 })).toBe(1);
  });

  test('is 0, not undefined, after a silence nobody alive would keep', () => {
    expect(probabilityAlive(published, { frequency: 900_000, recency: 1, age: 1e6 })).toBe(0);
  });
});

describe('the chance of so many purchases', () => {
  test.each([
    [0.243, 4.414, 0.793, 2.426, 0, 39, 0.5737863520960094],
    [0.243, 4.414, 0.793, 2.426, 1, 39, 0.19939528083591146],
    [0.243, 4.414, 0.793, 2.426, 7, 39, 0.008695428804155261],
    [0.243, 4.414, 0.793, 2.426, 200, 39, 4.0708535525556953e-14],
    [3, 2, 0.1, 5, 1000, 600, 0.00040512204317283835],
    [20, 2, 0.001, 500, 10, 100, 1.9645975991513217e-6],
  ])('with r %p, alpha %p, a %p, b %p of %p within %p is %p', (r, alpha, a, b, purchases, time, expected) => {
    // By mpmath from equation 8.
    expectClose(probabilityOfPurchases({ r, alpha, a, b }, purchases, time), expected, 1e-11);
  });

  test('leaves no time for a purchase where there is no time', () => {
    expect(probabilityOfPurchases(published, 0, 0)).toBe(1);
    expect(probabilityOfPurchases(published, 3, 0)).toBe(0);
  });
});

describe('what cannot be', () => {
  test.each([
    [{ frequency: -1, recency: 1, age: 2 }, 'history.frequency', 'out_of_range'],
    [{ frequency: 1.5, recency: 1, age: 2 }, 'history.frequency', 'not_whole'],
    [{ frequency: 2e6, recency: 1, age: 2 }, 'history.frequency', 'out_of_range'],
    [{ frequency: 1, recency: 3, age: 2 }, 'history.recency', 'out_of_range'],
    [{ frequency: 0, recency: 1, age: 2 }, 'history.recency', 'out_of_range'],
    [{ frequency: 1, recency: 0, age: 2 }, 'history.recency', 'out_of_range'],
    [{ frequency: 1, recency: -1, age: 2 }, 'history.recency', 'out_of_range'],
    [{ frequency: 1, recency: 1, age: Number.NaN }, 'history.age', 'not_finite'],
    [{ frequency: 0, recency: 0, age: -1 }, 'history.age', 'out_of_range'],
    [{ frequency: 1, recency: 1, age: Number.POSITIVE_INFINITY }, 'history.age', 'not_finite'],
  ])('is refused by name: %j', (customer, field, code) => {
    const refusal = expect.objectContaining({ name: 'StatisticsError', field, code });
    expect(() => probabilityAlive(published, customer)).toThrow(refusal);
    expect(() => expectedPurchases(published, customer, 1)).toThrow(refusal);
  });

  test('takes neither digits nor an end from figures that are very small', () => {
    // One purchase within so short a time happens with the chance r · t / alpha, and twice with none.
    const small = { r: 1e-17, alpha: 1, a: 1e-30, b: 1e-20 };
    expect(expectedPurchasesOfNewCustomer(small, 1e-9) / 1e-26).toBeCloseTo(1, 8);
    const alive = probabilityAlive({ r: 1, alpha: 1, a: 1e-12, b: 1e-12 }, { frequency: 1, recency: 1, age: 1 });
    expect(alive).toBeCloseTo(0.5, 12);
  });

  test('is refused where it would take for ever', () => {
    const many = { r: 1e90, alpha: 1, a: 0.5, b: 1 };
    expect(() => expectedPurchasesOfNewCustomer(many, 1)).toThrow(expect.objectContaining({ code: 'out_of_range' }));
    expect(() => probabilityOfPurchases({ ...many, r: 1, alpha: 1e-90 }, 2, 3)).toThrow(
      expect.objectContaining({ code: 'out_of_range', field: 'time' }),
    );
  });

  test('is refused of parameters, horizons and columns as well', () => {
    const customer = { frequency: 1, recency: 1, age: 2 };
    const refusal = (field: string) => expect.objectContaining({ name: 'StatisticsError', field });
    for (const name of ['r', 'alpha', 'a', 'b'] as const) {
      expect(() => probabilityAlive({ ...published, [name]: 0 }, customer)).toThrow(refusal(name));
      expect(() => probabilityOfPurchases({ ...published, [name]: Number.NaN }, 1, 1)).toThrow(refusal(name));
    }
    expect(() => expectedPurchases(published, customer, -1)).toThrow(refusal('horizon'));
    expect(() => expectedPurchases(published, customer, 1e9)).toThrow(refusal('horizon'));
    expect(() => expectedPurchasesOfNewCustomer(published, Number.NaN)).toThrow(refusal('horizon'));
    expect(() => probabilityOfPurchases(published, 0.5, 1)).toThrow(refusal('purchases'));
    expect(() => probabilityOfPurchases(published, 1, -1)).toThrow(refusal('time'));
    const columns = { frequency: [1, 1], recency: [1, 3], age: [2, 2] };
    expect(() => scoreCustomers(published, columns, 1)).toThrow(refusal('customers[1].recency'));
    expect(() => scoreCustomers(published, { ...columns, age: [2] }, 1)).toThrow(refusal('age'));
  });
});

function expectClose(actual: number, expected: number, relative: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));
}
