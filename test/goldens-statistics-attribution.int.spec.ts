/** Attribution of real journeys, against answers that were computed elsewhere. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { attribution } from '../libs/statistics/attribution/attribution.ts';
import { conversionRateShapley } from '../libs/statistics/attribution/conversion-rate-shapley.ts';
import type { ChannelCredit, Journey } from '../libs/statistics/attribution/journey.ts';
import { markovAttribution } from '../libs/statistics/attribution/markov.ts';
import { describeOnRealData, readCsv, readGolden } from './real-data.ts';

type ByChannel = Readonly<Record<string, number>>;

interface MarkovGolden {
  readonly p_conversion_from_start: number;
  readonly removal_effect: ByChannel;
  readonly conversions: ByChannel;
}

interface CaseGolden {
  readonly rows: number;
  readonly channels: readonly string[];
  readonly total_conversions: number;
  readonly total_null: number;
  readonly conversions: ByRule;
  readonly markov1_with_null: MarkovGolden;
  readonly markov1_conversions_only: MarkovGolden;
  readonly transition_matrix_with_null: ByChannel;
  readonly shapley_conversions: ByChannel;
  readonly shapley_conversion_rate_game: ByChannel;
  readonly shapley_conversion_rate_game_total: number;
}

type ByRule = Readonly<
  Record<
    'first_touch' | 'last_touch' | 'linear_touch' | 'linear_unique' | 'position_40_20_40' | 'decay_half_per_step',
    ByChannel
  >
>;

interface Golden {
  readonly PathData: Pick<CaseGolden, 'rows' | 'channels' | 'total_conversions' | 'total_null'> & {
    readonly conversions: Pick<ByRule, 'first_touch' | 'last_touch' | 'linear_touch'>;
  };
  readonly small_cases: Readonly<Record<keyof typeof smallCases, CaseGolden>>;
}

interface Independent {
  readonly conversions: ByChannel;
  readonly value: ByChannel;
}

function journeys(...rows: readonly (readonly [path: string, conversions: number, nulls: number])[]): Journey[] {
  return rows.map(([path, conversions, nulls]) => ({ channels: path.split(' > '), conversions, nulls }));
}

/** The journeys of the cases, which the golden file only names. */
const smallCases = {
  eeghor_mta_markov: journeys(['a > b', 3, 1], ['a > c', 1, 1]),
  analyzecore_2016: journeys(['c1 > c2 > c3', 1, 0], ['c1', 0, 1], ['c2 > c3', 0, 1]),
  eeghor_shapley_a_ab: journeys(['a', 4, 0], ['a > b', 6, 0]),
  dp6_mam: journeys(
    ...['A', 'A > B', 'A > B > C', 'B', 'B > A', 'B > C > A', 'C', 'C > A', 'C > B > A'].map(
      (path) => [path, 3, 0] as const,
    ),
  ),
};

/**
 * The 10,000 journeys, computed by a program in Python that shares nothing with ours: Markov chains by one dense solution
 * of numpy for each channel left out, Shapley values over all 4,096 sets of channels.
 */
const independent = JSON.parse(
  readFileSync(new URL('testing/attribution-of-path-data.json', import.meta.url), 'utf8'),
) as Readonly<Record<'position' | 'timeDecay' | 'markov1' | 'markov2' | 'markov3' | 'shapley', Independent>>;

const TOLERANCE = 1e-9;

/** The same channels with the same figures; a channel that is left out has nothing. */
function expectEach(actual: readonly (readonly [channel: string, figure: number])[], golden: ByChannel): void {
  const off = actual.filter(
    ([channel, figure]) => !(Math.abs(figure - (golden[channel] ?? 0)) <= TOLERANCE * Math.max(1, Math.abs(figure))),
  );
  expect(off).toEqual([]);
  const channels = new Set(actual.map(([channel]) => channel));
  expect(Object.keys(golden).filter((channel) => !channels.has(channel))).toEqual([]);
}

function expectCredits(credits: readonly ChannelCredit[] | undefined, golden: ByChannel): void {
  expectEach(
    credits!.map(({ channel, conversions }) => [channel, conversions]),
    golden,
  );
}

