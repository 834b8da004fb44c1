import type { SumRow } from '../../eventsourcing/read-model-store.ts';
import type { Stage } from '../../pipelines/pipeline.events.ts';
import { calendarDays } from '../../statistics/calendar.ts';
import { velocity } from '../../statistics/forecasting/velocity.ts';
import { distributionOf, quantile, type Distribution, type Tally } from '../../statistics/quantiles.ts';
import { countOf, worthOf, type Worth } from './amounts.ts';
import { chancesOf, stageNames, type StageName } from './deal-pipeline.ts';

/** A pipeline's funnel for one cut. */
export interface FunnelReport {
  /** Deals that are open; suspended ones stand apart. */
  readonly open: number;
  readonly suspended: number;
  readonly worth: readonly Worth[];
  /** Calendar days the open deals have been in their stages. */
  readonly age: Age;
  /** Open deals longer in their stage than its limit. */
  readonly stalled: number;
  readonly stages: readonly FunnelStage[];
  /** Present where a period was asked for. */
  readonly period?: FunnelPeriod;
}

/** Null where no deal is open. */
export interface Age {
  readonly medianDays: number | null;
  readonly oldestDays: number | null;
}

export interface FunnelStage extends StageName {
  readonly open: number;
  readonly suspended: number;
  readonly worth: readonly Worth[];
  /** Calendar days the open deals have been in the stage. */
  readonly age: Age;
  /** Open deals longer in the stage than its limit. */
  readonly stalled: number;
  readonly period?: StageFlow;
}

/** What went through a stage in a period. Deals are counted by what they were counted by then. */
export interface StageFlow {
  /** Opened in the stage, moved into it or reopened in it. */
  readonly entered: number;
  /** Moved forward or back out of it, or ended in it. */
  readonly left: number;
  readonly movedForward: number;
  readonly movedBack: number;
  /** Passed over on the way forward; neither entered nor left. */
  readonly skipped: number;
  /** Began the stage anew; neither entered nor left, but a stay of its own for the days. */
  readonly repeated: number;
  readonly won: number;
  readonly lost: number;
  readonly terminated: number;
  /** (moved forward + won) ÷ left; null where none left. */
  readonly conversionToNext: number | null;
  /** The rest of them: (moved back + lost + terminated) ÷ left; null where none left. */
  readonly dropOff: number | null;
  /** (won + moved forward × conversion to won of the next stage) ÷ left; null where it cannot be told. */
  readonly conversionToWon: number | null;
  /** Calendar days of the stays that finished, pauses included. */
  readonly days: {
    readonly n: number;
    readonly median: number | null;
    readonly p75: number | null;
    readonly p90: number | null;
  };
}

export interface FunnelPeriod {
  readonly opened: number;
  /** Deals that ended in the period and count as ended now, or did at the past moment asked for. */
  readonly won: number;
  readonly lost: number;
  readonly terminated: number;
  /** won ÷ (won + lost); null where there are none. */
  readonly winRate: number | null;
  readonly wonAmounts: readonly WonAmount[];
  /** Calendar days from opened to ended. */
  readonly cycleDaysOfWon: Distribution;
  readonly cycleDaysOfLost: Distribution;
  readonly velocity: readonly Velocity[];
}

/** In minor units of the currency. */
export interface WonAmount {
  readonly currency: string;
  readonly count: number;
  readonly total: number;
  readonly mean: number;
  readonly median: number;
}

/**
 * Open deals × win rate × average won amount ÷ mean cycle days of won deals, in minor units a day. The average is over
 * all won deals, so that several currencies each have their part of it.
 */
export interface Velocity {
  readonly currency: string;
  readonly openDeals: number;
  readonly minorUnitsPerDay: number;
}

/** The grouped counts a report is made of, each list empty where it was not asked for. */
export interface FunnelRows extends Readonly<Record<string, readonly SumRow[]>> {
  /** By stage, status, currency and probability, with the sum of amounts. */
  readonly present: readonly SumRow[];
  /** By stage and day of entering it, of open deals. */
  readonly ages: readonly SumRow[];
  /** By stage and entry. */
  readonly entered: readonly SumRow[];
  /** By stage, exit and days. */
  readonly left: readonly SumRow[];
  /** By outcome and cycle days. */
  readonly ended: readonly SumRow[];
  /** By currency and amount, of won deals. */
  readonly won: readonly SumRow[];
}

