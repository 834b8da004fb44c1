import { StatisticsError } from '../statistics-error.ts';
import type { Parted } from './chain-elimination.ts';
import { lastChannel, type MarkovChain } from './markov-chain.ts';

/** Share of the conversions and of the value that may stay undistributed. */
const TOLERANCE = 1e-12;
const MOST_SWEEPS = 20_000;

/** A chain's transitions but for those that lead back to the same state; shares of what leaves a state. */
interface SparseChain {
  readonly channels: Int32Array;
  /** Where each state's transitions begin in `to` and `share`, and at the end their number. */
  readonly begins: Int32Array;
  readonly to: Int32Array;
  readonly share: Float64Array;
  readonly conversions: Float64Array;
  readonly value: Float64Array;
}

/**
 * As `partedByElimination`, for chains with too many states for it: the journeys are sent through the chain sweep by
 * sweep (Gauss–Seidel), from which all sums grow towards what they become, until all but 10⁻¹² of the conversions and of
 * the value has come through or past the channel. The time of a sweep and the memory grow with the transitions. Throws
 * `not_converged` where journeys of very many steps make this take too many sweeps.
 */
export function partedBySweeps(chain: MarkovChain): ReadonlyMap<number, Parted> {
  const sparse = sparseOf(chain);
  const journeys = sum(chain.conversions) + sum(chain.nulls);
  const total = { conversions: sum(chain.conversions), value: sum(chain.value) };
  const chances = chancesOf(sparse, total.conversions / journeys, sparse.conversions);
  const worths = chancesOf(sparse, total.value / journeys, sparse.value);
  const parted = new Map<number, Parted>();
  for (const channel of new Set(sparse.channels.subarray(1))) {
    parted.set(channel, partedBy(sparse, channel, { journeys, total, chances, worths }));
  }
  return parted;
}

function sparseOf({ states, next, conversions, value, nulls }: MarkovChain): SparseChain {
  const begins = new Int32Array(states.length + 1);
  const to: number[] = [];
  const share: number[] = [];
  const leaving = new Float64Array(states.length);
  for (const [from, transitions] of next.entries()) {
    const elsewhere = [...transitions.values()].filter((transition) => transition.to !== from);
    leaving[from] = elsewhere.reduce((total, { weight }) => total + weight, conversions[from]! + nulls[from]!);
    for (const transition of elsewhere) {
      to.push(transition.to);
      share.push(transition.weight / leaving[from]);
    }
    begins[from + 1] = to.length;
  }
  return {
    channels: Int32Array.from(states, lastChannel),
    begins,
    to: Int32Array.from(to),
    share: Float64Array.from(share),
    conversions: Float64Array.from(conversions, (weight, state) => weight / leaving[state]!),
    value: Float64Array.from(value, (weight, state) => weight / leaving[state]!),
  };
}

/** What a journey brings from each state on. It is known for the start, which tells when the sweeps are enough. */
function chancesOf({ begins, to, share }: SparseChain, atStart: number, ends: Float64Array): Float64Array {
  const chances = new Float64Array(ends.length);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep += 1) {
    let changed = false;
    for (let state = ends.length - 1; state >= 0; state -= 1) {
      let chance = ends[state]!;
      for (let index = begins[state]!; index < begins[state + 1]!; index += 1) {
        chance += share[index]! * chances[to[index]!]!;
      }
      changed ||= chance !== chances[state];
      chances[state] = chance;
    }
    // Where rounding of fractional counts keeps the start below what is known, nothing changes any more.
    if (chances[0]! >= atStart * (1 - TOLERANCE) || !changed) return chances;
  }
  throw notConverged();
}

interface Known {
  readonly journeys: number;
  readonly total: { readonly conversions: number; readonly value: number };
  readonly chances: Float64Array;
  readonly worths: Float64Array;
}

function partedBy(sparse: SparseChain, channel: number, { journeys, total, chances, worths }: Known): Parted {
  const { channels, begins, to, share } = sparse;
  const through = { conversions: 0, value: 0 };
  const past = { conversions: 0, value: 0 };
  const waiting = new Float64Array(channels.length);
  waiting[0] = journeys;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep += 1) {
    for (let state = 0; state < waiting.length; state += 1) {
      const journeysHere = waiting[state]!;
      if (journeysHere === 0) continue;
      waiting[state] = 0;
      past.conversions += journeysHere * sparse.conversions[state]!;
      past.value += journeysHere * sparse.value[state]!;
      for (let index = begins[state]!; index < begins[state + 1]!; index += 1) {
        const target = to[index]!;
        const moving = journeysHere * share[index]!;
        if (channels[target] === channel) {
          through.conversions += moving * chances[target]!;
          through.value += moving * worths[target]!;
        } else waiting[target]! += moving;
      }
    }
    const undistributed = (worth: Float64Array) =>
      waiting.reduce((rest, here, state) => rest + here * worth[state]!, 0);
    if (undistributed(chances) <= total.conversions * TOLERANCE && undistributed(worths) <= total.value * TOLERANCE) {
      return { through, past };
    }
  }
  throw notConverged();
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function notConverged(): StatisticsError {
  return new StatisticsError('not_converged', 'journeys', 'journeys have too many steps and states to be solved.');
}
