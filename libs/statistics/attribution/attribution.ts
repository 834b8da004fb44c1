import { readJourneys, type ChannelCredit, type Journey, type JourneyTotals } from './journey.ts';
import { chainTally, type MarkovOrder } from './markov-chain.ts';
import { markovOf, requireOrder, type MarkovAttribution } from './markov.ts';
import { ruleTally } from './rule-attribution.ts';
import { shapleyTally } from './shapley.ts';

export interface AttributionOptions {
  /** Channels that say nothing of where a customer came from; none where left out. */
  readonly direct?: readonly string[];
  /** Shares of the first and of the last touch; 0.4 each where left out. */
  readonly position?: { readonly first: number; readonly last: number };
  /** Decay by the times of the touches, or by steps from the last one; by one step where left out. */
  readonly decay?: { readonly halfLifeDays: number } | { readonly halfLifeSteps: number };
  /** Orders of the Markov chains, 1 to 3; all where left out. */
  readonly orders?: readonly MarkovOrder[];
}

/** A name for each model. */
export type AttributionModel =
  | 'firstTouch'
  | 'lastTouch'
  | 'lastNonDirect'
  | 'linear'
  | 'position'
  | 'timeDecay'
  | 'markov1'
  | 'markov2'
  | 'markov3'
  | 'shapley';

export interface Attribution {
  readonly totals: JourneyTotals;
  /** By model, in the order of `AttributionModel`; a Markov chain only where its order was asked for. */
  readonly credits: Readonly<Partial<Record<AttributionModel, readonly ChannelCredit[]>>>;
  readonly markov: readonly MarkovAttribution[];
}

/** The half-life of decay by time where nothing else is asked for. */
export const USUAL_HALF_LIFE_DAYS = 7;

/**
 * All models side by side, reading the journeys once and keeping none of them. Each model's credits have every channel, in
 * the order of the names, and add up to the totals. Throws what `readJourneys`, `touchWeights` and `markovAttribution` throw.
 */
export function attribution(journeys: Iterable<Journey>, options: AttributionOptions = {}): Attribution {
  const { direct = [], position = { first: 0.4, last: 0.4 }, decay = { halfLifeSteps: 1 } } = options;
  const orders = [...new Set(options.orders ?? ([1, 2, 3] as const))].toSorted((one, other) => one - other);
  for (const order of orders) requireOrder(order);
  const rules = {
    firstTouch: ruleTally({ rule: 'first' }),
    lastTouch: ruleTally({ rule: 'last' }),
    lastNonDirect: ruleTally({ rule: 'lastNonDirect', direct }),
    linear: ruleTally({ rule: 'linear' }),
    position: ruleTally({ rule: 'position', ...position }),
    timeDecay: ruleTally('halfLifeDays' in decay ? { rule: 'timeDecay', ...decay } : { rule: 'stepDecay', ...decay }),
  };
  const shapley = shapleyTally();
  const chains = orders.map((order) => ({ order, ...chainTally(order) }));
  const totals = readJourneys(journeys, [...Object.values(rules), shapley, ...chains]);
  const markov = chains.map(({ order, chain }) => markovOf(order, chain, totals));
  return {
    totals,
    credits: Object.fromEntries([
      ...Object.entries(rules).map(([model, tally]) => [model, tally.credits(totals)]),
      ...markov.map(({ order, credits }) => [`markov${order}`, credits]),
      ['shapley', shapley.credits(totals)],
    ]),
    markov,
  };
}
