import { stableId, type CommandHandler } from '../eventsourcing/command-handler.ts';
import { ConcurrencyConflict, RuleViolation } from '../eventsourcing/errors.ts';
import { opportunityDecider } from '../opportunities/rules/opportunity.decider.ts';
import type { OpportunityCommands } from '../opportunities/rules/opportunity.handlers.ts';
import { opportunityFold, type Opportunity } from '../opportunities/rules/opportunity.state.ts';
import type { DefinedPipeline } from '../pipelines/pipeline.decider.ts';
import { ruleOf } from './broken-rule.ts';
import type { Refusal } from './csv-rows.ts';
import { dealPlan, type PlannedCommand } from './deal-plan.ts';
import type { DealRecord } from './deal-record.ts';
import type { DealEvent } from './told-deal.ts';

export interface DealOutcome {
  readonly opened: boolean;
  /** Events appended for this deal. */
  readonly events: number;
  readonly refusals: readonly Refusal[];
}

export interface DealCommands {
  readonly handler: CommandHandler;
  readonly opportunities: OpportunityCommands;
  readonly pipelineOf: (id: string) => Promise<DefinedPipeline | undefined>;
  /** Milliseconds since 1970, by the same clock as the handler's. */
  readonly now: () => number;
}

const ATTEMPTS = 5;

/** Brings deals to where a source says they are, by commands and only as far as the source itself has changed. */
export function dealImporter(
  { handler, opportunities, pipelineOf, now }: DealCommands,
  importId: string,
): (record: DealRecord) => Promise<DealOutcome> {
  return async (record) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await bringIn(record);
      } catch (error) {
        // Somebody changed the deal meanwhile: what is to do for it is found out anew.
        if (!(error instanceof ConcurrencyConflict) || attempt === ATTEMPTS) throw error;
      }
    }
  };

  async function bringIn(record: DealRecord): Promise<DealOutcome> {
    const known = (await handler.eventsSince(`opportunity-${record.id}`, -1)) as readonly DealEvent[];
    const plan = dealPlan(record, known, importId);
    if ('rule' in plan) return refused([{ file: record.file, line: record.line, ...plan }]);
    if (plan.whole) {
      const [refusal] = (await rehearse({ pipelineOf, now }, record, plan.commands, known)).refusals;
      if (refusal) return refused([refusal]);
    }
    const refusals: Refusal[] = [];
    let opened = false;
    let events = 0;
    let revision = known.length - 1;
    for (const planned of plan.commands) {
      const { command, file, line, ...circumstances } = planned;
      try {
        const result = await opportunities(record.id, command, {
          // Two imports of one file at once thus give the same command, which is carried out once.
          commandId: stableId('import', record.id, String(revision), JSON.stringify([command, circumstances])),
          actor: actorFor(record),
          source: 'import',
          correlationId: importId,
          expectedRevision: revision,
          ...circumstances,
        });
        revision = result.revision;
        if (!result.repeated) events += result.events.length;
        if (command.type === 'OpenOpportunity') opened = !result.repeated;
      } catch (error) {
        refusals.push(refusalOf(error, planned));
        // What comes behind a step that is missing would tell another course than the source.
        if (isStep(planned)) break;
      }
    }
    return { opened, events, refusals };
  }
}

/**
 * What commands would do to a deal with the events it has so far, decided and not recorded. Nothing is refused of a
 * deal whose pipeline is not there: that shows when the commands are carried out.
 */
export async function rehearse(
  { pipelineOf, now }: Pick<DealCommands, 'pipelineOf' | 'now'>,
  record: DealRecord,
  commands: readonly PlannedCommand[],
  known: readonly DealEvent[],
): Promise<DealOutcome> {
  let state: Opportunity = known.reduce(opportunityFold.evolve, opportunityFold.initial);
  const pipeline = await pipelineOf(state.status === 'none' ? record.pipelineId : state.pipelineId);
  if (!pipeline) return refused([]);
  const decider = opportunityDecider(pipeline);
  const today = new Date(now()).toISOString();
  const refusals: Refusal[] = [];
  let opened = false;
  let appended = 0;
  for (const planned of commands) {
    const { occurredAt = today, reason } = planned;
    const circumstances = { id: record.id, occurredAt, actor: actorFor(record), ...(reason ? { reason } : {}) };
    try {
      const events = decider.decide(planned.command, state, circumstances);
      state = events.reduce((before, event) => decider.evolve(before, { ...event, occurredAt }), state);
      appended += events.length;
      if (planned.command.type === 'OpenOpportunity') opened = true;
    } catch (error) {
      refusals.push(refusalOf(error, planned));
      if (isStep(planned)) break;
    }
  }
  return { opened, events: appended, refusals };
}

function refused(refusals: readonly Refusal[]): DealOutcome {
  return { opened: false, events: 0, refusals };
}

function actorFor({ details }: DealRecord) {
  return { id: 'import', role: 'admin', onBehalfOf: details.owner };
}

function isStep({ command }: PlannedCommand): boolean {
  return ['OpenOpportunity', 'MoveOpportunity', 'ReopenOpportunity', 'WinOpportunity', 'LoseOpportunity'].includes(
    command.type,
  );
}

/** Throws everything that is not a rule's refusal. */
function refusalOf(error: unknown, { file, line }: PlannedCommand): Refusal {
  const column = error instanceof RuleViolation ? error.field : undefined;
  return { file, line, ...(column ? { column } : {}), ...ruleOf(error) };
}
