import type { ReadModelStore, SumRow } from '../../eventsourcing/read-model-store.ts';
import type { Money } from '../../eventsourcing/schema.ts';
import { dayOf } from '../../statistics/calendar.ts';
import { multiple, nothing, plus, rounded, roundedUp, toNumber, type Fraction } from '../../statistics/fraction.ts';
import { pipelineOf, whereOf, type Cut } from './cut.ts';
import { chanceOf, chancesOf, readPipeline, stageNames, stagesAt, type StageName } from './deal-pipeline.ts';
import { landingsOf, type Landing } from './landings.ts';
import { pastMoment } from '../past-moment.ts';
import { classesAt } from './periods-at.ts';

export interface ForecastQuestion extends Cut {
  readonly now: string;
  /** A past business moment: see `pastMoment`. Left out: now. */
  readonly asOf?: string;
  /** What is to be won; tells which stages starve. */
  readonly target?: Money;
}

export interface Forecast {
  readonly pipelineId: string;
  readonly pipelineName: string;
  /** The moment the answer is about. */
  readonly at: string;
  readonly open: number;
  readonly totals: readonly Expectation[];
  readonly stages: readonly ForecastStage[];
  /** By the month the money lands, earliest first; a currency has a row of its own. */
  readonly months: readonly (Expectation & { readonly month: string })[];
  /** Deals nobody judged count as `pipeline`. */
  readonly categories: readonly (Expectation & { readonly category: ForecastCategory })[];
}

export type ForecastCategory = 'commit' | 'best_case' | 'pipeline' | 'omitted';
const categories: readonly ForecastCategory[] = ['commit', 'best_case', 'pipeline', 'omitted'];

/** What open deals in one currency bring, in its minor units, each sum exact and rounded once, halves to even. */
export interface Expectation {
  readonly currency: string;
  /** Deals with an amount. */
  readonly count: number;
  readonly amount: number;
  /** As the pipeline has it: the amounts times the stages' chances, landing after the stages' durations. */
  readonly expectedAmount: number;
  /** With the reps' own chances and close dates where they gave them, without the deals they omitted. */
  readonly expectedByReps: number;
  /** Deals with an amount that `expectedByReps` is made of. */
  readonly countByReps: number;
}

export interface ForecastStage extends StageName {
  /** The product of the success rates from this stage on. */
  readonly chanceToWin: number;
  /** What remains from this stage on until the money lands. */
  readonly landsIn: { readonly months: number; readonly days: number };
  readonly landsOn: string;
  readonly open: number;
  readonly expectations: readonly Expectation[];
  /** Present where a target was asked for. */
  readonly need?: StageNeed;
}

/** In minor units of the target's currency. */
export interface StageNeed {
  /** Target ÷ chance to win, rounded up; null where nothing is ever won from here. */
  readonly needed: number | null;
  readonly there: number;
  readonly missing: number | null;
  readonly starving: boolean;
}

/**
 * What the open deals of a pipeline are expected to bring, and when: now, or at a past business moment by the stages,
 * amounts and judgements of then. Throws `NotFound` for an unknown pipeline.
 */
export async function forecast(store: ReadModelStore, question: ForecastQuestion): Promise<Forecast> {
  const { now, target, asOf } = question;
  const moment = asOf === undefined ? undefined : pastMoment(asOf);
  const pipeline = await readPipeline(store, pipelineOf(question));
  const stages = moment === undefined ? pipeline.stages : stagesAt(pipeline, moment);
  const where = { ...whereOf(question), status: 'open' };
  const rows =
    moment === undefined
      ? await store.sum('opportunities', { where, ...lotsOfDeals })
      : (
          await Promise.all(
            classesAt(where, moment).map((of) => store.sum('stage_periods', { where: of, ...lotsOfDeals })),
          )
        ).flat();
  const today = dayOf(moment ?? now);
  const landings = landingsOf(stages, today);
  const chances = chancesOf(stages);
  const lots = rows.map((row) => lotOf(row, chances, landings, today));
  const names = stageNames(
    stages,
    lots.map(({ stageId }) => stageId),
  );
  return {
    pipelineId: pipeline.id,
    pipelineName: pipeline.name,
    at: moment ?? now,
    open: lots.reduce((total, { count }) => total + count, 0),
    totals: expectationsOf(lots),
    stages: names.map((name) => {
      const here = lots.filter(({ stageId }) => stageId === name.id);
      const chance = chances.get(name.id) ?? nothing;
      const { months, days, on } = landings.get(name.id) ?? { months: 0, days: 0, on: today };
      return {
        ...name,
        chanceToWin: toNumber(chance),
        landsIn: { months, days },
        landsOn: on,
        open: here.reduce((total, { count }) => total + count, 0),
        expectations: expectationsOf(here),
        ...(target ? { need: needOf(target, chance, here) } : {}),
      };
    }),
    months: monthsOf(lots),
    categories: categories.flatMap((category) =>
      expectationsOf(lots.filter((lot) => lot.category === category)).map((expectation) => ({
        category,
        ...expectation,
      })),
    ),
  };
}

