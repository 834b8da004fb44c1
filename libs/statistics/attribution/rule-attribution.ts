import {
  creditsOf,
  readJourneys,
  type ChannelCredit,
  type Journey,
  type JourneyTally,
  type JourneyTotals,
} from './journey.ts';
import { touchWeights, type TouchRule } from './touch-weights.ts';

/** A rule's tally, for several models in one pass. */
export interface RuleTally extends JourneyTally {
  credits(totals: JourneyTotals): readonly ChannelCredit[];
}

/**
 * Conversions and their value by a rule that shares out each journey for itself. Credits are in the order of the
 * channels' names and add up to what was converted, but for the last digits of floating point; `splitAmount` of them is
 * exact. Throws what `readJourneys` and `touchWeights` throw.
 */
export function ruleAttribution(journeys: Iterable<Journey>, rule: TouchRule): readonly ChannelCredit[] {
  const tally = ruleTally(rule);
  return tally.credits(readJourneys(journeys, [tally]));
}

/** Adds up the shares of the touches. */
export function ruleTally(rule: TouchRule): RuleTally {
  const conversions: number[] = [];
  const value: number[] = [];
  return {
    add: (journey) => {
      const weights = touchWeights(rule, journey.channels, journey.times);
      for (const [index, channel] of journey.path.entries()) {
        conversions[channel] = (conversions[channel] ?? 0) + weights[index]! * journey.conversions;
        value[channel] = (value[channel] ?? 0) + weights[index]! * journey.value;
      }
    },
    credits: (totals) => creditsOf(totals, conversions, value),
  };
}
