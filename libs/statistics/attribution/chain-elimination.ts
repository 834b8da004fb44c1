import { StatisticsError } from '../statistics-error.ts';
import { lastChannel, type MarkovChain } from './markov-chain.ts';

/** What the journeys of a chain bring, parted by whether they come by a channel: through it, or past it. */
export interface Parted {
  readonly through: { readonly conversions: number; readonly value: number };
  readonly past: { readonly conversions: number; readonly value: number };
}

/** A chain as a square of weights; its first state is the start. */
interface SquareChain {
  readonly size: number;
  readonly channels: Int32Array;
  readonly weights: Float64Array;
  readonly conversions: Float64Array;
  readonly value: Float64Array;
  readonly nulls: Float64Array;
}

/**
 * For each channel, what comes through any state that ends in it and what comes past all of them, by eliminating the
 * states of all other channels one after the other (Grassmann, Taksar and Heyman 1985, "Regenerative Analysis and Steady
 * State Distributions for Markov Chains"): a state's weights go to those that led to it, and nothing is ever subtracted,
 * so that every figure has nearly all digits of floating point, however seldom a cycle is left. Halves of the channels
 * are eliminated for all channels of the other half at once, which costs little more than a single solution.
 * The time grows with the cube of the states, the memory with their square: 8 bytes × states² × 2.3.
 */
export function partedByElimination(chain: MarkovChain): ReadonlyMap<number, Parted> {
  const parted = new Map<number, Parted>();
  const sizes = new Map<number, number>();
  for (const state of chain.states.slice(1)) {
    sizes.set(lastChannel(state), (sizes.get(lastChannel(state)) ?? 0) + 1);
  }

  function part(square: SquareChain, channels: readonly number[]): void {
    if (channels.length === 1) {
      parted.set(channels[0]!, partedAtStart(square));
      return;
    }
    const [some, others] = halves(channels, sizes);
    part(reducedTo(square, some), some);
    part(reducedTo(square, others), others);
  }
  part(squareOf(chain), [...sizes.keys()]);
  return parted;
}

function squareOf({ states, next, conversions, value, nulls }: MarkovChain): SquareChain {
  const size = states.length;
  const weights = new Float64Array(size * size);
  for (const [from, transitions] of next.entries()) {
    for (const { to, weight } of transitions.values()) weights[from * size + to]! += weight;
  }
  return {
    size,
    channels: Int32Array.from(states, lastChannel),
    weights,
    conversions: Float64Array.from(conversions),
    value: Float64Array.from(value),
    nulls: Float64Array.from(nulls),
  };
}

/** Two sets of channels with about as many states each. */
function halves(channels: readonly number[], sizes: ReadonlyMap<number, number>): [number[], number[]] {
  const [one, other]: [number[], number[]] = [[], []];
  let lead = 0;
  for (const channel of channels.toSorted((left, right) => sizes.get(right)! - sizes.get(left)!)) {
    (lead <= 0 ? one : other).push(channel);
    lead += lead <= 0 ? sizes.get(channel)! : -sizes.get(channel)!;
  }
  return [one, other];
}

/** The chain as seen only when in the start or in a state that ends in one of the channels. */
function reducedTo(square: SquareChain, channels: readonly number[]): SquareChain {
  const kept = new Set([-1, ...channels]);
  const costs = costsOf(square);
  const all = Array.from(square.channels.keys());
  const stay = all.filter((state) => kept.has(square.channels[state]!));
  const go = all.filter((state) => !kept.has(square.channels[state]!));
  // The last is eliminated first; those with few neighbours then leave the others with few as well.
  const order = [...stay, ...go.toSorted((left, right) => costs[right]! - costs[left]!)];
  const reordered = permuted(square, order);
  for (let state = order.length - 1; state >= stay.length; state -= 1) eliminate(reordered, state);
  return permuted(reordered, [...stay.keys()]);
}

/** How many transitions the elimination of each state makes at most. */
function costsOf({ size, weights }: SquareChain): number[] {
  const into = new Int32Array(size);
  const outOf = new Int32Array(size);
  for (let from = 0; from < size; from += 1) {
    for (let to = 0; to < size; to += 1) {
      if (weights[from * size + to] === 0 || from === to) continue;
      into[to]! += 1;
      outOf[from]! += 1;
    }
  }
  return Array.from(into, (count, state) => count * outOf[state]!);
}

/** The states in another order, or only some of them. */
function permuted(square: SquareChain, order: readonly number[]): SquareChain {
  const size = order.length;
  const weights = new Float64Array(size * size);
  for (const [row, from] of order.entries()) {
    for (const [column, to] of order.entries()) weights[row * size + column] = square.weights[from * square.size + to]!;
  }
  const picked = (values: Float64Array) => Float64Array.from(order, (state) => values[state]!);
  return {
    size,
    channels: Int32Array.from(order, (state) => square.channels[state]!),
    weights,
    conversions: picked(square.conversions),
    value: picked(square.value),
    nulls: picked(square.nulls),
  };
}

/** Takes the last state away, of those not yet taken: what led to it now leads to where it led. */
function eliminate({ size, weights, conversions, value, nulls }: SquareChain, state: number): void {
  const row = state * size;
  const targets: number[] = [];
  let leaving = conversions[state]! + nulls[state]!;
  for (let to = 0; to < state; to += 1) {
    const weight = weights[row + to]!;
    if (weight === 0) continue;
    targets.push(to);
    leaving += weight;
  }
  if (leaving === 0) {
    throw new StatisticsError(
      'out_of_range',
      'conversions',
      'conversions and nulls differ too much in size to compute.',
    );
  }
  const columns = Int32Array.from(targets);
  const shares = Float64Array.from(targets, (to) => weights[row + to]! / leaving);
  const converted = conversions[state]! / leaving;
  const worth = value[state]! / leaving;
  const ended = nulls[state]! / leaving;
  for (let from = 0; from < state; from += 1) {
    const weight = weights[from * size + state]!;
    if (weight === 0) continue;
    const start = from * size;
    for (let index = 0; index < columns.length; index += 1)
      weights[start + columns[index]!]! += weight * shares[index]!;
    conversions[from]! += weight * converted;
    value[from]! += weight * worth;
    nulls[from]! += weight * ended;
  }
}

/** What reaches its end straight from the start came past the states that are left; the rest comes through them. */
function partedAtStart(square: SquareChain): Parted {
  const { size, conversions, value } = square;
  const past = { conversions: conversions[0]!, value: value[0]! };
  conversions[0] = 0;
  value[0] = 0;
  for (let state = size - 1; state > 0; state -= 1) eliminate(square, state);
  return { past, through: { conversions: conversions[0], value: value[0] } };
}
