import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { splitAmount } from '../largest-remainder.ts';
import { attribution, type Attribution } from './attribution.ts';
import { conversionRateShapley } from './conversion-rate-shapley.ts';
import type { ChannelCredit, Journey } from './journey.ts';
import { markovAttribution } from './markov.ts';

const channel = fc.constantFrom('ads', 'blog', 'call', 'direct', 'email');
const journey = fc
  .record({
    channels: fc.array(channel, { minLength: 1, maxLength: 7 }),
    conversions: fc.nat({ max: 20 }),
    worth: fc.nat({ max: 1_000 }),
    nulls: fc.nat({ max: 20 }),
  })
  .map(({ worth, ...rest }): Journey => ({ ...rest, value: worth * rest.conversions }));
const journeys = fc
  .array(journey, { minLength: 1, maxLength: 12 })
  .filter((some) => some.some(({ conversions }) => conversions > 0));
const direct = ['direct'];

function creditsByModel({ credits }: Attribution): readonly (readonly [string, readonly ChannelCredit[]])[] {
  return Object.entries(credits);
}

function figures({ credits, markov }: Attribution): readonly number[] {
  return [
    ...Object.values(credits).flatMap((given) => given.flatMap(({ conversions, value }) => [conversions, value])),
    ...markov.flatMap(({ removalEffects }) =>
      removalEffects.flatMap((effect) => [effect.conversions, effect.value ?? 0]),
    ),
  ];
}

/** Equal but for the last digits. */
function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  const off = actual.filter((figure, index) => {
    const other = expected[index]!;
    return !(Math.abs(figure - other) <= 1e-9 * Math.max(1, Math.abs(figure), Math.abs(other)));
  });
  expect(off).toEqual([]);
}

function sum(credits: readonly ChannelCredit[], of: 'conversions' | 'value'): number {
  return credits.reduce((total, credit) => total + credit[of], 0);
}

