import { creditsOf, readJourneys, type ChannelCredit, type Journey } from './journey.ts';
import type { RuleTally } from './rule-attribution.ts';

/**
 * Conversions and their value by the Shapley value (Shapley 1953) of the game v(S) = what the journeys bring whose
 * channels all lie in S. The game is the sum of one for each journey, in which only all of its channels together win and
 * which therefore gives each the same; the value is additive. So it is exact for any number of channels: each journey is
 * shared equally by its distinct channels (as in Zhao, Mahboobi and Bagheri 2018, "Shapley Value Methods for Attribution
 * Modeling in Online Advertising", arXiv 1804.05327). Credits are in the order of the channels' names. Throws what `readJourneys` throws.
 */
export function shapleyAttribution(journeys: Iterable<Journey>): readonly ChannelCredit[] {
  const tally = shapleyTally();
  return tally.credits(readJourneys(journeys, [tally]));
}

/** Adds up equal shares of the distinct channels. */
export function shapleyTally(): RuleTally {
  const conversions: number[] = [];
  const value: number[] = [];
  return {
    add: (journey) => {
      const distinct = new Set(journey.path);
      for (const channel of distinct) {
        conversions[channel] = (conversions[channel] ?? 0) + journey.conversions / distinct.size;
        value[channel] = (value[channel] ?? 0) + journey.value / distinct.size;
      }
    },
    credits: (totals) => creditsOf(totals, conversions, value),
  };
}
