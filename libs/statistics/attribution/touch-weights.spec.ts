import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { ruleAttribution } from './rule-attribution.ts';
import { touchWeights, type TouchRule } from './touch-weights.ts';

const DAY = 86_400_000;
const position: TouchRule = { rule: 'position', first: 0.4, last: 0.4 };
const lastNonDirect: TouchRule = { rule: 'lastNonDirect', direct: ['direct', 'typed'] };

describe('the touches of a journey', () => {
  test.each([
    [{ rule: 'first' }, 'a b c', [1, 0, 0]],
    [{ rule: 'last' }, 'a b c', [0, 0, 1]],
    [lastNonDirect, 'a direct b direct typed', [0, 0, 1, 0, 0]],
    [lastNonDirect, 'direct typed', [0, 1]],
    [{ rule: 'linear' }, 'a b a a', [0.25, 0.25, 0.25, 0.25]],
    [position, 'a', [1]],
    [position, 'a b', [0.5, 0.5]],
    [position, 'a b c d', [0.4, 0.1, 0.1, 0.4]],
    [{ rule: 'position', first: 0.3, last: 0.1 }, 'a b', [0.75, 0.25]],
    [{ rule: 'position', first: 0, last: 0 }, 'a b', [0.5, 0.5]],
    [{ rule: 'position', first: 0, last: 0 }, 'a b c', [0, 1, 0]],
    [{ rule: 'stepDecay', halfLifeSteps: 1 }, 'a b c', [1 / 7, 2 / 7, 4 / 7]],
    [
      { rule: 'stepDecay', halfLifeSteps: 2 },
      'a b c',
      [0.5 / (1.5 + Math.SQRT1_2), Math.SQRT1_2 / (1.5 + Math.SQRT1_2), 1 / (1.5 + Math.SQRT1_2)],
    ],
  ] as [TouchRule, string, number[]][])('have by %j of %s the shares %j', (rule, path, shares) => {
    const weights = touchWeights(rule, path.split(' '));
    expect(weights).toHaveLength(shares.length);
    for (const [index, weight] of weights.entries()) expect(weight).toBeCloseTo(shares[index]!, 14);
  });

  test('halve with every half-life before the last one', () => {
    const rule: TouchRule = { rule: 'timeDecay', halfLifeDays: 7 };
    const weights = touchWeights(rule, ['a', 'b', 'c'], [0, 7 * DAY, 14 * DAY]);
    for (const [index, weight] of weights.entries()) expect(weight).toBeCloseTo([1 / 7, 2 / 7, 4 / 7][index]!, 14);
    expect(touchWeights(rule, ['a', 'b'], [5, 5])).toEqual([0.5, 0.5]);
    expect(touchWeights(rule, ['a', 'b'], [-8e15, 8e15])).toEqual([0, 1]);
  });

  test('make the whole by any rule', () => {
    const touches = fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'direct'), days: fc.nat() }), {
      minLength: 1,
    });
    const half = fc.double({ min: 0.01, max: 1e6, noNaN: true });
    const share = fc.double({ min: 0, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(touches, half, share, share, (given, halfLife, first, last) => {
        const channels = given.map(({ name }) => name);
        const times = given.map(({ days }) => days * DAY).toSorted((left, right) => left - right);
        const rules: readonly TouchRule[] = [
          { rule: 'first' },
          { rule: 'last' },
          lastNonDirect,
          { rule: 'linear' },
          { rule: 'position', first, last },
          { rule: 'stepDecay', halfLifeSteps: halfLife },
          { rule: 'timeDecay', halfLifeDays: halfLife },
        ];
        for (const rule of rules) {
          const weights = touchWeights(rule, channels, times);
          expect(weights.every((weight) => weight >= 0)).toBe(true);
          expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        }
      }),
    );
  });

  test.each([
    ['empty', 'channels', { rule: 'linear' }, []],
    ['empty', 'times', { rule: 'timeDecay', halfLifeDays: 7 }, ['a']],
    ['out_of_range', 'halfLifeSteps', { rule: 'stepDecay', halfLifeSteps: 0 }, ['a']],
    ['not_finite', 'halfLifeSteps', { rule: 'stepDecay', halfLifeSteps: Number.NaN }, ['a']],
    ['out_of_range', 'position.first', { rule: 'position', first: -0.1, last: 0 }, ['a']],
    ['out_of_range', 'position.last', { rule: 'position', first: 0, last: 1.1 }, ['a']],
    ['out_of_range', 'position', { rule: 'position', first: 0.6, last: 0.6 }, ['a']],
  ] as [string, string, TouchRule, string[]][])('are refused as %s for %s', (code, field, rule, channels) => {
    expect(() => touchWeights(rule, channels)).toThrow(
      expect.objectContaining({ name: 'StatisticsError', code, field }),
    );
  });
});

describe('attribution by a rule', () => {
  test('adds up what the journeys give, by the names of the channels', () => {
    const journeys = [
      { channels: ['search', 'email', 'search'], conversions: 3, value: 30 },
      { channels: ['email'], conversions: 1, value: 5, nulls: 9 },
    ];
    expect(ruleAttribution(journeys, position)).toEqual([
      { channel: 'email', conversions: expect.closeTo(1.6, 12), value: expect.closeTo(11, 12) },
      { channel: 'search', conversions: expect.closeTo(2.4, 12), value: expect.closeTo(24, 12) },
    ]);
  });
});
