import { sameData } from '../eventsourcing/same-data.ts';
import type { OpportunityCommand } from '../opportunities/rules/opportunity.commands.ts';
import type { DetailChanges, OpportunityDetails } from '../opportunities/opportunity.events.ts';
import type { DealRecord } from './deal-record.ts';

interface DetailCommand {
  readonly command: OpportunityCommand;
  readonly reason?: string;
}

const REASON = 'changed in the imported source';
const corrected = ['title', 'customer', 'team', 'region', 'channel', 'campaign', 'attributes'] as const;

/** The commands that make the details a source told before those it tells now. */
export function detailCommands(before: OpportunityDetails, { details, steps }: DealRecord): readonly DetailCommand[] {
  const commands: DetailCommand[] = [];
  const differs = (field: keyof OpportunityDetails): boolean => !sameData(before[field], details[field]);
  const transfers = differs('owner');
  if (transfers) {
    const { owner: to, team, region } = details;
    commands.push({
      command: { type: 'TransferOpportunity', to, ...(team ? { team } : {}), ...(region ? { region } : {}) },
      reason: REASON,
    });
  }
  // A win has an amount of its own.
  if (differs('amount') && !steps.some(({ kind }) => kind === 'win')) {
    commands.push({
      command: { type: 'ChangeOpportunityAmount', ...(details.amount ? { amount: details.amount } : {}) },
    });
  }
  if (differs('expectedCloseDate')) {
    const { expectedCloseDate } = details;
    const day = expectedCloseDate ? { expectedCloseDate } : {};
    commands.push({ command: { type: 'ChangeOpportunityCloseDate', ...day } });
  }
  if (differs('product')) {
    const { product } = details;
    commands.push({ command: { type: 'ChangeOpportunityProduct', ...(product ? { product } : {}) } });
  }
  const byTransfer = (field: string): boolean => transfers && (field === 'team' || field === 'region');
  const fields = corrected.filter((field) => differs(field) && !(byTransfer(field) && details[field] !== undefined));
  const changes = Object.fromEntries(
    fields.map((field) => [field, details[field] ?? (field === 'attributes' ? {} : null)]),
  ) as DetailChanges;
  if (fields.length > 0) commands.push({ command: { type: 'CorrectOpportunityDetails', changes }, reason: REASON });
  return commands;
}

/** Whether a command is refused for deals that have ended. */
export function isForLivingOnly({ type }: OpportunityCommand): boolean {
  return type === 'TransferOpportunity' || type === 'ChangeOpportunityAmount';
}
