import type { Circumstances } from '../../eventsourcing/decider.ts';
import { Forbidden, RuleViolation } from '../../eventsourcing/errors.ts';
import { may } from '../../http/rights.ts';
import type { Deal } from './opportunity.state.ts';

/** Refuses with `reason_required` where the actor gave no reason. */
export function requireReason({ reason }: Circumstances, what: string): void {
  if (!reason?.trim()) throw new RuleViolation('reason_required', `${what} needs a reason.`, 'reason');
}

/** Forbids what only a manager or an admin may do. */
export function requireManager({ actor }: Circumstances, what: string): void {
  if (!may(actor, 'undo_endings')) throw new Forbidden(`Only a manager may ${what}.`);
}

/** Refuses with `occurred_before_stage_entry` what would change stage or status before they came about. */
export function requireAfterLastStep({ since }: Deal, { occurredAt }: Circumstances): void {
  if (occurredAt >= since) return;
  throw new RuleViolation(
    'occurred_before_stage_entry',
    `The opportunity has its stage and status since ${since}; this cannot have happened at ${occurredAt}.`,
    'occurredAt',
    { since },
  );
}

/** Refuses with `occurred_before_opening` what would have happened to a deal that was not there yet. */
export function requireAfterOpening({ openedAt }: Deal, { occurredAt }: Circumstances): void {
  if (occurredAt >= openedAt) return;
  throw new RuleViolation(
    'occurred_before_opening',
    `The opportunity was opened at ${openedAt}; this cannot have happened at ${occurredAt}.`,
    'occurredAt',
    { since: openedAt },
  );
}