const lotsOfDeals = {
  by: ['stageId', 'currency', 'probability', 'forecastCategory', 'expectedCloseDate'],
  of: ['amount'],
} as const;

/** Deals that are alike in everything the forecast asks. */
interface Lot {
  readonly stageId: string;
  readonly currency: string | null;
  readonly category: ForecastCategory;
  readonly count: number;
  readonly amount: number;
  readonly expected: Fraction;
  readonly byReps: Fraction;
  readonly month: string;
  readonly monthByReps: string;
}

function lotOf(
  { group, count, sums }: SumRow,
  chances: ReadonlyMap<string, Fraction>,
  landings: ReadonlyMap<string, Landing>,
  today: string,
): Lot {
  const stageId = group['stageId'] as string;
  const category = (group['forecastCategory'] ?? 'pipeline') as ForecastCategory;
  const amount = sums['amount'] ?? 0;
  const landsOn = landings.get(stageId)?.on ?? today;
  const closesOn = (group['expectedCloseDate'] ?? landsOn) as string;
  const own = (group['probability'] ?? null) as number | null;
  return {
    stageId,
    currency: group['currency'] as string | null,
    category,
    count,
    amount,
    expected: multiple(chanceOf(chances, stageId, null), amount),
    byReps: category === 'omitted' ? nothing : multiple(chanceOf(chances, stageId, own), amount),
    month: landsOn.slice(0, 7),
    monthByReps: closesOn.slice(0, 7),
  };
}

interface Total {
  count: number;
  countByReps: number;
  amount: number;
  expected: Fraction;
  byReps: Fraction;
}

function expectationsOf(lots: readonly Lot[]): readonly Expectation[] {
  const totals = new Map<string, Total>();
  for (const lot of lots) {
    if (lot.currency !== null) add(totals, lot.currency, { ...byStages(lot), ...byReps(lot) });
  }
  return [...totals]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([currency, total]) => rowOf(currency, total));
}

function monthsOf(lots: readonly Lot[]): Forecast['months'] {
  const totals = new Map<string, Total>();
  for (const lot of lots) {
    const { currency, category, month, monthByReps } = lot;
    if (currency === null) continue;
    add(totals, `${month} ${currency}`, { ...byStages(lot), countByReps: 0, byReps: nothing });
    if (category === 'omitted') continue;
    add(totals, `${monthByReps} ${currency}`, { count: 0, amount: 0, expected: nothing, ...byReps(lot) });
  }
  return [...totals]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, total]) => {
      const [month, currency] = key.split(' ') as [string, string];
      return { month, ...rowOf(currency, total) };
    });
}

function byStages({ count, amount, expected }: Lot) {
  return { count, amount, expected };
}

function byReps(lot: Lot) {
  return { countByReps: lot.category === 'omitted' ? 0 : lot.count, byReps: lot.byReps };
}

function add(totals: Map<string, Total>, key: string, lot: Total): void {
  const total = totals.get(key);
  if (!total) {
    totals.set(key, lot);
    return;
  }
  total.count += lot.count;
  total.countByReps += lot.countByReps;
  total.amount += lot.amount;
  total.expected = plus(total.expected, lot.expected);
  total.byReps = plus(total.byReps, lot.byReps);
}

function rowOf(currency: string, { count, amount, expected, ...own }: Total): Expectation {
  return {
    currency,
    count,
    amount,
    expectedAmount: rounded(expected),
    expectedByReps: rounded(own.byReps),
    countByReps: own.countByReps,
  };
}

function needOf(target: Money, chance: Fraction, here: readonly Lot[]): StageNeed {
  const there = here
    .filter(({ currency }) => currency === target.currency)
    .reduce((total, { amount }) => total + amount, 0);
  if (chance.numerator === 0n) return { needed: null, there, missing: null, starving: target.minorUnits > 0 };
  const perUnit = { numerator: chance.denominator, denominator: chance.numerator };
  const needed = roundedUp(multiple(perUnit, target.minorUnits));
  return { needed, there, missing: Math.max(0, needed - there), starving: there < needed };
}