describe('every model of attribution', () => {
  test('gives away all conversions and all value, none of it negative', () => {
    fc.assert(
      fc.property(journeys, (given) => {
        const found = attribution(given, { direct });
        for (const [, credits] of creditsByModel(found)) {
          expectClose(
            [sum(credits, 'conversions'), sum(credits, 'value')],
            [found.totals.conversions, found.totals.value],
          );
        }
        expect(figures(found).every((figure) => figure >= 0 && figure < Infinity)).toBe(true);
      }),
    );
  });

  test('does not care for the names of the channels', () => {
    const renamed: Readonly<Record<string, string>> = { ads: 'v', blog: 'w', call: 'x', direct: 'y', email: 'z' };
    fc.assert(
      fc.property(journeys, (given) => {
        const other = given.map((one) => ({ ...one, channels: one.channels.map((name) => renamed[name]!) }));
        const [before, after] = [attribution(given, { direct }), attribution(other, { direct: ['y'] })];
        expectClose(figures(after), figures(before));
        expect(after.credits.linear!.map((credit) => credit.channel)).toEqual(
          before.credits.linear!.map((credit) => renamed[credit.channel]),
        );
      }),
    );
  });

  test('does not care for the order of the journeys', () => {
    fc.assert(
      fc.property(journeys, (given) => {
        expectClose(figures(attribution(given.toReversed(), { direct })), figures(attribution(given, { direct })));
      }),
    );
  });

  test('takes a row twice for one with doubled counts', () => {
    fc.assert(
      fc.property(journeys, ([first, ...others]) => {
        const { channels, conversions, value, nulls } = first!;
        const once = { channels, conversions: conversions * 2, value: value! * 2, nulls: nulls! * 2 };
        fc.pre(once.conversions > 0 || others.some((other) => other.conversions > 0));
        expectClose(
          figures(attribution([first!, ...others, first!], { direct })),
          figures(attribution([once, ...others], { direct })),
        );
      }),
    );
  });

  test('gives values in the unit they are given', () => {
    fc.assert(
      fc.property(journeys, fc.double({ min: 0.001, max: 1e6, noNaN: true }), (given, rate) => {
        const exchanged = given.map((one) => ({ ...one, value: one.value! * rate }));
        const [before, after] = [attribution(given), attribution(exchanged)];
        for (const [model, credits] of creditsByModel(before)) {
          const other = after.credits[model as keyof typeof after.credits]!;
          expectClose(
            other.flatMap((credit) => [credit.conversions, credit.value]),
            credits.flatMap((credit) => [credit.conversions, credit.value * rate]),
          );
        }
      }),
    );
  });

  test('gives nothing to a channel of no conversion', () => {
    fc.assert(
      fc.property(journeys, (given) => {
        const found = attribution([...given, { channels: ['lost', 'lost'], conversions: 0, nulls: 3 }]);
        for (const [, credits] of creditsByModel(found)) {
          expect(credits.find((credit) => credit.channel === 'lost')).toEqual({
            channel: 'lost',
            conversions: 0,
            value: 0,
          });
        }
      }),
    );
  });

  test('agrees with all others where each journey has one channel', () => {
    const alone = journeys.map((some) => some.map((one) => ({ ...one, channels: one.channels.slice(0, 1) })));
    fc.assert(
      fc.property(alone, (given) => {
        const found = attribution(given, { direct });
        const [[, first], ...others] = creditsByModel(found) as [readonly [string, readonly ChannelCredit[]]];
        expect(others).toHaveLength(9);
        for (const [, credits] of others as [string, readonly ChannelCredit[]][]) {
          expectClose(
            credits.flatMap((credit) => [credit.conversions, credit.value]),
            first.flatMap((credit) => [credit.conversions, credit.value]),
          );
        }
      }),
    );
  });

  test('splits an amount of money without a unit left over', () => {
    fc.assert(
      fc.property(journeys, fc.integer(), (given, amount) => {
        for (const [, credits] of creditsByModel(attribution(given))) {
          const parts = splitAmount(
            amount,
            credits.map(({ conversions }) => conversions),
          );
          expect(parts.reduce((total, part) => total + part, 0)).toBe(amount);
        }
      }),
    );
  });

  test('reads its journeys once, from anything that can be gone through', () => {
    let begun = 0;
    function* stream(): Generator<Journey> {
      begun += 1;
      yield { channels: ['ads', 'email'], conversions: 2, value: 10 };
    }
    expect(attribution(stream()).totals).toEqual({
      channels: ['ads', 'email'],
      rows: 1,
      conversions: 2,
      value: 10,
      nulls: 0,
    });
    expect(begun).toBe(1);
  });

  test('leaves out the Markov chains that are not asked for', () => {
    const { credits, markov } = attribution([{ channels: ['ads'], conversions: 1 }], { orders: [2, 2] });
    expect(Object.keys(credits).filter((model) => model.startsWith('markov'))).toEqual(['markov2']);
    expect(markov.map(({ order }) => order)).toEqual([2]);
  });

  test.each([
    ['empty', 'journeys', []],
    ['empty', 'journeys[0].channels', [{ channels: [], conversions: 1 }]],
    [
      'empty',
      'journeys[1].channels',
      [
        { channels: ['a'], conversions: 1 },
        { channels: ['a', ' '], conversions: 1 },
      ],
    ],
    ['out_of_range', 'journeys[0].conversions', [{ channels: ['a'], conversions: -1 }]],
    ['out_of_range', 'journeys[0].nulls', [{ channels: ['a'], conversions: 1, nulls: -1 }]],
    ['out_of_range', 'journeys[0].value', [{ channels: ['a'], conversions: 1, value: -1 }]],
    ['out_of_range', 'journeys[0].value', [{ channels: ['a'], conversions: 0, value: 1, nulls: 1 }]],
    ['not_finite', 'journeys[0].conversions', [{ channels: ['a'], conversions: Number.NaN }]],
    ['not_finite', 'journeys[0].value', [{ channels: ['a'], conversions: 1, value: Infinity }]],
    ['too_few', 'conversions', [{ channels: ['a'], conversions: 0, nulls: 5 }]],
    ['not_finite', 'conversions', [1e308, 1e308].map((conversions) => ({ channels: ['a'], conversions }))],
    ['not_finite', 'journeys[0].value', [{ channels: ['a'], conversions: 5e-324, value: 1 }]],
    ['not_finite', 'conversions and nulls', [{ channels: ['a', 'a', 'a'], conversions: 1, nulls: 1e308 }]],
    ['unequal_lengths', 'journeys[0].times', [{ channels: ['a'], conversions: 1, times: [1, 2] }]],
    ['not_sorted', 'journeys[0].times', [{ channels: ['a', 'b'], conversions: 1, times: [2, 1] }]],
    ['not_finite', 'journeys[0].times[1]', [{ channels: ['a', 'b'], conversions: 1, times: [2, Number.NaN] }]],
  ] as [string, string, Journey[]][])('refuses as %s what is wrong with %s', (code, field, given) => {
    for (const model of [attribution, markovAttribution, conversionRateShapley]) {
      expect(() => model(given)).toThrow(expect.objectContaining({ name: 'StatisticsError', code, field }));
    }
  });
});
