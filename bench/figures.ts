/** What one run of a workload and the same on raw SQLite (or what else it is compared with), side by side, came to. */
export interface Pair {
  readonly ours: number;
  /** Absent where there is nothing that compares. */
  readonly raw?: number;
  /** Percentiles and other facts of the run, by name. */
  readonly facts?: Readonly<Record<string, number>>;
}

/** A line of the table. */
export interface Figure {
  readonly measure: string;
  /** In the log; absent where the size of the log plays no part. */
  readonly events?: number;
  readonly unit: 'events/s' | 'commands/s' | 'deals/s' | 'ms' | 'times' | 'frames/s' | 'kB' | 'CLS';
  /** Medians over the runs. */
  readonly ours: number;
  readonly raw?: number;
  /** Ours ÷ raw, for times and rates alike: the median of the ratio of each run. */
  readonly ratio?: number;
  readonly facts?: Readonly<Record<string, number>>;
  /** The worst of the runs, where that is shown. */
  readonly worst?: number;
  /** The largest of the runs. */
  readonly peakMebibytes?: number;
  readonly aim?: Aim;
  readonly runs: readonly Pair[];
}

export interface Aim {
  readonly text: string;
  readonly met: boolean;
}

/** The figure of some runs. */
export function figureOf(
  about: Pick<Figure, 'measure' | 'events' | 'unit'>,
  runs: readonly Pair[],
  peaks: readonly number[] = [],
  aim?: (figure: Figure) => Aim | undefined,
): Figure {
  const raws = runs.flatMap(({ raw }) => (raw === undefined ? [] : [raw]));
  const ratios = runs.flatMap(({ ours, raw }) => (raw === undefined ? [] : [ours / raw]));
  const names = Object.keys(runs[0]?.facts ?? {});
  const figure: Figure = {
    ...about,
    ours: median(runs.map(({ ours }) => ours)),
    ...(raws.length === 0 ? {} : { raw: median(raws), ratio: median(ratios) }),
    ...(names.length === 0
      ? {}
      : { facts: Object.fromEntries(names.map((name) => [name, median(runs.map(({ facts }) => facts![name]!))])) }),
    ...(peaks.length === 0 ? {} : { peakMebibytes: Math.max(...peaks) }),
    runs,
  };
  const judged = aim?.(figure);
  return judged ? { ...figure, aim: judged } : figure;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value that a share of the values does not exceed; for the median of an even number, the middle of the two. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)]!;
  return below + (sorted[Math.ceil(at)]! - below) * (at - Math.floor(at));
}

/** How long something took, of many times: what people wait usually, now and then, and at worst. */
export function percentiles(milliseconds: readonly number[]) {
  return {
    p50: quantile(milliseconds, 0.5),
    p95: quantile(milliseconds, 0.95),
    p99: quantile(milliseconds, 0.99),
  };
}
