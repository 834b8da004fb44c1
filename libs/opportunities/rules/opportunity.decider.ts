import type { Circumstances, Decider } from '../../eventsourcing/decider.ts';
import { NotFound, RuleViolation } from '../../eventsourcing/errors.ts';
import * as details from './opportunity-details.decider.ts';
import * as life from './opportunity-life.decider.ts';
import * as stages from './opportunity-stages.decider.ts';
import type { OpportunityCommand } from './opportunity.commands.ts';
import type { OpportunityEvent } from '../opportunity.events.ts';
import { opportunityFold, type Deal, type Opportunity } from './opportunity.state.ts';

/** The rules of opportunities that go through a pipeline. */
export function opportunityDecider(
  pipeline: stages.DealPipeline,
): Decider<Opportunity, OpportunityCommand, OpportunityEvent> {
  return {
    ...opportunityFold,
    decide: (command, state, circumstances) => decide(command, state, circumstances, pipeline),
  };
}

/** Which statuses a command is for, and which rule decides it. */
function decide(
  command: OpportunityCommand,
  state: Opportunity,
  circumstances: Circumstances,
  pipeline: stages.DealPipeline,
): readonly OpportunityEvent[] {
  if (command.type === 'OpenOpportunity') return stages.openOpportunity(command, state, circumstances, pipeline);
  if (state.status === 'none') throw new NotFound('opportunity', circumstances.id);
  switch (command.type) {
    case 'MoveOpportunity':
      return stages.moveOpportunity(command, when(state, 'open'), circumstances, pipeline);
    case 'ReopenOpportunity':
      return stages.reopenOpportunity(command, when(state, 'won', 'lost'), circumstances, pipeline);
    case 'SuspendOpportunity':
      return life.suspendOpportunity(command, when(state, 'open'), circumstances);
    case 'ReactivateOpportunity':
      return life.reactivateOpportunity(command, when(state, 'suspended'), circumstances);
    case 'TerminateOpportunity':
      return life.terminateOpportunity(command, living(state), circumstances);
    case 'WinOpportunity':
      return life.winOpportunity(command, when(state, 'open'), circumstances);
    case 'LoseOpportunity':
      return life.loseOpportunity(command, when(state, 'open'), circumstances);
    case 'CloseOpportunity':
      return life.closeOpportunity(command, when(state, 'won', 'lost', 'terminated'), circumstances);
    case 'ArchiveOpportunity':
      return life.archiveOpportunity(command, when(state, 'closed'), circumstances);
    case 'WithdrawOpportunity':
      return life.withdrawOpportunity(command, unclosed(state), circumstances);
    case 'RestoreOpportunity':
      return life.restoreOpportunity(command, unclosed(state));
    case 'TransferOpportunity':
      return details.transferOpportunity(command, living(state), circumstances);
    case 'FormOpportunityTeam':
      return details.formOpportunityTeam(command, living(state), circumstances);
    case 'SplitOpportunityCredit':
      return details.splitOpportunityCredit(command, living(state), circumstances);
    case 'ChangeOpportunityAmount':
      return details.changeOpportunityAmount(command, living(state), circumstances);
    case 'JudgeOpportunityForecast':
      return details.judgeOpportunityForecast(command, living(state), circumstances);
    case 'ChangeOpportunityCloseDate':
      return details.changeOpportunityCloseDate(command, unclosed(state), circumstances);
    case 'ChangeOpportunityProduct':
      return details.changeOpportunityProduct(command, unclosed(state), circumstances);
    case 'CorrectOpportunityDetails':
      return details.correctOpportunityDetails(command, unclosed(state), circumstances);
    case 'LogOpportunityActivity':
      return details.logOpportunityActivity(command, unclosed(state), circumstances);
  }
}

const living = (deal: Deal) => when(deal, 'open', 'suspended');
const unclosed = (deal: Deal) => when(deal, 'open', 'suspended', 'won', 'lost', 'terminated');

/** The deal where it has one of the statuses; refuses with `opportunity_is_<status>` otherwise. */
function when<Status extends Deal['status']>(deal: Deal, ...statuses: Status[]): Extract<Deal, { status: Status }> {
  if ((statuses as string[]).includes(deal.status)) return deal as Extract<Deal, { status: Status }>;
  throw new RuleViolation(`opportunity_is_${deal.status}`, `The opportunity is ${deal.status}.`, undefined, {
    status: deal.status,
  });
}
