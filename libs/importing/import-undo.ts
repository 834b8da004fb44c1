import pMap from 'p-map';
import { stableId, type CommandContext, type CommandHandler } from '../eventsourcing/command-handler.ts';
import type { EventCatalogue } from '../eventsourcing/catalogue.ts';
import { ConcurrencyConflict, NotFound } from '../eventsourcing/errors.ts';
import type { EventStore } from '../eventsourcing/event-store.ts';
import type { OpportunityCommand } from '../opportunities/rules/opportunity.commands.ts';
import type { OpportunityCommands } from '../opportunities/rules/opportunity.handlers.ts';
import { opportunityFold, type Opportunity } from '../opportunities/rules/opportunity.state.ts';
import { brokenRule, ruleOf, type BrokenRule } from './broken-rule.ts';
import { importDecider } from './import.decider.ts';
import { undoes, type DealEvent } from './told-deal.ts';

export interface LeftDeal extends BrokenRule {
  readonly id: string;
}

export interface UndoReport {
  readonly importId: string;
  /** Deals the import had opened. */
  readonly withdrawn: number;
  /** Deals that were there before and are again as they were. */
  readonly restored: number;
  /** Deals that stay as they are, and why. */
  readonly left: readonly LeftDeal[];
}

const MEANWHILE = brokenRule('changed_meanwhile', 'somebody changed the deal in the same moment');
const PAGE = 5_000;
const AT_ONCE = 256;
const KIND = 'opportunity-';

/**
 * Takes back what an import did: withdraws the deals it opened and restores those it changed, by commands. A deal that
 * somebody changed since stays as it is and is listed. Doing it again does nothing more. `NotFound` for an unknown import.
 */
export async function undoImport(
  {
    eventStore,
    catalogue,
    handler,
    opportunities,
  }: {
    readonly eventStore: EventStore;
    readonly catalogue: EventCatalogue;
    readonly handler: CommandHandler;
    readonly opportunities: OpportunityCommands;
  },
  importId: string,
  context: Omit<CommandContext, 'commandId'>,
): Promise<UndoReport> {
  const { state } = await handler.load(importDecider, importId);
  if (state.status === 'none') throw new NotFound('import', importId);
  const left: LeftDeal[] = [];
  let withdrawn = 0;
  let restored = 0;
  await pMap(
    await dealsTouched(eventStore, catalogue, importId),
    async (id) => {
      const events = (await handler.eventsSince(KIND + id, -1)) as readonly DealEvent[];
      const command = compensation(events, importId);
      if (command === undefined) return;
      if ('rule' in command) {
        left.push({ id, ...command });
        return;
      }
      try {
        await opportunities(id, command, {
          ...context,
          commandId: stableId('undo', importId, id),
          reason: context.reason ?? `import ${importId} is undone`,
          // Whoever changes the deal between the look and the command keeps it.
          expectedRevision: events.at(-1)!.revision,
        });
        if (command.type === 'WithdrawOpportunity') withdrawn += 1;
        else restored += 1;
      } catch (error) {
        left.push({ id, ...(error instanceof ConcurrencyConflict ? MEANWHILE : ruleOf(error)) });
      }
    },
    { concurrency: AT_ONCE },
  );
  if (withdrawn + restored > 0) {
    await handler.execute(
      importDecider,
      importId,
      { type: 'UndoImport', withdrawn, restored, left: left.length },
      { ...context, commandId: stableId('undo', importId, String(withdrawn), String(restored), String(left.length)) },
    );
  }
  return { importId, withdrawn, restored, left };
}

/** What puts one deal back; nothing where it is put back already, a rule where somebody changed it since. */
function compensation(events: readonly DealEvent[], importId: string): OpportunityCommand | BrokenRule | undefined {
  const standing = withoutUndone(events);
  const first = standing.findIndex(({ metadata }) => metadata.$correlationId === importId);
  if (first < 0) return undefined;
  const other = standing.slice(first).find(({ metadata }) => metadata.$correlationId !== importId);
  if (other) {
    const { type: event, metadata, recordedAt: at } = other;
    const by = metadata.actor.id;
    return brokenRule('changed_since', `${event} by ${by} at ${at} came after the import`, { event, by, at });
  }
  const { revision } = standing[first]!;
  const before = stateOf(events.slice(0, revision));
  const now = stateOf(events);
  switch (before.status) {
    case 'none':
    case 'withdrawn':
      return { type: 'WithdrawOpportunity', importId };
    case 'open':
    case 'suspended':
    case 'won':
    case 'lost':
    case 'terminated': {
      const { status, stageId, since, openedAt, details } = before;
      const opening = now.status !== 'none' && now.openedAt !== openedAt ? { openedAt } : {};
      const then = { toRevision: revision - 1, stageId, status, since, ...opening, ...details };
      return { type: 'RestoreOpportunity', importId, ...then };
    }
    case 'closed':
    case 'archived':
      return brokenRule('ended_before', `the deal was ${before.status} before the import`, { status: before.status });
  }
}

/** The events without those that were undone and their undoing, so that imports can be undone one after the other. */
function withoutUndone(events: readonly DealEvent[]): readonly DealEvent[] {
  let standing: readonly DealEvent[] = [];
  for (const event of events) {
    if (event.type === 'OpportunityWithdrawn') standing = [];
    else if (event.type === 'OpportunityRestored' && undoes(event)) {
      const { toRevision } = event.data;
      standing = standing.filter(({ revision }) => revision <= toRevision);
    } else standing = [...standing, event];
  }
  return standing;
}

function stateOf(events: readonly DealEvent[]): Opportunity {
  return events.reduce(opportunityFold.evolve, opportunityFold.initial);
}

/** An import says in each event that it came from it, so the log is the list of what it did. */
async function dealsTouched(
  store: EventStore,
  catalogue: EventCatalogue,
  importId: string,
): Promise<ReadonlySet<string>> {
  const deals = new Set<string>();
  for (let position = ''; ;) {
    const page = await store.readAll(position, PAGE);
    for (const stored of page) {
      if (!stored.stream.startsWith(KIND) || !stored.metadata.includes(importId)) continue;
      if (catalogue.open(stored).metadata.$correlationId === importId) deals.add(stored.stream.slice(KIND.length));
    }
    if (page.length < PAGE) return deals;
    position = page.at(-1)!.position;
  }
}
