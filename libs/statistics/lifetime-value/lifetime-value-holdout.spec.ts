import { describe, expect, test } from '@jest/globals';
import { compareHoldout } from './lifetime-value-holdout.ts';

describe('a comparison with the holdout period', () => {
  const customers = [
    { frequency: 0, expected: 0.5, actual: 0 },
    { frequency: 0, expected: 0.5, actual: 2 },
    { frequency: 6, expected: 4, actual: 4 },
    { frequency: 7, expected: 5, actual: 4 },
    { frequency: 30, expected: 20, actual: 22 },
  ];
  const comparison = compareHoldout(customers);

  test('tells totals and errors', () => {
    expect(comparison).toMatchObject({ customers: 5, expected: 30, actual: 32, relativeError: -1 / 16 });
    expect(comparison.meanAbsoluteError).toBeCloseTo((0.5 + 1.5 + 0 + 1 + 2) / 5, 12);
    expect(comparison.rootMeanSquaredError).toBeCloseTo(Math.sqrt((0.25 + 2.25 + 0 + 1 + 4) / 5), 12);
    expect(comparison.correlation!.coefficient).toBeCloseTo(285 / Math.sqrt(261.5 * 315.2), 12);
  });

  test('goes by how often customers had bought, seven times and more together', () => {
    expect(comparison.groups).toEqual([
      { frequency: 0, orMore: false, customers: 2, expected: 1, actual: 2, meanExpected: 0.5, meanActual: 1 },
      { frequency: 6, orMore: false, customers: 1, expected: 4, actual: 4, meanExpected: 4, meanActual: 4 },
      { frequency: 7, orMore: true, customers: 2, expected: 25, actual: 26, meanExpected: 12.5, meanActual: 13 },
    ]);
    for (const part of ['customers', 'expected', 'actual'] as const) {
      expect(comparison.groups.reduce((sum, group) => sum + group[part], 0)).toBe(comparison[part]);
    }
  });

  test('is the same whatever the order of the customers', () => {
    const { correlation, ...rest } = compareHoldout(customers.toReversed());
    expect({ ...rest, correlation: comparison.correlation }).toEqual(comparison);
    expect(correlation!.coefficient).toBeCloseTo(comparison.correlation!.coefficient, 12);
  });

  test('has no relative error where nobody bought, and no correlation where all are alike', () => {
    expect(compareHoldout([{ frequency: 1, expected: 2, actual: 0 }])).toMatchObject({
      relativeError: null,
      correlation: null,
    });
  });

  test.each([
    [[], 'customers'],
    [[{ frequency: -1, expected: 1, actual: 1 }], 'customers[0].frequency'],
    [[{ frequency: 1, expected: Number.NaN, actual: 1 }], 'customers[0].expected'],
    [[{ frequency: 1, expected: -1, actual: 1 }], 'customers[0].expected'],
    [[{ frequency: 1, expected: 1, actual: 0.5 }], 'customers[0].actual'],
  ])('is refused of %j', (wrong, field) => {
    expect(() => compareHoldout(wrong)).toThrow(expect.objectContaining({ field }));
  });
});
