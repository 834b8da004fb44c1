import { describe, expect, test } from '@jest/globals';
import { estimatesOf } from './bg-nbd-identification.ts';

const parameters = { r: 1, alpha: 2, a: 1, b: 3 };
const none = [false, false, false, false];

/** Variances of the logarithms, which do not depend on each other. */
function independent(...variances: readonly number[]): number[][] {
  return variances.map((variance, i) => variances.map((_, j) => (i === j ? variance : 0)));
}

describe('the verdicts on estimates', () => {
  test('come with the errors of the delta method', () => {
    const { r, alpha, a, b, purchaseRate, dropout } = estimatesOf(
      parameters,
      independent(0.01, 0.04, 0.09, 0.16),
      none,
    );
    const errors = [r, alpha, a, b].map(({ standardError }) => standardError);
    expect(errors).toEqual([0.1, 0.4, 0.3, 1.2].map((error) => expect.closeTo(error, 12)));
    expect(purchaseRate.standardError).toBeCloseTo(0.5 * Math.sqrt(0.05), 12);
    // The share 1/4 has a variance of (1/4 · 3/4)² times that of its log odds, 0.09 + 0.16.
    expect(dropout.standardError).toBeCloseTo(0.25 * 0.75 * 0.5, 12);
  });

  test('tell a weak figure from one that is not identified', () => {
    const { r, alpha, a, b } = estimatesOf(parameters, independent(0.7 ** 2, 0.72 ** 2, 1.99 ** 2, 2.01 ** 2), none);
    expect([r, alpha, a, b].map(({ identification }) => identification)).toEqual([
      'identified',
      'weak',
      'weak',
      'not-identified',
    ]);
    expect(b).toMatchObject({ value: 3, standardError: null });
  });

  test('know a ratio of what is not known alone', () => {
    const tied = [
      [1e4, 1e4 - 0.01, 0, 0],
      [1e4 - 0.01, 1e4, 0, 0],
      [0, 0, 1e4, 1e4 - 0.01],
      [0, 0, 1e4 - 0.01, 1e4],
    ];
    const { alpha, b, purchaseRate, dropout } = estimatesOf(parameters, tied, none);
    expect(alpha.verdict).toBe('alpha is not identified: only their ratio, the purchase rate r/alpha, is known.');
    expect(b.verdict).toBe('b is not identified: only the mean chance of dropping out, a/(a + b), is known.');
    expect([purchaseRate.identification, dropout.identification]).toEqual(['identified', 'identified']);
  });

  test('trust no figure that the search followed without end', () => {
    const { a, b } = estimatesOf(parameters, independent(0.01, 0.01, 0.01, 0.01), [false, false, false, true]);
    expect([a.identification, b.identification]).toEqual(['identified', 'not-identified']);
  });

  test('say which way dropping out is unknown', () => {
    const open = independent(0.01, 0.01, 1e4, 1e4);
    const verdictAt = (a: number, b: number) => estimatesOf({ ...parameters, a, b }, open, none).dropout.verdict;
    expect(verdictAt(1e-5, 1)).toContain('hardly anybody');
    expect(verdictAt(1, 1e-5)).toContain('nearly everybody');
    expect(verdictAt(1, 1)).toContain('too little');
  });
});
