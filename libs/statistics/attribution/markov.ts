import { StatisticsError } from '../statistics-error.ts';
import { partedByElimination, type Parted } from './chain-elimination.ts';
import { partedBySweeps } from './chain-sweeps.ts';
import { creditsOf, readJourneys, type ChannelCredit, type Journey, type JourneyTotals } from './journey.ts';
import { chainTally, type MarkovChain, type MarkovOrder } from './markov-chain.ts';

/** Where a journey goes next: to another state, named by its last channels, or to one of its two ends. */
export interface Transition {
  /** The channels touched last, the latest at the end; none at the start. */
  readonly from: readonly string[];
  readonly to: readonly string[] | 'conversion' | 'null';
  readonly probability: number;
}

/** The share of all conversions, and of their value, that is lost without a channel. */
export interface RemovalEffect {
  readonly channel: string;
  readonly conversions: number;
  /** Null where the journeys have no value. */
  readonly value: number | null;
}

export interface MarkovAttribution {
  readonly order: MarkovOrder;
  /** States that occur, the start included, the two ends not. */
  readonly states: number;
  /** The chance that a journey ends in a conversion. */
  readonly conversionProbability: number;
  readonly removalEffects: readonly RemovalEffect[];
  readonly transitions: readonly Transition[];
  readonly credits: readonly ChannelCredit[];
}

/** Chains of more states are solved by sweeps. */
const MOST_STATES_TO_ELIMINATE = 2_000;

/**
 * Conversions and their value by the removal effect in a Markov chain of order 1 to 3 (Anderl, Becker, von Wangenheim and
 * Schumann 2016, "Mapping the customer journey", IJRM 33(3)). Journeys are weighted by conversions and nulls. Without a
 * channel, whatever would go to a state that ends in it goes to null; its removal effect is the share of the conversions
 * that is then lost, and its credit that effect ÷ the sum of all effects × all conversions. Value goes by its own removal
 * effect: a conversion out of a state is worth what those seen there were worth on average. Exact, but for rounding:
 * nothing is simulated. Everything is in the order of the channels' names.
 * Throws what `readJourneys` throws; `out_of_range` for another order; `not_converged` for chains of more than 2,000
 * states whose journeys have too many steps.
 */
export function markovAttribution(
  journeys: Iterable<Journey>,
  { order = 1 }: { readonly order?: MarkovOrder } = {},
): MarkovAttribution {
  requireOrder(order);
  const { add, chain } = chainTally(order);
  return markovOf(order, chain, readJourneys(journeys, [{ add }]));
}

/** Throws `out_of_range` for a number that is no order of a chain. */
export function requireOrder(order: number): asserts order is MarkovOrder {
  if (order === 1 || order === 2 || order === 3) return;
  throw new StatisticsError('out_of_range', 'order', `order must be 1, 2 or 3, not ${order}.`);
}

/** The attribution of a chain that was counted from journeys that make these totals. */
export function markovOf(order: MarkovOrder, chain: MarkovChain, totals: JourneyTotals): MarkovAttribution {
  const parted = chain.states.length > MOST_STATES_TO_ELIMINATE ? partedBySweeps(chain) : partedByElimination(chain);
  const numbers = [...totals.channels.keys()];
  const conversions = numbers.map((number) => shareThrough(parted.get(number), 'conversions'));
  const value = numbers.map((number) => shareThrough(parted.get(number), 'value'));
  const effects = creditsOf(totals, conversions, value);
  return {
    order,
    states: chain.states.length,
    // Every state is left as often as it is entered, so that the chain converts as often as its journeys did.
    conversionProbability: totals.conversions / (totals.conversions + totals.nulls),
    removalEffects: effects.map((effect) => ({ ...effect, value: totals.value > 0 ? effect.value : null })),
    transitions: transitionsOf(chain, totals.channels),
    credits: creditsOf(totals, inProportion(conversions, totals.conversions), inProportion(value, totals.value)),
  };
}

function shareThrough(parted: Parted | undefined, what: 'conversions' | 'value'): number {
  const through = parted?.through[what] ?? 0;
  return through === 0 ? 0 : through / (through + parted!.past[what]);
}

function inProportion(effects: readonly number[], whole: number): number[] {
  const sum = effects.reduce((total, effect) => total + effect, 0);
  return effects.map((effect) => (sum === 0 ? 0 : (effect / sum) * whole));
}

function transitionsOf(chain: MarkovChain, channels: readonly string[]): readonly Transition[] {
  const names = chain.states.map((state) => state.map((number) => channels[number]!));
  const byName = (left: readonly string[], right: readonly string[]) => (left.join('\0') < right.join('\0') ? -1 : 1);
  return [...names.keys()]
    .toSorted((left, right) => byName(names[left]!, names[right]!))
    .flatMap((state) => {
      const from = names[state]!;
      const onward = [...chain.next[state]!.values()].map(({ to, weight }) => ({ to: names[to]!, weight }));
      const ends = [
        { to: 'conversion' as const, weight: chain.conversions[state]! },
        { to: 'null' as const, weight: chain.nulls[state]! },
      ].filter(({ weight }) => weight > 0);
      const all = [...onward.toSorted((left, right) => byName(left.to, right.to)), ...ends];
      const leaving = all.reduce((total, { weight }) => total + weight, 0);
      return all.map(({ to, weight }) => ({ from, to, probability: weight / leaving }));
    });
}
