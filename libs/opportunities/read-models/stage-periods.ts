import type { Collection } from '../../eventsourcing/projections/projection.ts';
import { Day, Identifier, Timestamp, Type, type Static } from '../../eventsourcing/schema.ts';
import { calendarDays, dayOf } from '../../statistics/calendar.ts';
import { counted, usualCuts, type Counted, type OpportunityDocument, type TrailPoint } from './opportunity.document.ts';

/** The `toAt` of a period that lasts: later than every moment, and still a timestamp that sorts. */
export const STILL_LASTS = '9999-12-31T23:59:59.999Z';

/** The `lengthClass` of periods that last, or lasted 4,095 days and more. */
export const LONGEST_CLASS = 12;

/** A span of a deal's life in which nothing it is counted by changed. At a moment t it counts where fromAt ≤ t < toAt. */
export const StagePeriod = Type.Object(
  {
    id: Type.String(),
    opportunityId: Identifier,
    pipelineId: Identifier,
    stageId: Identifier,
    /** `won`, `lost` and `terminated` only for endings that were undone or corrected later: see `periodsOf`. */
    status: Type.String(),
    fromAt: Timestamp,
    /** 9999-12-31T23:59:59.999Z while it lasts. */
    toAt: Timestamp,
    fromOn: Day,
    toOn: Day,
    /** The day the stay in the stage began, of which the period is a part. */
    stageEnteredOn: Day,
    /**
     * How it began: opened, forward, backward, same (the stage began anew), skipped, suspended, reactivated, reopened,
     * continued (only what the deal is counted by changed), unstaged (it ended as it was opened, so it was in no stage),
     * or how the deal had ended.
     */
    entry: Type.String(),
    /** How it finished, in the same words; null while it lasts. */
    exit: Type.Union([Type.String(), Type.Null()]),
    /** Calendar days of the whole stay in the stage, pauses included; only where the period is the last of the stay. */
    days: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    /** −1 for no length at all, else ⌊log₂(days + 1)⌋ of the exact length, at most 12: narrows a search by moment. */
    lengthClass: Type.Integer({ minimum: -1, maximum: LONGEST_CLASS }),
    ...counted,
  },
  { additionalProperties: false },
);
export type StagePeriod = Static<typeof StagePeriod>;

export const stagePeriods: Collection = {
  name: 'stage_periods',
  description:
    'A span in which a deal stayed in one stage with the same status, owner, team, region, product, channel, campaign, customer, amount, probability, close date and forecast category.',
  schema: StagePeriod,
  indexes: [
    [
      ...['pipelineId', 'lengthClass', 'fromAt', 'toAt', 'stageId', 'status', 'entry'],
      ...['currency', 'probability', 'amount', 'stageEnteredOn', ...usualCuts],
    ],
    ['pipelineId', 'exit', 'toAt', 'stageId', 'days', ...usualCuts],
  ],
};

const MILLISECONDS_OF_A_DAY = 86_400_000;

/** The class of a span of time, which bounds its length from above: see `longestOf`. */
export function lengthClassOf(fromAt: string, toAt: string): number {
  if (toAt === STILL_LASTS) return LONGEST_CLASS;
  if (toAt === fromAt) return -1;
  const days = (Date.parse(toAt) - Date.parse(fromAt)) / MILLISECONDS_OF_A_DAY;
  return Math.min(LONGEST_CLASS, Math.floor(Math.log2(days + 1)));
}

/** Milliseconds below which every length of a class lies; without bound for the longest. */
export function longestOf(lengthClass: number): number {
  return lengthClass === LONGEST_CLASS
    ? Number.POSITIVE_INFINITY
    : (2 ** (lengthClass + 1) - 1) * MILLISECONDS_OF_A_DAY;
}

/**
 * The periods of a deal in order. A withdrawn deal has none: it never existed for the figures. The time since a deal
 * ended is no period, because the deal itself says it (`outcome`, `endedFrom`); only endings since undone or corrected
 * are, so that a past moment still finds them.
 */
export function periodsOf(document: OpportunityDocument): readonly StagePeriod[] {
  const { trail } = document;
  if (document.status === 'withdrawn') return [];
  const periods: StagePeriod[] = [];
  let valid: Counted = document;
  for (let index = trail.length - 1; index >= 0; index -= 1) {
    const point = trail[index]!;
    const next = trail[index + 1];
    if (next || !isEnded(point)) periods.push(periodOf(document, index, point, next, valid));
    if (point.was) valid = { ...counts(valid), ...point.was };
  }
  return periods.toReversed();
}

function periodOf(
  document: OpportunityDocument,
  index: number,
  point: TrailPoint,
  next: TrailPoint | undefined,
  valid: Counted,
): StagePeriod {
  const toAt = next ? next.at : STILL_LASTS;
  const unstaged = isUnstaged(document.trail, index);
  const exit = unstaged ? 'unstaged' : exitOf(document.trail, index);
  return {
    id: `${document.id}.${index}`,
    opportunityId: document.id,
    pipelineId: document.pipelineId,
    stageId: point.stageId,
    status: point.status,
    fromAt: point.at,
    toAt,
    fromOn: dayOf(point.at),
    toOn: dayOf(toAt),
    stageEnteredOn: dayOf(stayBegan(document.trail, index)),
    entry: unstaged ? 'unstaged' : point.kind,
    exit,
    days:
      exit !== null && !unstaged && endsStay(point, exit) ? calendarDays(stayBegan(document.trail, index), toAt) : null,
    lengthClass: lengthClassOf(point.at, toAt),
    owner: valid.owner,
    team: valid.team,
    region: valid.region,
    product: valid.product,
    productLabel: valid.productLabel,
    channel: valid.channel,
    campaign: valid.campaign,
    customerId: valid.customerId,
    amount: valid.amount,
    currency: valid.currency,
    probability: valid.probability,
    expectedCloseDate: valid.expectedCloseDate,
    forecastCategory: valid.forecastCategory,
  };
}

/** A source may know nothing of a deal but its end; the stage it is opened in then says nothing of the stage. */
function isUnstaged(trail: readonly TrailPoint[], index: number): boolean {
  const [first, second] = trail;
  return index === 0 && first !== undefined && second !== undefined && isEnded(second) && second.at === first.at;
}

/** A stage that was passed over is left as it was entered; whoever passes over stages leaves the way the move goes. */
function exitOf(trail: readonly TrailPoint[], index: number): string | null {
  if (trail[index]!.kind === 'skipped') return 'skipped';
  let next = index + 1;
  while (trail[next]?.kind === 'skipped') next += 1;
  return trail[next]?.kind ?? null;
}

function endsStay(point: TrailPoint, exit: string): boolean {
  return (
    !isEnded(point) && exit !== 'continued' && exit !== 'suspended' && exit !== 'reactivated' && exit !== 'skipped'
  );
}

function stayBegan(trail: readonly TrailPoint[], index: number): string {
  let began = index;
  while (began > 0 && ['continued', 'suspended', 'reactivated'].includes(trail[began]!.kind)) began -= 1;
  return trail[began]!.at;
}

function isEnded(point: TrailPoint): boolean {
  return point.status !== 'open' && point.status !== 'suspended';
}

function counts(of: Counted): Counted {
  return {
    owner: of.owner,
    team: of.team,
    region: of.region,
    product: of.product,
    productLabel: of.productLabel,
    channel: of.channel,
    campaign: of.campaign,
    customerId: of.customerId,
    amount: of.amount,
    currency: of.currency,
    probability: of.probability,
    expectedCloseDate: of.expectedCloseDate,
    forecastCategory: of.forecastCategory,
  };
}
