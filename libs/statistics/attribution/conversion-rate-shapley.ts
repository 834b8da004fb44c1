import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { StatisticsError, requireWhole } from '../statistics-error.ts';
import { readJourneys, type Journey, type JourneyTally } from './journey.ts';

/** What a channel adds to the conversion rate. */
export interface RateShare {
  readonly channel: string;
  /** A difference of rates: may be negative. */
  readonly rate: number;
  /** Null where the share is exact. */
  readonly standardError: number | null;
}

export interface ConversionRateShapley {
  /** Conversions ÷ (conversions + nulls) of all journeys; the shares add up to it. */
  readonly rate: number;
  /** `exact` over all sets of channels, or the mean of so many random orders of them. */
  readonly method: 'exact' | 'sampled';
  /** Null where no order was sampled. */
  readonly permutations: number | null;
  /** In the order of the channels' names. */
  readonly shares: readonly RateShare[];
}

/** How orders of channels are drawn where there are too many sets of them. */
export interface Sampling {
  readonly seed: number;
  /** At least 2; the standard error falls with its square root. */
  readonly permutations: number;
}

/** More channels have more than a million sets. */
const MOST_CHANNELS_EXACT = 20;

/** The journeys over one set of channels. */
interface SetCount {
  readonly channels: readonly number[];
  conversions: number;
  journeys: number;
}

/**
 * The Shapley value (Shapley 1953) of the game v(S) = the conversion rate of the journeys whose channels all lie in S, 0
 * where there are none. It says what a channel does for the rate, not how many conversions to give it. Exact up to 20
 * channels; of more, random orders are sampled (Castro, Gómez and Tejada 2009, "Polynomial calculation of the Shapley
 * value based on sampling"), the same ones for the same seed and channels.
 * Throws what `readJourneys` throws, and `too_many` for more than 20 channels without `sampling`.
 */
export function conversionRateShapley(
  journeys: Iterable<Journey>,
  { sampling }: { readonly sampling?: Sampling } = {},
): ConversionRateShapley {
  const sets = new Map<string, SetCount>();
  const totals = readJourneys(journeys, [setTally(sets)]);
  const names = totals.channels.toSorted();
  const places = totals.channels.map((channel) => names.indexOf(channel));
  const counts = [...sets.values()].map((set) => ({ ...set, channels: set.channels.map((number) => places[number]!) }));
  const rate = totals.conversions / (totals.conversions + totals.nulls);
  if (names.length <= MOST_CHANNELS_EXACT) {
    const rates = exactShares(counts, names.length);
    const shares = names.map((channel, index) => ({ channel, rate: rates[index]!, standardError: null }));
    return { rate, method: 'exact', permutations: null, shares };
  }
  if (!sampling) {
    const rule = `journeys have ${names.length} channels: more than ${MOST_CHANNELS_EXACT} need sampling.`;
    throw new StatisticsError('too_many', 'journeys', rule);
  }
  const sampled = sampledShares(counts, names.length, sampling);
  const shares = names.map((channel, index) => ({ channel, ...sampled[index]! }));
  return { rate, method: 'sampled', permutations: sampling.permutations, shares };
}

function setTally(sets: Map<string, SetCount>): JourneyTally {
  return {
    add: ({ path, conversions, nulls }) => {
      const channels = [...new Set(path)].toSorted((left, right) => left - right);
      const key = channels.join();
      let count = sets.get(key);
      if (!count) sets.set(key, (count = { channels, conversions: 0, journeys: 0 }));
      count.conversions += conversions;
      count.journeys += conversions + nulls;
    },
  };
}

/** Sets of channels are the bits of their places. */
function exactShares(counts: readonly SetCount[], size: number): readonly number[] {
  const sets = 2 ** size;
  const conversions = new Float64Array(sets);
  const journeys = new Float64Array(sets);
  for (const count of counts) {
    const set = count.channels.reduce((bits, channel) => bits | (1 << channel), 0);
    conversions[set]! += count.conversions;
    journeys[set]! += count.journeys;
  }
  for (let channel = 1; channel < sets; channel *= 2) {
    for (let set = 0; set < sets; set += 1) {
      if ((set & channel) === 0) continue;
      conversions[set]! += conversions[set - channel]!;
      journeys[set]! += journeys[set - channel]!;
    }
  }
  const orders = shareOfOrders(size);
  const shares = Array.from({ length: size }, () => 0);
  for (let set = 0; set < sets; set += 1) {
    const before = rateOf(conversions[set]!, journeys[set]!);
    const weight = orders[bitsIn(set)]!;
    for (let channel = 0; channel < size; channel += 1) {
      const larger = set | (1 << channel);
      if (larger !== set) shares[channel]! += weight * (rateOf(conversions[larger]!, journeys[larger]!) - before);
    }
  }
  return shares;
}

/** In which share of all orders a set of each number of channels comes right before a channel. */
function shareOfOrders(size: number): readonly number[] {
  const shares = [1 / size];
  for (let before = 1; before < size; before += 1) shares.push((shares[before - 1]! * before) / (size - before));
  return shares;
}

function bitsIn(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

function sampledShares(counts: readonly SetCount[], size: number, { seed, permutations }: Sampling) {
  requireWhole('sampling.seed', seed);
  requireWhole('sampling.permutations', permutations, { atLeast: 2 });
  const generator = xoroshiro128plus(seed);
  const order = Array.from({ length: size }, (_, channel) => channel);
  const place = new Int32Array(size);
  const means = new Float64Array(size);
  const squares = new Float64Array(size);
  for (let drawn = 1; drawn <= permutations; drawn += 1) {
    for (let last = size - 1; last > 0; last -= 1) {
      const other = uniformInt(generator, 0, last);
      [order[last], order[other]] = [order[other]!, order[last]!];
    }
    for (const [at, channel] of order.entries()) place[channel] = at;
    const conversions = new Float64Array(size);
    const journeys = new Float64Array(size);
    for (const count of counts) {
      const complete = count.channels.reduce((latest, channel) => Math.max(latest, place[channel]!), 0);
      conversions[complete]! += count.conversions;
      journeys[complete]! += count.journeys;
    }
    let [converted, ended, before] = [0, 0, 0];
    for (const [at, channel] of order.entries()) {
      converted += conversions[at]!;
      ended += journeys[at]!;
      const rate = rateOf(converted, ended);
      // Welford 1962: a running mean and sum of squares that do not cancel.
      const off = rate - before - means[channel]!;
      means[channel]! += off / drawn;
      squares[channel]! += off * (rate - before - means[channel]!);
      before = rate;
    }
  }
  return Array.from(means, (rate, channel) => ({
    rate,
    standardError: Math.sqrt(squares[channel]! / (permutations - 1) / permutations),
  }));
}

function rateOf(conversions: number, journeys: number): number {
  return journeys === 0 ? 0 : conversions / journeys;
}
