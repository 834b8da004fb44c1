import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { quantileOfValues } from '../quantiles.ts';
import { kaplanMeier, timeQuantile, type Duration } from './kaplan-meier.ts';

const duration = fc.record({ time: fc.integer({ min: 0, max: 40 }), ended: fc.boolean() });
const durations = fc.array(duration, { minLength: 1, maxLength: 60 });

function ended(...times: readonly number[]): Duration[] {
  return times.map((time) => ({ time, ended: true }));
}

function lasting(...times: readonly number[]): Duration[] {
  return times.map((time) => ({ time, ended: false }));
}

describe('the survival curve', () => {
  test('is that of the leukaemia patients on 6-mercaptopurine', () => {
    // Freireich et al. 1963, Blood 21; as R's survfit prints it.
    const patients = [
      ...ended(6, 6, 6, 7, 10, 13, 16, 22, 23),
      ...lasting(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35),
    ];
    const { curve, median, p75, count, censored } = kaplanMeier(patients);
    expect([count, censored]).toEqual([21, 12]);
    const falls = curve.filter((step) => step.ended > 0);
    expect(falls.map(({ time, atRisk }) => [time, atRisk])).toEqual([
      [6, 21],
      [7, 17],
      [10, 15],
      [13, 12],
      [16, 11],
      [22, 7],
      [23, 6],
    ]);
    const survivals = [0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448];
    const errors = [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346];
    falls.forEach(({ survival, standardError }, index) => {
      expect(survival).toBeCloseTo(survivals[index]!, 3);
      expect(standardError).toBeCloseTo(errors[index]!, 4);
    });
    expect(median).toEqual({ time: 23, reason: null });
    expect(p75.time).toBeNull();
    expect(p75.reason).toBe('Of those watched, 55.2 % ended by the longest time seen, less than the 75 % asked for.');
  });

  test('without censoring is the share that lasted longer, with the error of a share', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 50 }), (times) => {
        for (const { time, survival, standardError } of kaplanMeier(ended(...times)).curve) {
          const share = times.filter((each) => each > time).length / times.length;
          expect(survival).toBeCloseTo(share, 12);
          expect(standardError === null).toBe(share === 0);
          expect(standardError ?? 0).toBeCloseTo(Math.sqrt((share * (1 - share)) / times.length), 12);
        }
      }),
    );
  });

  test('without censoring has the times in order for its quantiles, beside those of type 7', () => {
    const times = fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(times, fc.constantFrom(0.25, 0.5, 0.75, 0.9), (all, share) => {
        const sorted = all.toSorted((left, right) => left - right);
        const { time } = timeQuantile(kaplanMeier(ended(...all)).curve, share);
        const place = Math.ceil(all.length * share - 1e-9);
        expect(time).toBe(sorted[place - 1]);
        const interpolated = quantileOfValues(all, share);
        expect(interpolated).toBeGreaterThanOrEqual(sorted[Math.max(0, place - 2)]!);
        expect(interpolated).toBeLessThanOrEqual(sorted[Math.min(all.length - 1, place)]!);
      }),
    );
  });

  test('never rises, accounts for everyone, and does not mind the order', () => {
    fc.assert(
      fc.property(durations, (all) => {
        const answer = kaplanMeier(all);
        const survivals = answer.curve.map(({ survival }) => survival);
        expect(survivals).toEqual(survivals.toSorted((left, right) => right - left));
        expect(answer.curve[0]!.atRisk).toBe(all.length);
        expect(answer.curve.reduce((sum, step) => sum + step.ended + step.censored, 0)).toBe(all.length);
        expect(kaplanMeier(all.toReversed())).toEqual(answer);
        expect(JSON.stringify(answer)).not.toMatch(/NaN|Infinity/);
      }),
    );
  });

  test('scales with the unit of time', () => {
    fc.assert(
      fc.property(durations, (all) => {
        const weeks = kaplanMeier(all.map(({ time, ended: over }) => ({ time: time * 7, ended: over })));
        const { curve, median } = kaplanMeier(all);
        expect(weeks.curve.map(({ survival }) => survival)).toEqual(curve.map(({ survival }) => survival));
        expect(weeks.median.time).toBe(median.time === null ? null : median.time * 7);
      }),
    );
  });

  test('falls nowhere while nothing has ended', () => {
    const { curve, median } = kaplanMeier(lasting(1, 2));
    expect(curve.at(-1)).toMatchObject({ survival: 1, standardError: 0 });
    expect(median).toMatchObject({ time: null, reason: expect.stringContaining('0.0 %') });
  });

  test('is refused for times that are none', () => {
    expect(() => kaplanMeier([])).toThrow(expect.objectContaining({ code: 'empty' }));
    expect(() => kaplanMeier(ended(1, -1))).toThrow('durations[1].time');
    expect(() => kaplanMeier(ended(Number.NaN))).toThrow(expect.objectContaining({ code: 'not_finite' }));
    expect(() => timeQuantile(kaplanMeier(ended(1)).curve, 0)).toThrow('share');
  });
});
