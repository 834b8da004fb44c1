import { describe, expect, test } from '@jest/globals';
import { checkIndependence } from './gamma-gamma-independence.ts';

function buyers(values: readonly number[]) {
  return values.map((meanValue, index) => ({ frequency: 1 + (index % 4), meanValue }));
}

describe('the independence of frequency and value', () => {
  test('holds where they have nothing to do with each other', () => {
    const unrelated = buyers(Array.from({ length: 400 }, (_, index) => 10 + (Math.floor(index / 4) % 7)));
    expect(checkIndependence(unrelated)).toMatchObject({
      verdict: 'holds',
      correlation: { coefficient: expect.closeTo(0, 12), pairs: 400 },
      explanation: expect.stringContaining(
        'correlation of frequency and mean value is 0 (95 % interval -0.098 to 0.098)',
      ),
    });
  });

  test('nearly holds where they have a little', () => {
    const values = Array.from({ length: 400 }, (_, index) => 10 + (Math.floor(index / 4) % 7) + 0.4 * (index % 4));
    const found = checkIndependence(buyers(values));
    expect(found).toMatchObject({ verdict: 'nearly holds', explanation: expect.stringContaining('slightly more') });
    expect(found.correlation!.coefficient).toBeCloseTo(0.217, 3);
    const falling = checkIndependence(buyers(values.map((value) => 20 - value)));
    expect(falling).toMatchObject({ verdict: 'nearly holds', explanation: expect.stringContaining('slightly less') });
  });

  test('is violated where frequent buyers pay more or less', () => {
    const values = Array.from({ length: 40 }, (_, index) => 10 + 5 * (index % 4) + (Math.floor(index / 4) % 3));
    expect(checkIndependence(buyers(values))).toMatchObject({
      verdict: 'violated',
      explanation: expect.stringContaining('frequent buyers pay more per purchase'),
    });
    expect(checkIndependence(buyers(values.map((value) => 50 - value)))).toMatchObject({
      verdict: 'violated',
      explanation: expect.stringContaining('frequent buyers pay less per purchase'),
    });
  });

  test('is unclear from few buyers, or from buyers who are all alike', () => {
    expect(checkIndependence(buyers([5, 9, 4, 7, 8]))).toMatchObject({
      verdict: 'unclear',
      explanation: expect.stringContaining('too wide to tell'),
    });
    expect(checkIndependence(buyers([5, 9, 4]))).toMatchObject({ verdict: 'unclear', correlation: null });
    expect(checkIndependence(buyers([5, 5, 5, 5]))).toMatchObject({ verdict: 'unclear', correlation: null });
  });

  test('is refused of nobody and of what cannot be', () => {
    expect(() => checkIndependence([])).toThrow(expect.objectContaining({ code: 'empty' }));
    expect(() => checkIndependence([{ frequency: 0, meanValue: 1 }])).toThrow(
      expect.objectContaining({ field: 'buyers[0].frequency' }),
    );
    expect(() => checkIndependence([{ frequency: 1, meanValue: -1 }])).toThrow(
      expect.objectContaining({ field: 'buyers[0].meanValue' }),
    );
  });
});
