import { stableId, type CommandContext, type CommandHandler } from '../eventsourcing/command-handler.ts';
import { Forbidden, NotFound, RuleViolation } from '../eventsourcing/errors.ts';
import { sameData } from '../eventsourcing/same-data.ts';
import type { OpportunityCommand } from '../opportunities/opportunity.commands.ts';
import type { DetailChanges, OpportunityDetails, OpportunityEvent } from '../opportunities/opportunity.events.ts';
import type { OpportunityCommands } from '../opportunities/opportunity.handlers.ts';
import { opportunityFold, type Opportunity } from '../opportunities/opportunity.state.ts';
import type { RecordedEvent } from '../eventsourcing/event.ts';
import type { Refusal } from './csv-rows.ts';
import type { DealRecord, DealStep } from './deal-record.ts';

export interface DealOutcome {
  readonly opened: boolean;
  /** Events appended for this deal. */
  readonly events: number;
  readonly refusals: readonly Refusal[];
}

const REASON = 'recorded so in the imported source';
const CORRECTION = 'corrected by the imported source';

/** Brings deals to where a source says they are, by commands and only as far as the source itself has changed. */
export function dealImporter(
  handler: CommandHandler,
  opportunities: OpportunityCommands,
  importId: string,
): (record: DealRecord) => Promise<DealOutcome> {
  return async (record) => {
    const refusals: Refusal[] = [];
    let events = 0;

    async function carryOut(
      command: OpportunityCommand,
      commandId: string,
      { file, line }: { readonly file: string; readonly line: number },
      more: Partial<CommandContext>,
    ): Promise<void> {
      try {
        const result = await opportunities(record.id, command, {
          commandId,
          actor: { id: 'import', role: 'admin', onBehalfOf: record.details.owner },
          source: 'import',
          correlationId: importId,
          ...more,
        });
        events += result.events.length;
      } catch (error) {
        if (!(error instanceof RuleViolation || error instanceof Forbidden || error instanceof NotFound)) throw error;
        const column = error instanceof RuleViolation ? error.field : undefined;
        refusals.push({ file, line, ...(column ? { column } : {}), rule: error.message });
      }
    }

    const known = await handler.eventsSince(`opportunity-${record.id}`, -1);
    const done = new Set(known.map(({ metadata }) => metadata.commandId));
    const opened = known.length === 0;
    if (opened) {
      await carryOut(
        { type: 'OpenOpportunity', pipelineId: record.pipelineId, stageId: record.opening.stageId, ...record.details },
        stableId('import', record.id, 'open'),
        record,
        record.opening.at ? { occurredAt: record.opening.at } : {},
      );
      if (refusals.length > 0) return { opened: false, events, refusals };
    } else {
      // What people changed here since is theirs: the source is compared with what it said before, not with today's state.
      const asImported = fold(known.filter(({ metadata }) => metadata.source === 'import'));
      if (asImported.status === 'none') {
        const rule = `there is an opportunity ${record.id} that no import opened`;
        return { opened: false, events, refusals: [{ file: record.file, line: record.line, rule }] };
      }
      for (const [index, [command, reason]] of differences(asImported.details, record).entries()) {
        await carryOut(command, stableId(importId, record.id, String(index)), record, reason ? { reason } : {});
      }
      if (record.opening.at && asImported.openedAt !== record.opening.at) {
        const rule = `the deal was opened at ${asImported.openedAt}; an opening cannot be moved to ${record.opening.at}`;
        refusals.push({ file: record.file, line: record.line, rule });
      }
    }

    const times = new Map<string, number>();
    for (const step of record.steps) {
      const content = JSON.stringify([step.kind, step.kind === 'move' ? step.toStage : '', step.at]);
      const time = (times.get(content) ?? 0) + 1;
      times.set(content, time);
      const commandId = stableId('import', record.id, content, String(time));
      if (done.has(commandId)) await settleAmount(step, commandId);
      else await takeStep(step, commandId);
    }
    if (record.currentStageId && refusals.length === 0) {
      const all = await handler.eventsSince(`opportunity-${record.id}`, -1);
      const asImported = fold(all.filter(({ metadata }) => metadata.source === 'import'));
      if (asImported.status === 'open' && asImported.stageId !== record.currentStageId) {
        const move: OpportunityCommand = { type: 'MoveOpportunity', toStage: record.currentStageId };
        await carryOut(move, stableId(importId, record.id, 'current'), record, { reason: REASON });
      }
    }
    return { opened, events, refusals };

    async function takeStep(step: DealStep, commandId: string): Promise<void> {
      if (step.kind !== 'move') await reopenIfEnded(step, commandId);
      await carryOut(commandOf(step), commandId, step, { occurredAt: step.at, reason: REASON });
    }

    /** The source tells another end than before. */
    async function reopenIfEnded(step: DealStep, commandId: string): Promise<void> {
      const { state } = await handler.load(opportunityFold, record.id);
      if (state.status !== 'won' && state.status !== 'lost') return;
      await carryOut({ type: 'ReopenOpportunity' }, stableId(importId, commandId, 'reopen'), step, {
        occurredAt: state.since > step.at ? state.since : step.at,
        reason: CORRECTION,
      });
    }

    /** The source tells another amount of the same win. */
    async function settleAmount(step: DealStep, commandId: string): Promise<void> {
      if (step.kind !== 'win' || !step.amount) return;
      const won = known.findLast((event) => event.type === 'OpportunityWon' && event.metadata.source === 'import') as
        RecordedEvent<Extract<OpportunityEvent, { type: 'OpportunityWon' }>> | undefined;
      if (!won || sameData(won.data.amount, step.amount)) return;
      await reopenIfEnded(step, commandId);
      await carryOut(commandOf(step), stableId(importId, commandId, 'amount'), step, {
        occurredAt: step.at,
        reason: CORRECTION,
      });
    }
  };
}

