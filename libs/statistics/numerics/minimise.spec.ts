import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { minimise, type Slope } from './minimise.ts';

describe('the search for a minimum', () => {
  test('follows the bent valley of Rosenbrock to its end', () => {
    const found = minimise(rosenbrock, [-1.2, 1]);
    expect(found.converged).toBe(true);
    expect(found.iterations).toBeLessThan(60);
    expectNear(found.point, [1, 1], 1e-7);
    expect(found.value).toBeLessThan(1e-14);
    expect(Math.max(...found.gradient.map(Math.abs))).toBeLessThanOrEqual(1e-9);
  });

  test('follows it in ten dimensions', () => {
    const found = minimise(longRosenbrock, Array<number>(10).fill(-0.5));
    expect(found.converged).toBe(true);
    expectNear(found.point, Array<number>(10).fill(1), 1e-6);
  });

  test('finds the minimum of any convex quadratic', () => {
    const entry = fc.double({ min: -3, max: 3, noNaN: true });
    const vector = fc.tuple(entry, entry, entry);
    fc.assert(
      fc.property(fc.tuple(vector, vector, vector), vector, vector, (factor, minimum, start) => {
        const found = minimise(quadratic(factor, minimum), start);
        expect(found.converged).toBe(true);
        expectNear(found.point, minimum, 1e-6);
      }),
    );
  });

  test('copes with scales that differ by ten orders of magnitude', () => {
    const found = minimise(
      ([x, y]) => ({ value: 1e5 * (x! - 1) ** 2 + 1e-5 * (y! + 2) ** 2, gradient: [2e5 * (x! - 1), 2e-5 * (y! + 2)] }),
      [5, 5],
      { tolerance: 1e-11 },
    );
    expect(found.converged).toBe(true);
    expectNear(found.point, [1, -2], 1e-5);
  });

  test('steps back from where the function does not exist', () => {
    // x − log(x) ends at 0; the first step from 0.1 without care lies beyond.
    const found = minimise(([x]) => ({ value: x! - Math.log(x!), gradient: [1 - 1 / x!] }), [5]);
    expect(found.converged).toBe(true);
    expectNear(found.point, [1], 1e-8);
    const steep = minimise(([x]) => ({ value: 1e6 * (x! - Math.log(x!)), gradient: [1e6 * (1 - 1 / x!)] }), [0.01]);
    expectNear(steep.point, [1], 1e-8);
    const walled = minimise(
      ([x]) => ({ value: x! > 2 ? Number.NaN : (x! - 1.9) ** 2, gradient: [2 * (x! - 1.9)] }),
      [-3],
    );
    expectNear(walled.point, [1.9], 1e-8);
  });

  test('steps back from where only the slope does not exist, or the value is infinitely low', () => {
    for (const beyond of [
      { value: 0, gradient: [Number.NaN] },
      { value: Number.NEGATIVE_INFINITY, gradient: [1] },
    ]) {
      const found = minimise(([x]) => (x! > 2 ? beyond : { value: (x! - 1.9) ** 2, gradient: [2 * (x! - 1.9)] }), [-3]);
      expectNear(found.point, [1.9], 1e-8);
    }
  });

  test('is content where everything is flat', () => {
    const found = minimise(() => ({ value: 7, gradient: [0, 0] }), [3, 4]);
    expect(found).toMatchObject({ point: [3, 4], value: 7, iterations: 0, converged: true });
  });

  test('says that it did not converge where there is no minimum, with what it came to', () => {
    const endless = minimise(([x]) => ({ value: -x!, gradient: [-1] }), [0], { iterations: 20 });
    expect(endless.converged).toBe(false);
    expect(endless.iterations).toBeLessThanOrEqual(20);
    expect(Number.isFinite(endless.value)).toBe(true);
    const hurried = minimise(rosenbrock, [-1.2, 1], { iterations: 3 });
    expect(hurried).toMatchObject({ converged: false, iterations: 3 });
    expect(hurried.value).toBeLessThan(rosenbrock([-1.2, 1]).value);
    const edge = minimise(([x]) => ({ value: x! < 0 ? Number.NaN : x!, gradient: [1] }), [1]);
    expect(edge.converged).toBe(false);
    expect(edge.value).toBeGreaterThanOrEqual(0);
  });

  test('does not trust a gradient that leads nowhere', () => {
    const wrong = minimise(([x]) => ({ value: x! ** 2, gradient: [-2 * x!] }), [1]);
    expect(wrong).toMatchObject({ point: [1], converged: false });
  });

  test('goes no longer way in one step than it may', () => {
    const seen: number[] = [];
    minimise(
      ([x]) => {
        seen.push(x!);
        return { value: 1e-3 * (x! - 3) ** 2, gradient: [2e-3 * (x! - 3)] };
      },
      [0],
      { longestStep: 0.5, iterations: 2 },
    );
    expect(seen[1]).toBeLessThanOrEqual(0.5);
  });

  test('refuses a start that is none', () => {
    expect(() => minimise(rosenbrock, [])).toThrow(expect.objectContaining({ code: 'empty', field: 'start' }));
    expect(() => minimise(rosenbrock, [1, Number.NaN])).toThrow(
      expect.objectContaining({ code: 'not_finite', field: 'start[1]' }),
    );
    expect(() => minimise(() => ({ value: Number.NaN, gradient: [0] }), [1])).toThrow(
      expect.objectContaining({ code: 'not_finite', field: 'start' }),
    );
    expect(() => minimise(rosenbrock, [1, 1], { tolerance: 0 })).toThrow(
      expect.objectContaining({ field: 'tolerance' }),
    );
  });
});

function rosenbrock([x, y]: readonly number[]): Slope {
  const off = y! - x! ** 2;
  return { value: (1 - x!) ** 2 + 100 * off ** 2, gradient: [-2 * (1 - x!) - 400 * x! * off, 200 * off] };
}

function longRosenbrock(point: readonly number[]): Slope {
  const gradient = Array<number>(point.length).fill(0);
  let value = 0;
  for (let index = 0; index + 1 < point.length; index += 1) {
    const pair = rosenbrock([point[index]!, point[index + 1]!]);
    value += pair.value;
    gradient[index]! += pair.gradient[0]!;
    gradient[index + 1]! += pair.gradient[1]!;
  }
  return { value, gradient };
}

/** ½ |F(x − m)|² + ½ |x − m|², whose minimum is at m. */
function quadratic(factor: readonly (readonly number[])[], minimum: readonly number[]) {
  return (point: readonly number[]): Slope => {
    const off = point.map((coordinate, index) => coordinate - minimum[index]!);
    const image = factor.map((row) => row.reduce((sum, entry, index) => sum + entry * off[index]!, 0));
    const sumOfSquares = [...off, ...image].reduce((sum, part) => sum + part ** 2, 0);
    const gradient = off.map((part, i) => part + factor.reduce((sum, row, k) => sum + row[i]! * image[k]!, 0));
    return { value: sumOfSquares / 2, gradient };
  };
}

function expectNear(actual: readonly number[], expected: readonly number[], within: number): void {
  expect(actual).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) expect(Math.abs(actual[index]! - value)).toBeLessThan(within);
}
