import type { ReadModelStore, SumRow } from '../../eventsourcing/read-model-store.ts';
import { countOf, currencySums, type CurrencySum } from './amounts.ts';
import { by, sliced, whereOf, type Cut, type Dimension, type Slice } from './cut.ts';
import { endingsSinceUndone, type EndingSinceUndone } from '../read-models/former-endings.ts';
import { pastMoment } from '../past-moment.ts';
import { classesAt, endedWithin } from './periods-at.ts';

export interface WinLossQuestion extends Cut {
  readonly now: string;
  /** Days of ending, both included; without a bound, from the beginning or up to now. */
  readonly from?: string;
  readonly to?: string;
  /**
   * A past business moment: see `pastMoment`. The deals that had ended by then and counted so, with the reasons they
   * were lost for. Who won a lost deal instead may have been found out only when it was summed up later.
   */
  readonly asOf?: string;
  readonly groupBy?: Dimension;
}

export interface WinLossAnswer {
  /** The moment the answer is about. */
  readonly at: string;
  readonly total: WinLossReport;
  readonly groups: readonly Slice<WinLossReport>[];
}

export interface WinLossReport {
  readonly won: number;
  readonly lost: number;
  readonly terminated: number;
  /** won ÷ (won + lost); null where there are none. */
  readonly winRate: number | null;
  readonly wonAmounts: readonly CurrencySum[];
  readonly lostAmounts: readonly CurrencySum[];
  /** Of the lost deals, the most frequent first. */
  readonly reasons: readonly LossShare[];
  readonly competitors: readonly LossShare[];
}

export interface LossShare {
  /** The reason's code or the competitor's name; null where none was given. */
  readonly value: string | null;
  readonly count: number;
  /** Of all lost deals. */
  readonly share: number;
  readonly amounts: readonly CurrencySum[];
}

/** Won and lost deals of a period, why and against whom deals were lost. */
export async function winLoss(store: ReadModelStore, question: WinLossQuestion): Promise<WinLossAnswer> {
  const { now, groupBy, asOf } = question;
  const moment = asOf === undefined ? undefined : pastMoment(asOf);
  const where = whereOf(question);
  const still = await store.sum('opportunities', {
    where: { ...where, outcome: { in: ['won', 'lost', 'terminated'] }, ...endedWithin(question, moment) },
    by: by(groupBy, 'outcome', 'lostReason', 'competitor', 'currency'),
    of: ['amount'],
  });
  const undone = moment === undefined ? [] : await endingsSinceUndone(store, classesAt(where, moment), question);
  const ended = [...still, ...undone.map((ending) => rowOf(ending, groupBy))];
  return { at: moment ?? now, ...sliced({ ended }, groupBy, ({ ended: rows }) => reportOf(rows)) };
}

function rowOf({ period, lostReason, competitor }: EndingSinceUndone, groupBy: Dimension | undefined): SumRow {
  const { status: outcome, currency, amount } = period;
  const slice = groupBy ? { [groupBy]: period[groupBy] } : {};
  return {
    group: { ...slice, outcome, lostReason, competitor, currency },
    count: 1,
    sums: { amount: amount ?? 0 },
  };
}

function reportOf(rows: readonly SumRow[]): WinLossReport {
  const endedAs = (outcome: string) => rows.filter(({ group }) => group['outcome'] === outcome);
  const [won, lost] = [endedAs('won'), endedAs('lost')];
  const [wonCount, lostCount] = [countOf(won), countOf(lost)];
  const decided = wonCount + lostCount;
  return {
    won: wonCount,
    lost: lostCount,
    terminated: countOf(endedAs('terminated')),
    winRate: decided === 0 ? null : wonCount / decided,
    wonAmounts: currencySums(won),
    lostAmounts: currencySums(lost),
    reasons: sharesOf(lost, 'lostReason', lostCount),
    competitors: sharesOf(lost, 'competitor', lostCount),
  };
}

function sharesOf(rows: readonly SumRow[], field: string, all: number): readonly LossShare[] {
  const parts = Map.groupBy(rows, ({ group }) => (group[field] ?? null) as string | null);
  return [...parts]
    .map(([value, part]) => ({ value, count: countOf(part), share: countOf(part) / all, amounts: currencySums(part) }))
    .toSorted((left, right) => right.count - left.count);
}