export interface FunnelSettings {
  readonly stages: readonly Stage[];
  /** The day ages are told on. */
  readonly today: string;
  readonly withPeriod: boolean;
  /** For velocity, count only deals in this stage or a later one. */
  readonly fromStage?: string;
}

export function funnelReport(rows: FunnelRows, settings: FunnelSettings): FunnelReport {
  const { stages, withPeriod } = settings;
  const chances = chancesOf(stages);
  const living = rows.present.filter(({ group }) => group['status'] === 'open' || group['status'] === 'suspended');
  const open = living.filter(({ group }) => group['status'] === 'open');
  const perStage = {
    living: grouped(living, 'stageId'),
    ages: grouped(rows.ages, 'stageId'),
    entered: grouped(rows.entered, 'stageId'),
    left: grouped(rows.left, 'stageId'),
  };
  const names = stageNames(
    stages,
    Object.values(perStage).flatMap((part) => [...part.keys()]),
  );
  const agesOf = (stageId: string) => ages(perStage.ages.get(stageId) ?? [], settings.today);
  const flows = withPeriod ? flowsOf(names, perStage.entered, perStage.left) : new Map<string, StageFlow>();
  return {
    open: countOf(open),
    suspended: countOf(living) - countOf(open),
    worth: worthOf(open, chances),
    age: ageOf(ages(rows.ages, settings.today)),
    stalled: names.reduce((total, { id }) => total + stalledOf(agesOf(id), limitOf(stages, id)), 0),
    stages: names.map((name) => {
      const here = perStage.living.get(name.id) ?? [];
      const openHere = here.filter(({ group }) => group['status'] === 'open');
      const flow = flows.get(name.id);
      return {
        ...name,
        open: countOf(openHere),
        suspended: countOf(here) - countOf(openHere),
        worth: worthOf(openHere, chances),
        age: ageOf(agesOf(name.id)),
        stalled: stalledOf(agesOf(name.id), limitOf(stages, name.id)),
        ...(flow ? { period: flow } : {}),
      };
    }),
    ...(withPeriod ? { period: periodOf(rows, open, settings) } : {}),
  };
}

function grouped(rows: readonly SumRow[], field: string): Map<string, readonly SumRow[]> {
  return Map.groupBy(rows, ({ group }) => group[field] as string);
}

function limitOf(stages: readonly Stage[], id: string): number | undefined {
  return stages.find((stage) => stage.id === id)?.rottingAfterDays;
}

/** Days in the stage, with how many open deals have been in it as long. */
function ages(rows: readonly SumRow[], today: string): Tally {
  return rows.map(({ group, count }) => [calendarDays(group['stageEnteredOn'] as string, today), count]);
}

function ageOf(tally: Tally): Age {
  return {
    medianDays: quantile(tally, 0.5),
    oldestDays: tally.length === 0 ? null : tally.reduce((oldest, [days]) => Math.max(oldest, days), -Infinity),
  };
}

function stalledOf(tally: Tally, limit: number | undefined): number {
  return limit === undefined ? 0 : tally.reduce((total, [days, count]) => total + (days > limit ? count : 0), 0);
}

function flowsOf(
  names: readonly StageName[],
  entered: ReadonlyMap<string, readonly SumRow[]>,
  left: ReadonlyMap<string, readonly SumRow[]>,
): ReadonlyMap<string, StageFlow> {
  const flows = new Map<string, StageFlow>();
  let next: StageFlow | undefined;
  for (const { id } of names.toReversed()) {
    next = flowOf(entered.get(id) ?? [], left.get(id) ?? [], next);
    flows.set(id, next);
  }
  return flows;
}

const entries = new Set(['opened', 'forward', 'backward', 'reopened']);

