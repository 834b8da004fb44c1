import type { JourneyTally } from './journey.ts';

export type MarkovOrder = 1 | 2 | 3;

/** How often journeys went from a state to another one. */
export interface CountedTransition {
  readonly to: number;
  /** Conversions and nulls of the journeys that did. */
  weight: number;
}

/**
 * A counted chain. A state is the channels touched last, as many as the order says, fewer at a journey's beginning;
 * state 0 is the start, where none was touched. Every state has been left for a conversion or a null in some journey, or
 * leads to one that was: from everywhere a journey ends.
 */
export interface MarkovChain {
  readonly states: readonly (readonly number[])[];
  /** The transitions out of each state, by the number of the channel touched next. */
  readonly next: readonly ReadonlyMap<number, CountedTransition>[];
  /** What leaves each state for a conversion, what that was worth, and what leaves it for none. */
  readonly conversions: readonly number[];
  readonly value: readonly number[];
  readonly nulls: readonly number[];
}

export interface ChainTally extends JourneyTally {
  readonly chain: MarkovChain;
}

/** Counts the transitions of journeys. Takes memory for the states and transitions that occur, not for the journeys. */
export function chainTally(order: MarkovOrder): ChainTally {
  const numbers = new Map<string, number>();
  const states: (readonly number[])[] = [];
  const next: Map<number, CountedTransition>[] = [];
  const conversions: number[] = [];
  const value: number[] = [];
  const nulls: number[] = [];

  function stateOf(channels: readonly number[]): number {
    const key = channels.join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, states.length);
    next.push(new Map());
    for (const ends of [conversions, value, nulls]) ends.push(0);
    return states.push(channels) - 1;
  }
  stateOf([]);

  return {
    chain: { states, next, conversions, value, nulls },
    add: (journey) => {
      const weight = journey.conversions + journey.nulls;
      if (weight === 0) return;
      let state = 0;
      for (const channel of journey.path) {
        let transition = next[state]!.get(channel);
        if (!transition) {
          transition = { to: stateOf([...states[state]!, channel].slice(-order)), weight: 0 };
          next[state]!.set(channel, transition);
        }
        transition.weight += weight;
        state = transition.to;
      }
      conversions[state]! += journey.conversions;
      value[state]! += journey.value;
      nulls[state]! += journey.nulls;
    },
  };
}

/** The number of the channel that a state ends in; -1 for the start. */
export function lastChannel(state: readonly number[]): number {
  return state.at(-1) ?? -1;
}
