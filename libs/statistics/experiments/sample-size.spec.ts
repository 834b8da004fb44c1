import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { power, sampleSize } from './sample-size.ts';

const rate = fc.double({ min: 0.01, max: 0.99, noNaN: true });

describe('the size of an experiment', () => {
  test('is as R gives it', () => {
    // power.prop.test(p1 = .50, p2 = .75, power = .90): n = 76.7
    expect(sampleSize({ control: 0.5, variant: 0.75 }, { power: 0.9 })).toEqual({ control: 77, variant: 77 });
    expect(sampleSize({ control: 0.05, variant: 0.06 })).toEqual({ control: 8158, variant: 8158 });
    expect(sampleSize({ control: 0.1, variant: 0.12 })).toEqual({ control: 3841, variant: 3841 });
    expect(sampleSize({ control: 0.05, variant: 0.06 }, { power: 0.9 }).control).toBe(10_921);
  });

  test('has the power asked for, and less with a twentieth fewer subjects', () => {
    const settings = fc.record({
      level: fc.constantFrom(0.9, 0.95, 0.99),
      power: fc.constantFrom(0.5, 0.8, 0.95),
      ratio: fc.constantFrom(0.1, 0.5, 1, 1.5, 7),
    });
    fc.assert(
      fc.property(rate, rate, settings, (control, variant, asked) => {
        fc.pre(Math.abs(variant - control) > 0.001);
        const rates = { control, variant };
        const subjects = sampleSize(rates, asked);
        expect(power(rates, subjects, asked.level)).toBeGreaterThanOrEqual(asked.power);
        expect(subjects.variant).toBe(Math.ceil(subjects.control * asked.ratio * (1 - 1e-12)));
        fc.pre(Math.min(subjects.control, subjects.variant) > 100);
        const fewer = { control: Math.floor(subjects.control * 0.95), variant: Math.floor(subjects.variant * 0.95) };
        expect(power(rates, fewer, asked.level)).toBeLessThan(asked.power);
      }),
    );
  });

  test('is the least, also where the other tail counts as well', () => {
    const rates = { control: 0.01, variant: 0.025 };
    const { control, variant } = sampleSize(rates, { level: 0.9, power: 0.5, ratio: 0.1 });
    expect(variant).toBe(Math.ceil(control / 10));
    expect(power(rates, { control, variant }, 0.9)).toBeGreaterThanOrEqual(0.5);
    const fewer = { control: control - 1, variant: Math.ceil((control - 1) / 10) };
    expect(power(rates, fewer, 0.9)).toBeLessThan(0.5);
  });

  test('is refused for rates that are the same, cannot be, or lie too close', () => {
    expect(() => sampleSize({ control: 0.1, variant: 0.1 })).toThrow(expect.objectContaining({ code: 'no_variation' }));
    expect(() => sampleSize({ control: 0, variant: 0.1 })).toThrow('rates.control');
    expect(() => sampleSize({ control: 0.1, variant: 1 })).toThrow('rates.variant');
    expect(() => sampleSize({ control: 0.5, variant: 0.5 + 1e-12 })).toThrow(
      expect.objectContaining({ code: 'too_many' }),
    );
    expect(() => sampleSize({ control: 0.1, variant: 0.2 }, { ratio: 0 })).toThrow('ratio');
    expect(() => sampleSize({ control: 0.1, variant: 0.2 }, { power: 1 })).toThrow('power');
  });
});

describe('the power of an experiment', () => {
  test('is as statsmodels gives it', () => {
    expect(power({ control: 0.05, variant: 0.06 }, { control: 8158, variant: 8158 })).toBeCloseTo(0.800013867852283, 6);
  });

  test('is the chance of a false alarm where the rates are the same', () => {
    expect(power({ control: 0.2, variant: 0.2 }, { control: 500, variant: 900 })).toBeCloseTo(0.05, 12);
  });

  test('grows with the subjects and does not mind which arm is which', () => {
    fc.assert(
      fc.property(rate, rate, fc.integer({ min: 20, max: 10_000 }), (control, variant, subjects) => {
        const of = (each: number) => power({ control, variant }, { control: each, variant: each });
        expect(of(subjects * 2)).toBeGreaterThanOrEqual(of(subjects) - 1e-12);
        const swapped = power({ control: variant, variant: control }, { control: subjects, variant: subjects });
        expect(swapped).toBeCloseTo(of(subjects), 12);
      }),
    );
  });
});
