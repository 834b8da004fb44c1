import type { Circumstances } from '../../eventsourcing/decider.ts';
import { RuleViolation } from '../../eventsourcing/errors.ts';
import { splitCredit, WHOLE } from './credit-split.ts';
import { requireAfterLastStep, requireManager, requireReason } from './opportunity.checks.ts';
import type {
  ArchiveOpportunity,
  CloseOpportunity,
  LoseOpportunity,
  ReactivateOpportunity,
  RestoreOpportunity,
  SuspendOpportunity,
  TerminateOpportunity,
  WinOpportunity,
  WithdrawOpportunity,
} from './opportunity.commands.ts';
import type { CreditShare, OpportunityEvent } from '../opportunity.events.ts';
import type { ClosedDeal, EndedDeal, LivingDeal, OpenDeal, SuspendedDeal } from './opportunity.state.ts';

/** Pauses work on a deal, perhaps until a day. */
export function suspendOpportunity(
  { wakeUpOn }: SuspendOpportunity,
  deal: OpenDeal,
  circumstances: Circumstances,
): OpportunityEvent[] {
  requireReason(circumstances, 'Suspending');
  requireAfterLastStep(deal, circumstances);
  return [{ type: 'OpportunitySuspended', data: wakeUpOn === undefined ? {} : { wakeUpOn } }];
}

/** Takes a suspended deal up again. */
export function reactivateOpportunity(
  _command: ReactivateOpportunity,
  deal: SuspendedDeal,
  circumstances: Circumstances,
): OpportunityEvent[] {
  requireAfterLastStep(deal, circumstances);
  return [{ type: 'OpportunityReactivated', data: {} }];
}

/** Gives a deal up for good. */
export function terminateOpportunity(
  _command: TerminateOpportunity,
  deal: LivingDeal,
  circumstances: Circumstances,
): OpportunityEvent[] {
  requireReason(circumstances, 'Terminating');
  requireAfterLastStep(deal, circumstances);
  return [{ type: 'OpportunityTerminated', data: {} }];
}

/** Wins a deal of a known amount and, where several reps share it, a settled split of the credit. */
export function winOpportunity(
  command: WinOpportunity,
  deal: OpenDeal,
  circumstances: Circumstances,
): OpportunityEvent[] {
  requireAfterLastStep(deal, circumstances);
  const known = deal.details.amount;
  const amount = command.amount ?? known;
  if (!amount) throw new RuleViolation('amount_unknown', 'A deal is won with an amount.', 'amount');
  if (!Number.isSafeInteger(amount.minorUnits) || amount.minorUnits < 0) {
    throw new RuleViolation('malformed', 'An amount is in whole minor units.', 'amount.minorUnits');
  }
  if (known && known.currency !== amount.currency) {
    throw new RuleViolation('currency_differs', `The deal's amount is in ${known.currency}.`, 'amount.currency', {
      currency: known.currency,
    });
  }
  return [{ type: 'OpportunityWon', data: { amount, credit: splitCredit(amount, settledShares(deal)) } }];
}

/** The shares the credit is split by: all to the owner of a deal nobody shares. */
function settledShares(deal: OpenDeal): readonly CreditShare[] {
  const [first, ...others] = deal.members;
  if (first !== undefined && others.length === 0) return [{ rep: first, share: WHOLE }];
  const members = new Set(deal.members);
  if (deal.shares.length > 0 && deal.shares.every(({ rep }) => members.has(rep))) return deal.shares;
  throw new RuleViolation(
    'credit_split_missing',
    'Several reps share this deal: settle among its members who gets which part of the credit first.',
    'shares',
  );
}

/** Loses a deal, for a reason by its code, perhaps to a competitor. */
export function loseOpportunity(
  { type: _, ...data }: LoseOpportunity,
  deal: OpenDeal,
  circumstances: Circumstances,
): OpportunityEvent[] {
  requireAfterLastStep(deal, circumstances);
  return [{ type: 'OpportunityLost', data }];
}

/** Sums an ended deal up. */
export function closeOpportunity(
  { type: _, ...summary }: CloseOpportunity,
  deal: EndedDeal,
  circumstances: Circumstances,
): OpportunityEvent[] {
  for (const field of ['whatHappened', 'reason'] as const) {
    if (!summary[field].trim()) {
      throw new RuleViolation('summary_missing', 'A deal is closed with a summary: what happened, and why.', field);
    }
  }
  requireAfterLastStep(deal, circumstances);
  return [{ type: 'OpportunityClosed', data: summary }];
}

/** Takes a closed deal off boards and lists. */
export function archiveOpportunity(
  _command: ArchiveOpportunity,
  deal: ClosedDeal,
  circumstances: Circumstances,
): OpportunityEvent[] {
  requireAfterLastStep(deal, circumstances);
  return [{ type: 'OpportunityArchived', data: {} }];
}

/**
 * Takes back a deal that was entered by mistake; one that has ended only by a manager, as with reopening. Not one that
 * was summed up: somebody stood by it.
 */
export function withdrawOpportunity(
  { importId }: WithdrawOpportunity,
  deal: LivingDeal | EndedDeal,
  circumstances: Circumstances,
): OpportunityEvent[] {
  if (deal.status !== 'open' && deal.status !== 'suspended') {
    requireManager(circumstances, 'withdraw an opportunity that has ended');
  }
  requireReason(circumstances, 'Withdrawing');
  return [{ type: 'OpportunityWithdrawn', data: importId === undefined ? {} : { importId } }];
}

/** Puts a deal back to how it was before an import. */
export function restoreOpportunity(
  { type: _, ...data }: RestoreOpportunity,
  _deal: LivingDeal | EndedDeal,
): OpportunityEvent[] {
  if (data.status === 'won' && !data.amount) {
    throw new RuleViolation('amount_unknown', 'A deal is won with an amount.', 'amount');
  }
  return [{ type: 'OpportunityRestored', data }];
}
