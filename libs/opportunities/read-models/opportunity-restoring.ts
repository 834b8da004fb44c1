import { calendarDays, dayOf } from '../../statistics/calendar.ts';
import type { FormerEnding, OpportunityDocument, OpportunityStatus, TrailPoint } from './opportunity.document.ts';

/** Where and how a deal is again. */
export interface Restoration {
  /** The revision of the restoring itself. */
  readonly revision: number;
  readonly toRevision: number;
  readonly stageId: string;
  readonly status: OpportunityStatus & TrailPoint['status'];
  readonly openedAt?: string;
}

/**
 * A deal as it was at an earlier revision, after what an import told of it was taken back. Its periods since then are
 * undone with it, so past moments are as if it had never been told. Activities stay: people did them. The document
 * given already has the details of then.
 *
 * @param ending how the deal has ended, which the document does not list among its former endings
 */
export function restored(
  document: OpportunityDocument,
  { revision, toRevision, stageId, status, openedAt }: Restoration,
  ending: readonly FormerEnding[],
): OpportunityDocument {
  const endings = [...document.formerEndings, ...ending];
  // Until the first restoring after the revision, points were only added.
  const then = document.takenBack.find(({ by }) => by > toRevision) ?? { trail: document.trail, endings };
  const trail = trailOf(then.trail, document, { revision, toRevision, stageId, status, openedAt });
  const entered = trail.findLast(
    ({ kind }) => !['continued', 'suspended', 'reactivated', 'won', 'lost', 'terminated'].includes(kind),
  );
  const began = trail[0]?.at ?? document.openedAt;
  const stageEnteredAt = entered?.at ?? began;
  const count = (kind: TrailPoint['kind']) => trail.filter((point) => point.kind === kind).length;
  const opened = { ...document, openedAt: began, openedOn: dayOf(began), formerEndings: [...then.endings] };
  const last = trail.findLast(({ kind }) => kind === status)?.revision;
  return {
    ...opened,
    ...endingAt(opened, trail, status),
    stageId,
    status,
    listed: true,
    stageEnteredAt,
    stageEnteredOn: dayOf(stageEnteredAt),
    wakeUpOn: status === 'suspended' ? document.wakeUpOn : null,
    movesForward: count('forward'),
    movesBack: count('backward'),
    movesSkipped: count('skipped'),
    formerEndings: then.endings.filter(
      (one) => one.revision !== last && trail.some((point) => point.revision > one.revision),
    ),
    takenBack: [...document.takenBack, { by: revision, trail: document.trail, endings }],
    trail,
  };
}

function trailOf(
  former: readonly TrailPoint[],
  document: OpportunityDocument,
  {
    revision,
    toRevision,
    stageId,
    openedAt,
  }: Omit<Restoration, 'openedAt'> & { readonly openedAt: string | undefined },
): TrailPoint[] {
  const kept = former.filter((point) => point.revision <= toRevision);
  const trail = kept.map((point, index) => (index === kept.length - 1 ? lastAgain(point, document) : point));
  const [first] = trail;
  if (openedAt === undefined || !first) return trail;
  const begunSo = first.at === openedAt && (trail.length > 1 || first.stageId === stageId);
  return begunSo ? trail : [{ at: openedAt, kind: 'opened', stageId, status: 'open', revision }];
}

/**
 * What changed after the revision, but at the same instant, is noted on the last point, too: that is undone as well.
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

/** What a deal that has not ended, or not any more, has of an ending. */
export const notEnded: Ending = {
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