function flowOf(entered: readonly SumRow[], left: readonly SumRow[], next: StageFlow | undefined): StageFlow {
  const count = (rows: readonly SumRow[], field: string, value: string) =>
    countOf(rows.filter(({ group }) => group[field] === value));
  const [movedForward, movedBack, won, lost, terminated] = (
    ['forward', 'backward', 'won', 'lost', 'terminated'] as const
  ).map((exit) => count(left, 'exit', exit)) as [number, number, number, number, number];
  const gone = movedForward + movedBack + won + lost + terminated;
  const days: Tally = left
    .filter(({ group }) => group['days'] !== null)
    .map(({ group, count: stays }) => [group['days'] as number, stays]);
  const nextToWon = movedForward === 0 ? 0 : (next?.conversionToWon ?? null);
  return {
    entered: countOf(entered.filter(({ group }) => entries.has(group['entry'] as string))),
    left: gone,
    movedForward,
    movedBack,
    skipped: count(entered, 'entry', 'skipped'),
    repeated: count(entered, 'entry', 'same'),
    won,
    lost,
    terminated,
    conversionToNext: ratio(movedForward + won, gone),
    dropOff: ratio(movedBack + lost + terminated, gone),
    conversionToWon: nextToWon === null ? null : ratio(won + movedForward * nextToWon, gone),
    days: {
      n: days.reduce((total, [, stays]) => total + stays, 0),
      median: quantile(days, 0.5),
      p75: quantile(days, 0.75),
      p90: quantile(days, 0.9),
    },
  };
}

function periodOf(rows: FunnelRows, open: readonly SumRow[], { stages, fromStage }: FunnelSettings): FunnelPeriod {
  const endedAs = (outcome: string) => rows.ended.filter(({ group }) => group['outcome'] === outcome);
  const [won, lost] = [endedAs('won'), endedAs('lost')];
  const [wonCount, lostCount] = [countOf(won), countOf(lost)];
  const wonAmounts = wonAmountsOf(rows.won);
  const cycleDaysOfWon = distributionOf(cycleDays(won));
  return {
    opened: countOf(rows.entered.filter(({ group }) => group['entry'] === 'opened' || group['entry'] === 'unstaged')),
    won: wonCount,
    lost: lostCount,
    terminated: countOf(endedAs('terminated')),
    winRate: ratio(wonCount, wonCount + lostCount),
    wonAmounts,
    cycleDaysOfWon,
    cycleDaysOfLost: distributionOf(cycleDays(lost)),
    velocity: velocityOf(
      countOf(fromStageOn(open, stages, fromStage)),
      wonAmounts,
      wonCount + lostCount,
      cycleDaysOfWon,
    ),
  };
}

function cycleDays(rows: readonly SumRow[]): Tally {
  return rows
    .filter(({ group }) => group['cycleDays'] !== null)
    .map(({ group, count }) => [group['cycleDays'] as number, count]);
}

function wonAmountsOf(rows: readonly SumRow[]): readonly WonAmount[] {
  const valued = rows.filter(({ group }) => group['currency'] !== null);
  return [...grouped(valued, 'currency')]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([currency, of]) => {
      const tally: Tally = of.map(({ group, count }) => [group['amount'] as number, count]);
      const count = countOf(of);
      const total = Number(tally.reduce((sum, [amount, deals]) => sum + BigInt(amount) * BigInt(deals), 0n));
      return { currency, count, total, mean: total / count, median: quantile(tally, 0.5)! };
    });
}

function fromStageOn(open: readonly SumRow[], stages: readonly Stage[], fromStage: string | undefined) {
  if (fromStage === undefined) return open;
  const later = new Set(stages.slice(stages.findIndex(({ id }) => id === fromStage)).map(({ id }) => id));
  return open.filter(({ group }) => later.has(group['stageId'] as string));
}

function velocityOf(
  openDeals: number,
  wonAmounts: readonly WonAmount[],
  decided: number,
  { mean }: Distribution,
): readonly Velocity[] {
  if (mean === null || mean <= 0) return [];
  return wonAmounts.map(({ currency, total }) => ({
    currency,
    openDeals,
    minorUnitsPerDay: velocity({ openDeals, decidedDeals: decided, wonTotal: total, cycleDays: mean }),
  }));
}

function ratio(part: number, of: number): number | null {
  return of === 0 ? null : part / of;
}
