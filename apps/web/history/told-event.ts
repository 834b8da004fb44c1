import type { components } from '../api/schema.d.ts';

type TimelineEntry = components['schemas']['TimelineEntryDto'];
type ChangeSince = components['schemas']['ChangeSinceDto'];
type FieldChange = components['schemas']['FieldChangeDto'];
export type Money = components['schemas']['MoneyDto'];

/** A field that an event changed; what is not known is undefined. Amounts come with their currency. */
export interface ShownChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** Work that was logged. */
export interface Activity {
  readonly kind: string;
  readonly notes?: string;
  readonly outcome?: string;
  readonly cost?: Money;
}

/** An event as it is told, whether from the timeline or from a conflict. */
export interface ToldEvent {
  readonly key: string;
  readonly revision: number;
  readonly type: string;
  readonly who: string;
  readonly role: string;
  readonly onBehalfOf?: string | undefined;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly reason?: string | undefined;
  readonly source: TimelineEntry['source'];
  readonly position?: string;
  readonly changes: readonly ShownChange[];
  readonly activity?: Activity;
}

/** The events of a timeline in its order. */
export function toldEvents(entries: readonly TimelineEntry[]): readonly ToldEvent[] {
  let currency: string | undefined;
  return entries.map(({ id: key, changes, ...entry }) => {
    const before = currency;
    currency = textOf(changes, 'amount.currency') ?? currency;
    return { ...entry, key, ...shown(changes, currency ?? before, entry.occurredAt) };
  });
}

/** What came in between, as a conflict tells it, of a deal whose amount is in a currency. */
export function toldChanges(changes: readonly ChangeSince[], currency: string | null): readonly ToldEvent[] {
  return changes.map(({ who, when, changes: fields, ...change }) => ({
    ...change,
    key: String(change.revision),
    who: who.id,
    role: who.role,
    onBehalfOf: who.onBehalfOf,
    recordedAt: when,
    ...shown(fields, textOf(fields, 'amount.currency') ?? currency ?? undefined, change.occurredAt),
  }));
}

/**
 * Changes whose amounts come whole, with their currency, also where only the figure changed; `currency` is then that of
 * the deal's amount.
 */
export function wholeAmounts(changes: readonly FieldChange[], currency: string | undefined): readonly ShownChange[] {
  return changes.flatMap(({ field, from, to }): readonly ShownChange[] => {
    const [, whole, part] = /^(.+)\.(minorUnits|currency)$/.exec(field) ?? [];
    if (whole === undefined) return [{ field, from, to }];
    if (part === 'currency') return [];
    const known = changes.find((change) => change.field === `${whole}.currency`);
    return [{ field: whole, from: money(from, known?.from ?? currency), to: money(to, known?.to ?? currency) }];
  });
}

function shown(
  changes: readonly FieldChange[],
  currency: string | undefined,
  occurredAt: string,
): Pick<ToldEvent, 'changes' | 'activity'> {
  const activity = activityOf(changes);
  return {
    changes: wholeAmounts(changes, currency)
      .filter((change) => isShown(change, changes, occurredAt))
      .map(named),
    ...(activity === undefined ? {} : { activity }),
  };
}

function isShown({ field, to }: ShownChange, all: readonly FieldChange[], occurredAt: string): boolean {
  // The activity is told as a whole, and the moment of the event is that of the stage or the end it brought.
  if (field.startsWith('activity.')) return false;
  if ((field === 'stageEnteredAt' || field === 'endedAt') && to === occurredAt) return false;
  return field !== 'customer.id' || !all.some((change) => change.field === 'customer.name');
}

function named(change: ShownChange): ShownChange {
  return change.field === 'customer.name' ? { ...change, field: 'customer' } : change;
}

function activityOf(changes: readonly FieldChange[]): Activity | undefined {
  const kind = textOf(changes, 'activity.kind');
  if (kind === undefined) return undefined;
  const notes = textOf(changes, 'activity.notes');
  const outcome = textOf(changes, 'activity.outcome');
  const cost = money(
    changes.find(({ field }) => field === 'activity.cost.minorUnits')?.to,
    textOf(changes, 'activity.cost.currency'),
  );
  return {
    kind,
    ...(notes === undefined ? {} : { notes }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(cost === undefined ? {} : { cost }),
  };
}

function money(minorUnits: unknown, currency: unknown): Money | undefined {
  return typeof minorUnits === 'number' && typeof currency === 'string' ? { minorUnits, currency } : undefined;
}

function textOf(changes: readonly FieldChange[], field: string): string | undefined {
  const to = changes.find((change) => change.field === field)?.to;
  return typeof to === 'string' ? to : undefined;
}
