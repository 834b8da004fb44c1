import type { Circumstances } from '../../eventsourcing/decider.ts';
import { RuleViolation } from '../../eventsourcing/errors.ts';
import { sameData } from '../../eventsourcing/same-data.ts';
import { WHOLE } from './credit-split.ts';
import { requireAfterOpening, requireReason } from './opportunity.checks.ts';
import type {
  ChangeOpportunityAmount,
  ChangeOpportunityCloseDate,
  ChangeOpportunityProduct,
  CorrectOpportunityDetails,
  FormOpportunityTeam,
  JudgeOpportunityForecast,
  LogOpportunityActivity,
  SplitOpportunityCredit,
  TransferOpportunity,
} from './opportunity.commands.ts';
import type { DetailChanges, OpportunityEvent } from '../opportunity.events.ts';
import type { EndedDeal, LivingDeal } from './opportunity.state.ts';

/** Hands a deal to another owner, who takes the old one's place in the team. */
export function transferOpportunity(
  command: TransferOpportunity,
  deal: LivingDeal,
  circumstances: Circumstances,
): OpportunityEvent[] {
  requireReason(circumstances, 'Transferring');
  requireAfterOpening(deal, circumstances);
  const { owner: from, team: oldTeam, region: oldRegion } = deal.details;
  const { to, team = oldTeam, region = oldRegion } = command;
  if (to === from && team === oldTeam && region === oldRegion) return [];
  return [{ type: 'OpportunityTransferred', data: { from, to, ...known('team', team), ...known('region', region) } }];
}

/** Names the reps who share a deal. */
export function formOpportunityTeam(
  { members }: FormOpportunityTeam,
  deal: LivingDeal,
  circumstances: Circumstances,
): OpportunityEvent[] {
  requireAfterOpening(deal, circumstances);
  const twice = repeated(members);
  if (twice !== undefined)
    throw new RuleViolation('duplicate_member', `${twice} is named twice.`, 'members', { rep: twice });
  if (!members.includes(deal.details.owner)) {
    throw new RuleViolation('owner_not_member', `The owner ${deal.details.owner} shares the deal too.`, 'members', {
      rep: deal.details.owner,
    });
  }
  if (sameData(members, deal.members)) return [];
  return [{ type: 'OpportunityTeamFormed', data: { members: [...members] } }];
}

/** Settles which member gets which part of the credit. */
export function splitOpportunityCredit(
  { shares }: SplitOpportunityCredit,
  deal: LivingDeal,
  circumstances: Circumstances,
): OpportunityEvent[] {
  requireAfterOpening(deal, circumstances);
  const reps = shares.map(({ rep }) => rep);
  const twice = repeated(reps);
  if (twice !== undefined)
    throw new RuleViolation('duplicate_member', `${twice} is named twice.`, 'shares', { rep: twice });
  const stranger = reps.find((rep) => !deal.members.includes(rep));
  if (stranger !== undefined)
    throw new RuleViolation('not_a_member', `${stranger} is not in the team.`, 'shares', { rep: stranger });
  const sum = shares.reduce((total, { share }) => total + share, 0);
  if (sum !== WHOLE) {
    throw new RuleViolation(
      'shares_not_whole',
      `The shares add up to ${sum} basis points, not to ${WHOLE}.`,
      'shares',
      { sum },
    );
  }
  if (sameData(shares, deal.shares)) return [];
  return [{ type: 'OpportunityCreditSplit', data: { shares: [...shares] } }];
}

/** Notes that somebody worked on a deal, and what it cost. */
export function logOpportunityActivity(
  { type: _, ...activity }: LogOpportunityActivity,
  deal: LivingDeal | EndedDeal,
  circumstances: Circumstances,
): OpportunityEvent[] {
  requireAfterOpening(deal, circumstances);
  if (deal.activityIds.includes(activity.activityId)) {
    throw new RuleViolation(
      'activity_exists',
      `The deal has an activity ${activity.activityId} already.`,
      'activityId',
    );
  }
  return [{ type: 'OpportunityActivityLogged', data: activity }];
}

/** Changes the amount of a deal that is not over; it keeps its currency as long as it is known. */
export function changeOpportunityAmount(
  { amount: to }: ChangeOpportunityAmount,
  deal: LivingDeal,
  circumstances: Circumstances,
): OpportunityEvent[] {
  requireAfterOpening(deal, circumstances);
  const from = deal.details.amount;
  if (from && to && from.currency !== to.currency) {
    throw new RuleViolation('currency_differs', `The deal's amount is in ${from.currency}.`, 'amount.currency', {
      currency: from.currency,
    });
  }
  if (sameData(from, to)) return [];
  return [{ type: 'OpportunityAmountChanged', data: { ...known('from', from), ...known('to', to) } }];
}

/** Changes the day a deal is expected to close. */
export function changeOpportunityCloseDate(
  { expectedCloseDate: to }: ChangeOpportunityCloseDate,
  deal: LivingDeal | EndedDeal,
  circumstances: Circumstances,
): OpportunityEvent[] {
  requireAfterOpening(deal, circumstances);
  const from = deal.details.expectedCloseDate;
  if (from === to) return [];
  return [{ type: 'OpportunityCloseDateChanged', data: { ...known('from', from), ...known('to', to) } }];
}

/** Changes what a deal is about. */
export function changeOpportunityProduct(
  { product: to }: ChangeOpportunityProduct,
  deal: LivingDeal | EndedDeal,
  circumstances: Circumstances,
): OpportunityEvent[] {
  requireAfterOpening(deal, circumstances);
  const from = deal.details.product;
  if (from === to) return [];
  return [{ type: 'OpportunityProductChanged', data: { ...known('from', from), ...known('to', to) } }];
}

/** Sets or withdraws the rep's own judgement of a deal. */
export function judgeOpportunityForecast(
  { probability, forecastCategory }: JudgeOpportunityForecast,
  deal: LivingDeal,
  circumstances: Circumstances,
): OpportunityEvent[] {
  requireAfterOpening(deal, circumstances);
  if (probability === deal.details.probability && forecastCategory === deal.details.forecastCategory) return [];
  const data = { ...known('probability', probability), ...known('forecastCategory', forecastCategory) };
  return [{ type: 'OpportunityForecastJudged', data }];
}

/** Sets or clears other details, of an ended deal too; the event names only what differs. */
export function correctOpportunityDetails(
  command: CorrectOpportunityDetails,
  deal: LivingDeal | EndedDeal,
  circumstances: Circumstances,
): OpportunityEvent[] {
  requireAfterOpening(deal, circumstances);
  const { details } = deal;
  const differing = Object.entries(command.changes).filter(
    ([field, value]) => value !== undefined && !sameData(value ?? undefined, Reflect.get(details, field)),
  );
  if (differing.length === 0) return [];
  const changes = Object.fromEntries(differing) as DetailChanges;
  return [{ type: 'OpportunityDetailsCorrected', data: { changes } }];
}

function repeated(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) !== index);
}

/** A property for a value that is known, and none for one that is not. */
function known<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]?: Value });
}
