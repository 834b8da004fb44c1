import type { Condition, Find, Where } from '../../eventsourcing/read-model-store.ts';
import type { Stage } from '../../pipelines/pipeline.events.ts';
import { dayOf } from '../../statistics/calendar.ts';
import { searchWords } from '../read-models/search-text.ts';
import { whereOf, type Cut } from './cut.ts';
import { stalledSince } from './deal-pipeline.ts';
import { range, type Days } from './periods-at.ts';

/** Which deals a board or list shows: a cut, narrowed by what deals are now. All of it holds. */
export interface DealFilter extends Cut {
  /**
   * Both included, in minor units of whatever currency a deal's amount is in: where a pipeline has several, this says
   * something only together with `currency`. Deals without an amount are in no range.
   */
  readonly amount?: { readonly from?: number; readonly to?: number };
  readonly currency?: string;
  /** As the reps judged them; null for deals nobody judged. */
  readonly forecastCategory?: readonly (string | null)[];
  readonly expectedCloseDate?: Days;
  /** Only deals longer in their stage than its limit. */
  readonly stalled?: boolean;
  /** Every word is part of title, customer or their ids. */
  readonly text?: string;
}

/** Conditions, some of which may be alternatives. */
export type Narrowing = { readonly where: Where } & Pick<Find, 'anyOf'>;

/** The conditions of a filter on opportunities, beside which a query adds its own to `where`. */
export function narrowingOf(filter: DealFilter, stages: readonly Stage[], now: string): Narrowing {
  const { stalled, text } = filter;
  const words = text === undefined ? [] : searchWords(text);
  return {
    where: {
      ...whereOf(filter),
      // Says no more than the alternatives do, but leads to the index of open deals.
      ...(stalled ? { status: 'open' } : {}),
      ...countedBy(filter),
      ...within('expectedCloseDate', filter.expectedCloseDate),
      ...(words.length === 0 ? {} : { searchText: { contains: words } }),
    },
    ...(stalled ? { anyOf: stalledAt(stages, now) } : {}),
  };
}

/** The conditions of a filter on what deals are counted by, on opportunities and stage periods alike. */
export function countedBy({
  amount,
  currency,
  forecastCategory,
}: Pick<DealFilter, 'amount' | 'currency' | 'forecastCategory'>): Where {
  return {
    ...within('amount', amount),
    ...(currency === undefined ? {} : { currency }),
    ...anyOf('forecastCategory', forecastCategory),
  };
}

/** The alternatives that together find the stalled deals, on opportunities and, at a past moment, on stage periods. */
export function stalledAt(stages: readonly Stage[], now: string): readonly Where[] {
  return stages.flatMap((stage) => {
    const since = stalledSince(stage, dayOf(now));
    return since === undefined ? [] : [{ status: 'open', stageId: stage.id, stageEnteredOn: { lte: since } }];
  });
}

/** Alternatives of which one of each list holds; undefined lists say nothing. */
export function bothOf(first: readonly Where[] | undefined, second: readonly Where[] | undefined): Pick<Find, 'anyOf'> {
  if (!first || !second) {
    const only = first ?? second;
    return only ? { anyOf: only } : {};
  }
  const pairs = first.flatMap((one) =>
    second
      .filter(({ stageId = one['stageId'] }) => one['stageId'] === undefined || one['stageId'] === stageId)
      .map((other) => ({ ...one, ...other })),
  );
  return { anyOf: pairs };
}

/** The condition that a field has one of some values, where values are given. */
export function anyOf(
  field: string,
  values: readonly (string | null)[] | undefined,
): Readonly<Record<string, Condition>> {
  return values === undefined ? {} : { [field]: { in: values } };
}

export function within(
  field: string,
  bounds:
    { readonly from?: string; readonly to?: string } | { readonly from?: number; readonly to?: number } | undefined,
): Readonly<Record<string, Condition>> {
  const condition = range<string | number>(bounds?.from, bounds?.to);
  return condition ? { [field]: condition } : {};
}