describeOnRealData('path-data', 'marketing journeys', (folder) => {
  const golden = readGolden<Golden>(folder);

  describe('the 10,000 journeys', () => {
    const rows = readCsv(folder, 'PathData.csv');
    const { totals, credits, markov } = attribution(
      rows.map((row) => ({
        channels: row['path']!.split(' > '),
        conversions: Number(row['total_conversions']),
        value: Number(row['total_conversion_value']),
        nulls: Number(row['total_null']),
      })),
    );

    test('have the channels, conversions and nulls of the file', () => {
      const { rows: count, channels, total_conversions: conversions, total_null: nulls } = golden.PathData;
      expect(totals).toMatchObject({ rows: count, conversions, nulls });
      expect(totals.channels.toSorted()).toEqual(channels);
    });

    test('are attributed as the goldens say', () => {
      const { first_touch: first, last_touch: last, linear_touch: linear } = golden.PathData.conversions;
      expectCredits(credits.firstTouch, first);
      expectCredits(credits.lastTouch, last);
      expectCredits(credits.lastNonDirect, last);
      expectCredits(credits.linear, linear);
    });

    test.each(Object.entries(independent))('are attributed by %s as another program does', (model, figures) => {
      const found = credits[model as keyof typeof independent]!;
      expectCredits(found, figures.conversions);
      expectEach(
        found.map(({ channel, value }) => [channel, value]),
        figures.value,
      );
    });

    test('are given away whole by every model', () => {
      expect(Object.keys(credits)).toHaveLength(10);
      for (const [model, given] of Object.entries(credits)) {
        const sum = (what: 'conversions' | 'value') => given.reduce((total, credit) => total + credit[what], 0);
        expect([model, Math.abs(sum('conversions') / totals.conversions - 1) < 1e-12]).toEqual([model, true]);
        expect([model, Math.abs(sum('value') / totals.value - 1) < 1e-12]).toEqual([model, true]);
      }
      expect(markov.map(({ states }) => states)).toEqual([13, 125, 967]);
    });
  });

  describe.each(Object.entries(smallCases) as [keyof typeof smallCases, Journey[]][])('the case %s', (name, given) => {
    const expected = golden.small_cases[name];

    test('is attributed by each rule as published', () => {
      const { totals, credits } = attribution(given);
      expect(totals).toMatchObject({
        rows: expected.rows,
        conversions: expected.total_conversions,
        nulls: expected.total_null,
      });
      const { conversions } = expected;
      expectCredits(credits.firstTouch, conversions.first_touch);
      expectCredits(credits.lastTouch, conversions.last_touch);
      expectCredits(credits.linear, conversions.linear_touch);
      expectCredits(credits.position, conversions.position_40_20_40);
      expectCredits(credits.timeDecay, conversions.decay_half_per_step);
      expectCredits(credits.shapley, conversions.linear_unique);
      expectCredits(credits.shapley, expected.shapley_conversions);
    });

    test.each([
      ['nulls', given, expected.markov1_with_null],
      ['conversions only', given.map((journey) => ({ ...journey, nulls: 0 })), expected.markov1_conversions_only],
    ])('is attributed by a Markov chain of %s as published', (_, counted, of) => {
      const { conversionProbability, removalEffects, credits } = markovAttribution(counted);
      expect(conversionProbability).toBeCloseTo(of.p_conversion_from_start, 12);
      expectEach(
        removalEffects.map(({ channel, conversions }) => [channel, conversions]),
        of.removal_effect,
      );
      expectCredits(credits, of.conversions);
    });

    test('has the transitions that were published', () => {
      const ends = { conversion: '(conv)', null: '(null)' };
      const transitions = markovAttribution(given).transitions.map(({ from, to, probability }) => {
        const target = typeof to === 'string' ? ends[to] : to[0]!;
        return [`${from[0] ?? '(start)'}>${target}`, probability] as const;
      });
      expectEach(transitions, expected.transition_matrix_with_null);
    });

    test('has the Shapley values of its conversion rate', () => {
      const { rate, method, shares } = conversionRateShapley(given);
      expect(method).toBe('exact');
      expect(rate).toBeCloseTo(expected.shapley_conversion_rate_game_total, 12);
      expectEach(
        shares.map((share) => [share.channel, share.rate]),
        expected.shapley_conversion_rate_game,
      );
    });
  });
});
