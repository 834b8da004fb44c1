import { requireSome, requireWhole } from '../statistics-error.ts';
import type { Slope } from '../numerics/minimise.ts';
import { requireHistory, requireParameters, type BgNbdParameters, type PurchaseHistory } from './bg-nbd.ts';

/** Customers with the same history; one where `count` is absent. */
export interface CountedHistory extends PurchaseHistory {
  readonly count?: number;
}

/** Histories sorted and merged, as columns: the same for the same customers in any order. */
export interface GroupedHistories {
  readonly frequency: Uint32Array;
  /** Each time that is a recency or an age, once: in whole days there are few, however many customers. */
  readonly times: Float64Array;
  /** Places among the times; so of age. */
  readonly recency: Uint32Array;
  readonly age: Uint32Array;
  readonly count: Float64Array;
}

/**
 * Checks histories, sorts them and merges equal ones. Throws StatisticsError where there are none, or one cannot be.
 */
export function grouped(histories: readonly CountedHistory[]): GroupedHistories {
  requireSome('customers', histories);
  histories.forEach((history, index) => {
    requireHistory(`customers[${index}]`, history);
    if (history.count !== undefined) requireWhole(`customers[${index}].count`, history.count, { atLeast: 1 });
  });
  const sorted = histories.toSorted(
    (one, other) => one.frequency - other.frequency || one.recency - other.recency || one.age - other.age,
  );
  const groups: { history: PurchaseHistory; count: number }[] = [];
  for (const history of sorted) {
    const last = groups.at(-1);
    if (last && isSame(last.history, history)) last.count += history.count ?? 1;
    else groups.push({ history, count: history.count ?? 1 });
  }
  const places = new Map<number, number>();
  const placeOf = (time: number): number => {
    const place = places.get(time) ?? places.size;
    places.set(time, place);
    return place;
  };
  return {
    frequency: Uint32Array.from(groups, ({ history }) => history.frequency),
    recency: Uint32Array.from(groups, ({ history }) => placeOf(history.recency)),
    age: Uint32Array.from(groups, ({ history }) => placeOf(history.age)),
    times: Float64Array.from(places.keys()),
    count: Float64Array.from(groups, ({ count }) => count),
  };
}

function isSame(one: PurchaseHistory, other: PurchaseHistory): boolean {
  return one.frequency === other.frequency && one.recency === other.recency && one.age === other.age;
}

/**
 * The log-likelihood of the BG/NBD model (equation 6) of customers under given parameters. It depends on the unit of
 * time: the times of repeat purchases are densities. Throws StatisticsError for what cannot be.
 */
export function logLikelihood(parameters: BgNbdParameters, customers: readonly CountedHistory[]): number {
  requireParameters(parameters);
  const { r, alpha, a, b } = parameters;
  return -negativeLogLikelihood(grouped(customers))([r, alpha, a, b].map(Math.log)).value;
}

/**
 * The negative log-likelihood and its gradient, both by the logarithms of r, alpha, a, b. Ratios of gamma functions of
 * arguments that differ by whole numbers are sums over the numbers between, so nothing cancels however large the
 * parameters or frequencies become. Not finite where a parameter overflows.
 */
export function negativeLogLikelihood(groups: GroupedHistories): (logarithms: readonly number[]) => Slope {
  const { frequency, times, recency, age, count } = groups;
  const size = frequency.reduce((most, each) => Math.max(most, each), 0) + 1;
  const rising = new Float64Array(size);
  const risingByR = new Float64Array(size);
  const there = new Float64Array(size);
  const thereByA = new Float64Array(size);
  const thereByB = new Float64Array(size);
  const logLast = new Float64Array(size);
  const logTime = new Float64Array(times.length);
  const shareOfTime = new Float64Array(times.length);

  function tabulate(r: number, alpha: number, a: number, b: number): void {
    for (const [place, time] of times.entries()) {
      logTime[place] = Math.log1p(time / alpha);
      shareOfTime[place] = time / (alpha + time);
    }
    for (let x = 1; x < size; x += 1) {
      const before = x - 1;
      rising[x] = rising[before]! + Math.log(r + before);
      risingByR[x] = risingByR[before]! + 1 / (r + before);
      logLast[x] = Math.log(b + before);
      there[x] = there[before]! - Math.log1p(a / (b + before));
      thereByA[x] = thereByA[before]! - 1 / (a + b + before);
      thereByB[x] = thereByB[before]! + a / ((b + before) * (a + b + before));
    }
  }

  return (logarithms) => {
    const [r, alpha, a, b] = logarithms.map(Math.exp) as [number, number, number, number];
    tabulate(r, alpha, a, b);
    const logAlpha = logarithms[1]!;
    const logA = logarithms[2]!;
    let [value, byR, byAlpha, byA, byB] = [0, 0, 0, 0, 0];
    for (let index = 0; index < frequency.length; index += 1) {
      const x = frequency[index]!;
      const logAge = logTime[age[index]!]!;
      const logRecency = logTime[recency[index]!]!;
      // Both ways to the history, each over (1 + age/alpha)^-(r + x): still there, or gone since the last purchase.
      const logGone = x === 0 ? -Infinity : logA - logLast[x]! + (r + x) * (logAge - logRecency);
      const lesser = Math.exp(-Math.abs(logGone));
      const gone = (logGone > 0 ? 1 : lesser) / (1 + lesser);
      const either = Math.max(0, logGone) + Math.log1p(lesser);
      const weight = count[index]!;
      value += weight * (rising[x]! - x * logAlpha + there[x]! - (r + x) * logAge + either);
      byR += weight * (risingByR[x]! - (1 - gone) * logAge - gone * logRecency);
      // alpha · d/d alpha of −x·log(alpha) − (r + x)·log(1 + time/alpha), for either time.
      const share = (1 - gone) * shareOfTime[age[index]!]! + gone * shareOfTime[recency[index]!]!;
      byAlpha += weight * (-x + (r + x) * share);
      byA += weight * (thereByA[x]! + gone / a);
      if (x > 0) byB += weight * (thereByB[x]! - gone / (b + (x - 1)));
    }
    return { value: -value, gradient: [-byR * r, -byAlpha, -byA * a, -byB * b] };
  };
}
