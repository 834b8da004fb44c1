import type { RecordedEvent } from '../eventsourcing/event.ts';
import type { OpportunityDetails, OpportunityEvent } from '../opportunities/opportunity.events.ts';
import { opportunityFold, type Opportunity } from '../opportunities/rules/opportunity.state.ts';
import type { StepContent } from './deal-record.ts';

export type DealEvent = RecordedEvent<OpportunityEvent>;

/**
 * What imports told of a deal so far. A source is compared with this and not with the deal as it is now, because what
 * people changed here is theirs to keep.
 */
export interface ToldDeal {
  readonly details: OpportunityDetails;
  readonly opening: ToldMoment & { readonly stageId: string };
  readonly steps: readonly ToldStep[];
}

interface ToldMoment {
  readonly at: string;
  /** The source told no business time: it counts from when it was recorded. */
  readonly undated: boolean;
  readonly revision: number;
}
export type ToldStep = ToldMoment & StepContent;

interface Telling {
  readonly deal: Opportunity;
  readonly opening: ToldDeal['opening'];
  readonly steps: readonly ToldStep[];
}

/** Undefined for a deal that no import opened, and for one that was withdrawn. */
export function toldDeal(events: readonly DealEvent[]): ToldDeal | undefined {
  const tellings: (Telling | undefined)[] = [];
  for (const event of events) tellings.push(told(tellings, event));
  const last = tellings.at(-1);
  return last && last.deal.status !== 'none'
    ? { details: last.deal.details, opening: last.opening, steps: last.steps }
    : undefined;
}

/** Whether an event took back all that an import did to the deal, as `import undo` does. */
export function undoes(event: DealEvent): boolean {
  if (event.type !== 'OpportunityWithdrawn' && event.type !== 'OpportunityRestored') return false;
  return event.data.importId !== undefined && event.data.importId !== event.metadata.$correlationId;
}

function told(before: readonly (Telling | undefined)[], event: DealEvent): Telling | undefined {
  const telling = before.at(-1);
  if (event.type === 'OpportunityWithdrawn') return undefined;
  if (event.type === 'OpportunityRestored' && undoes(event)) return before[event.data.toRevision];
  if (event.metadata.source !== 'import') return telling;
  const moment = {
    at: event.occurredAt,
    undated: event.occurredAt === event.recordedAt,
    revision: event.revision,
  };
  if (event.type === 'OpportunityOpened') {
    const { stageId } = event.data;
    return { deal: opportunityFold.evolve(opportunityFold.initial, event), opening: { ...moment, stageId }, steps: [] };
  }
  if (!telling) return undefined;
  const step = stepOf(event);
  if (step) return { ...telling, steps: [...telling.steps, { ...moment, ...step }] };
  if (event.type === 'OpportunityRestored') {
    const { toRevision, openedAt, stageId } = event.data;
    const opening =
      openedAt === undefined ? telling.opening : { at: openedAt, undated: false, revision: event.revision, stageId };
    return { ...telling, opening, steps: telling.steps.filter(({ revision }) => revision <= toRevision) };
  }
  return DETAILS.has(event.type) ? { ...telling, deal: opportunityFold.evolve(telling.deal, event) } : telling;
}

const DETAILS = new Set<DealEvent['type']>([
  'OpportunityTransferred',
  'OpportunityAmountChanged',
  'OpportunityCloseDateChanged',
  'OpportunityProductChanged',
  'OpportunityDetailsCorrected',
]);

function stepOf(event: DealEvent): StepContent | undefined {
  if (event.type === 'OpportunityStageMoved') return { kind: 'move', toStage: event.data.to };
  if (event.type === 'OpportunityReopened') return { kind: 'move', toStage: event.data.stageId };
  if (event.type === 'OpportunityWon') return { kind: 'win', amount: event.data.amount };
  if (event.type !== 'OpportunityLost') return undefined;
  const { reasonCode, competitor } = event.data;
  return { kind: 'lose', reasonCode, ...(competitor === undefined ? {} : { competitor }) };
}
