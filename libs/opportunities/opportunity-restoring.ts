import { calendarDays, dayOf } from '../statistics/calendar.ts';
import type { OpportunityDocument, OpportunityStatus, TrailPoint } from './opportunity.document.ts';

/**
 * A deal as it was at an earlier revision, after an import on it was undone. Its periods since then are undone with
 * it, so past moments are as if the import had never been. Activities stay: people did them. The document given
 * already has the details of then.
 */
export function restored(
  document: OpportunityDocument,
  toRevision: number,
  stageId: string,
  status: OpportunityStatus & TrailPoint['status'],
): OpportunityDocument {
  const kept = document.trail.filter(({ revision }) => revision <= toRevision);
  const trail = kept.map((point, index) => (index === kept.length - 1 ? lastAgain(point, document) : point));
  const entered = trail.findLast(
    ({ kind }) => !['continued', 'suspended', 'reactivated', 'won', 'lost', 'terminated'].includes(kind),
  );
  const stageEnteredAt = entered?.at ?? document.openedAt;
  const count = (kind: TrailPoint['kind']) => trail.filter((point) => point.kind === kind).length;
  return {
    ...document,
    ...endingAt(document, trail, status),
    stageId,
    status,
    listed: true,
    stageEnteredAt,
    stageEnteredOn: dayOf(stageEnteredAt),
    wakeUpOn: status === 'suspended' ? document.wakeUpOn : null,
    movesForward: count('forward'),
    movesBack: count('backward'),
    movesSkipped: count('skipped'),
    formerEndings: document.formerEndings.filter(({ revision }) => trail.some((point) => point.revision > revision)),
    trail,
  };
}

/**
 * What changed after the revision, but at the same instant, is noted on the last point, too: that is undone as well.
 * A new object, because its period changed.
 */
function lastAgain({ was, ...point }: TrailPoint, document: OpportunityDocument): TrailPoint {
  const other = Object.entries(was ?? {}).filter(([field, value]) => Reflect.get(document, field) !== value);
  return other.length === 0 ? point : { ...point, was: Object.fromEntries(other) };
}

type Ending = Pick<
  OpportunityDocument,
  | 'outcome'
  | 'endedAt'
  | 'endedOn'
  | 'endedFrom'
  | 'cycleDays'
  | 'lostReason'
  | 'competitor'
  | 'lostNotes'
  | 'credit'
  | 'summary'
>;

const notEnded: Ending = {
  outcome: null,
  endedAt: null,
  endedOn: null,
  endedFrom: null,
  cycleDays: null,
  lostReason: null,
  competitor: null,
  lostNotes: null,
  credit: [],
  summary: null,
};

function endingAt(document: OpportunityDocument, trail: readonly TrailPoint[], status: OpportunityStatus): Ending {
  const ending = trail.findLast(({ kind }) => kind === status);
  if (!ending || (status !== 'won' && status !== 'lost' && status !== 'terminated')) return notEnded;
  const former = document.formerEndings.find(({ revision }) => revision === ending.revision);
  const endedAt = former?.endedAt ?? document.endedAt ?? ending.at;
  const { lostReason, competitor, lostNotes, credit } = former ?? document;
  return {
    outcome: status,
    endedAt,
    endedOn: dayOf(endedAt),
    endedFrom: trail[trail.length - 1]!.at,
    cycleDays: calendarDays(document.openedAt, endedAt),
    lostReason,
    competitor,
    lostNotes,
    credit,
    summary: null,
  };
}