function commandOf(step: DealStep): OpportunityCommand {
  if (step.kind === 'move') return { type: 'MoveOpportunity', toStage: step.toStage };
  if (step.kind === 'win') return { type: 'WinOpportunity', ...(step.amount ? { amount: step.amount } : {}) };
  const { reasonCode, competitor } = step;
  return { type: 'LoseOpportunity', reasonCode, ...(competitor ? { competitor } : {}) };
}

function fold(events: readonly RecordedEvent[]): Opportunity {
  return (events as readonly RecordedEvent<OpportunityEvent>[]).reduce(opportunityFold.evolve, opportunityFold.initial);
}

/** The commands, with their reasons, that make the details a source told before those it tells now. */
function differences(
  before: OpportunityDetails,
  { details, steps }: DealRecord,
): readonly (readonly [command: OpportunityCommand, reason?: string])[] {
  const commands: (readonly [OpportunityCommand, string?])[] = [];
  const differs = (field: keyof OpportunityDetails): boolean => !sameData(before[field], details[field]);
  if (differs('owner')) {
    const { owner, team, region } = details;
    const transfer = {
      type: 'TransferOpportunity',
      to: owner,
      ...(team ? { team } : {}),
      ...(region ? { region } : {}),
    } as const;
    commands.push([transfer, CORRECTION]);
  }
  const wins = steps.some((step) => step.kind === 'win' && step.amount);
  if (differs('amount') && !wins) {
    commands.push([{ type: 'ChangeOpportunityAmount', ...(details.amount ? { amount: details.amount } : {}) }]);
  }
  if (differs('expectedCloseDate')) {
    const { expectedCloseDate } = details;
    commands.push([{ type: 'ChangeOpportunityCloseDate', ...(expectedCloseDate ? { expectedCloseDate } : {}) }]);
  }
  if (differs('product')) {
    commands.push([{ type: 'ChangeOpportunityProduct', ...(details.product ? { product: details.product } : {}) }]);
  }
  const corrected = ['title', 'customer', 'team', 'region', 'channel', 'campaign', 'attributes'] as const;
  const changes = Object.fromEntries(
    corrected
      .filter((field) => differs(field) && !(differs('owner') && (field === 'team' || field === 'region')))
      .map((field) => [field, details[field] ?? (field === 'attributes' ? {} : null)]),
  ) as DetailChanges;
  if (Object.keys(changes).length > 0) commands.push([{ type: 'CorrectOpportunityDetails', changes }, CORRECTION]);
  return commands;
}
