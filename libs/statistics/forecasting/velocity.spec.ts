import { describe, expect, test } from '@jest/globals';
import { velocity } from './velocity.ts';

describe('velocity', () => {
  test('is open deals × win rate × average won amount ÷ cycle days', () => {
    // 20 × 50 % × 8,000 ÷ 40 days, from 10 won of 20 decided deals
    expect(velocity({ openDeals: 20, decidedDeals: 20, wonTotal: 80_000, cycleDays: 40 })).toBe(2000);
    expect(velocity({ openDeals: 0, decidedDeals: 20, wonTotal: 80_000, cycleDays: 40 })).toBe(0);
  });

  test('has the unit of the money', () => {
    const flow = { openDeals: 3, decidedDeals: 7, wonTotal: 1234, cycleDays: 11 };
    expect(velocity({ ...flow, wonTotal: 123_400 })).toBeCloseTo(100 * velocity(flow), 9);
  });

  test('is refused where nothing is decided or takes no time', () => {
    const flow = { openDeals: 20, decidedDeals: 20, wonTotal: 80_000, cycleDays: 40 };
    expect(() => velocity({ ...flow, decidedDeals: 0 })).toThrow('decidedDeals');
    expect(() => velocity({ ...flow, cycleDays: 0 })).toThrow('cycleDays');
    expect(() => velocity({ ...flow, openDeals: 0.5 })).toThrow('openDeals');
    expect(() => velocity({ ...flow, wonTotal: 1e308 })).toThrow(expect.objectContaining({ code: 'not_finite' }));
  });
});
