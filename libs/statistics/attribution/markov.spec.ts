import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { partedByElimination } from './chain-elimination.ts';
import { partedBySweeps } from './chain-sweeps.ts';
import { readJourneys, type Journey } from './journey.ts';
import { chainTally, type MarkovOrder } from './markov-chain.ts';
import { markovAttribution } from './markov.ts';

const journeys = fc
  .array(
    fc.record({
      channels: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 8 }),
      conversions: fc.nat({ max: 9 }),
      nulls: fc.nat({ max: 9 }),
    }),
    { minLength: 1, maxLength: 15 },
  )
  .filter((some) => some.some(({ conversions }) => conversions > 0));
const order = fc.constantFrom<MarkovOrder>(1, 2, 3);

function chainOf(given: readonly Journey[], of: MarkovOrder) {
  const { chain, add } = chainTally(of);
  return { chain, totals: readJourneys(given, [{ add }]) };
}

describe('a Markov chain of journeys', () => {
  test('remembers as many channels as its order says', () => {
    const given = [{ channels: ['a', 'b', 'b', 'c'], conversions: 1, nulls: 1 }];
    const found = ([1, 2, 3] as const).map((of) => markovAttribution(given, { order: of }).transitions);
    const names = found.map((transitions) =>
      transitions.map(({ from, to }) => `${from.join('')}>${typeof to === 'string' ? to : to.join('')}`),
    );
    expect(names).toEqual([
      ['>a', 'a>b', 'b>b', 'b>c', 'c>conversion', 'c>null'],
      ['>a', 'a>ab', 'ab>bb', 'bb>bc', 'bc>conversion', 'bc>null'],
      ['>a', 'a>ab', 'ab>abb', 'abb>bbc', 'bbc>conversion', 'bbc>null'],
    ]);
    expect(found[0]!.map(({ probability }) => probability)).toEqual([1, 1, 0.5, 0.5, 0.5, 0.5]);
  });

  test('goes from each state somewhere, with the chances adding up to 1', () => {
    fc.assert(
      fc.property(journeys, order, (given, of) => {
        const { transitions, states } = markovAttribution(given, { order: of });
        const chances = new Map<string, number>();
        for (const { from, probability } of transitions) {
          chances.set(from.join(), (chances.get(from.join()) ?? 0) + probability);
        }
        expect(chances.size).toBe(states);
        for (const chance of chances.values()) expect(chance).toBeCloseTo(1, 12);
      }),
    );
  });

  test('brings through and past each channel together what the journeys brought', () => {
    fc.assert(
      fc.property(journeys, order, (given, of) => {
        const { chain, totals } = chainOf(given, of);
        for (const { through, past } of partedByElimination(chain).values()) {
          expect(through.conversions + past.conversions).toBeCloseTo(totals.conversions, 9);
        }
      }),
    );
  });

  test('is solved alike by elimination and by sweeps', () => {
    const worth = journeys.map((some) =>
      some.map((one, index) => ({
        ...one,
        conversions: one.conversions * 0.1,
        nulls: one.nulls * 0.3,
        value: one.conversions * (index + 1),
      })),
    );
    fc.assert(
      fc.property(worth, order, (given, of) => {
        const { chain } = chainOf(given, of);
        const [exact, swept] = [partedByElimination(chain), partedBySweeps(chain)];
        expect(new Set(swept.keys())).toEqual(new Set(exact.keys()));
        for (const [channel, { through, past }] of exact) {
          const other = swept.get(channel)!;
          expect(other.through.conversions).toBeCloseTo(through.conversions, 9);
          expect(other.through.value).toBeCloseTo(through.value, 8);
          expect(other.past.conversions).toBeCloseTo(past.conversions, 9);
          expect(other.past.value).toBeCloseTo(past.value, 8);
        }
      }),
    );
  });

  test('does not care, at order 1, for a channel that follows itself', () => {
    fc.assert(
      fc.property(journeys, (given) => {
        const stuttering = given.map((one) => ({
          ...one,
          channels: one.channels.flatMap((name) => [name, name, name]),
        }));
        const [before, after] = [markovAttribution(given), markovAttribution(stuttering)];
        for (const [index, { conversions }] of before.credits.entries()) {
          expect(after.credits[index]!.conversions).toBeCloseTo(conversions, 9);
        }
      }),
    );
  });

  test('loses everything without a channel of every conversion, and nothing without one of none', () => {
    const { removalEffects } = markovAttribution([
      { channels: ['always', 'often'], conversions: 3, value: 90 },
      { channels: ['always'], conversions: 1, value: 10 },
      { channels: ['never'], conversions: 0, nulls: 7 },
    ]);
    expect(removalEffects).toEqual([
      { channel: 'always', conversions: 1, value: 1 },
      { channel: 'never', conversions: 0, value: 0 },
      { channel: 'often', conversions: 0.75, value: 0.9 },
    ]);
  });

  test('has no removal effect on value where there is none', () => {
    const { removalEffects, credits } = markovAttribution([{ channels: ['a'], conversions: 1 }]);
    expect(removalEffects).toEqual([{ channel: 'a', conversions: 1, value: null }]);
    expect(credits).toEqual([{ channel: 'a', conversions: 1, value: 0 }]);
  });

  test('keeps its digits where a cycle is left once in 10¹² times', () => {
    const { removalEffects, conversionProbability } = markovAttribution([
      { channels: ['a', 'b', 'a'], conversions: 0, nulls: 1e12 },
      { channels: ['a', 'c'], conversions: 1 },
    ]);
    // From a: 1e12 to b and back, 1e12 to null, 1 to c.
    expect(conversionProbability).toBe(1 / (1e12 + 1));
    const [a, b, c] = removalEffects.map(({ conversions }) => conversions);
    expect([a, c]).toEqual([1, 1]);
    expect(b).toBeCloseTo(1e12 / (2e12 + 1), 15);
  });

  test('is refused by sweeps where its journeys are too long for them, and solved all the same', () => {
    const pair = Array.from({ length: 200_000 }, (_, step) => (step % 2 === 0 ? 'a' : 'b'));
    const given = [{ channels: [...pair, 'c'], conversions: 1 }];
    const { chain } = chainOf(given, 1);
    expect(() => partedBySweeps(chain)).toThrow(expect.objectContaining({ code: 'not_converged' }));
    for (const { conversions } of markovAttribution(given).credits) expect(conversions).toBeCloseTo(1 / 3, 12);
  });

  test('takes thousands of states', () => {
    const names = Array.from({ length: 2_100 }, (_, index) => `channel ${index}`);
    const given = names.map((name, index) => ({
      channels: [name, names[(index * 7 + 1) % names.length]!],
      conversions: 1,
      nulls: 1,
    }));
    const { states, credits } = markovAttribution(given);
    expect(states).toBe(2_101);
    expect(credits.reduce((sum, { conversions }) => sum + conversions, 0)).toBeCloseTo(2_100, 6);
  });

  test.each([0, 4, 1.5, Number.NaN])('has no order %d', (of) => {
    const asked = { order: of as MarkovOrder };
    expect(() => markovAttribution([{ channels: ['a'], conversions: 1 }], asked)).toThrow(
      expect.objectContaining({ name: 'StatisticsError', code: 'out_of_range', field: 'order' }),
    );
  });

  test('refuses counts so different in size that some of them vanish', () => {
    const given = [
      { channels: ['a', 'b'], conversions: 5e-324 },
      { channels: ['b'], conversions: 1, nulls: 4 },
      ...['c', 'd', 'e', 'f', 'g', 'h'].map((name) => ({ channels: ['b', name], conversions: 1 })),
    ];
    expect(() => markovAttribution(given)).toThrow(
      expect.objectContaining({ code: 'out_of_range', field: 'conversions' }),
    );
  });
});
