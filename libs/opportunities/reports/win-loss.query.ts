import type { ReadModelStore, SumRow } from '../../eventsourcing/read-model-store.ts';
import { countOf } from './amounts.ts';
import { by, sliced, whereOf, type Cut, type Dimension, type Slice } from './cut.ts';

export interface WinLossQuestion extends Cut {
  /** Days of ending, both included; without a bound, from the beginning or up to now. */
  readonly from?: string;
  readonly to?: string;
  readonly groupBy?: Dimension;
}

export interface WinLossAnswer {
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

/** In minor units of the currency. */
export interface CurrencySum {
  readonly currency: string;
  readonly count: number;
  readonly amount: number;
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
  const { from, to, groupBy } = question;
  const bounds = { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lte: to }) };
  const ended = await store.sum('opportunities', {
    where: {
      ...whereOf(question),
      outcome: { in: ['won', 'lost', 'terminated'] },
      ...(from === undefined && to === undefined ? {} : { endedOn: bounds }),
    },
    by: by(groupBy, 'outcome', 'lostReason', 'competitor', 'currency'),
    of: ['amount'],
  });
  return sliced({ ended }, groupBy, ({ ended: rows }) => reportOf(rows));
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
    wonAmounts: amountsOf(won),
    lostAmounts: amountsOf(lost),
    reasons: sharesOf(lost, 'lostReason', lostCount),
    competitors: sharesOf(lost, 'competitor', lostCount),
  };
}

function sharesOf(rows: readonly SumRow[], field: string, all: number): readonly LossShare[] {
  const parts = Map.groupBy(rows, ({ group }) => (group[field] ?? null) as string | null);
  return [...parts]
    .map(([value, part]) => ({ value, count: countOf(part), share: countOf(part) / all, amounts: amountsOf(part) }))
    .toSorted((left, right) => right.count - left.count);
}

function amountsOf(rows: readonly SumRow[]): readonly CurrencySum[] {
  const valued = rows.filter(({ group }) => group['currency'] !== null);
  return [...Map.groupBy(valued, ({ group }) => group['currency'] as string)]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([currency, part]) => ({
      currency,
      count: countOf(part),
      amount: part.reduce((total, { sums }) => total + (sums['amount'] ?? 0), 0),
    }));
}
