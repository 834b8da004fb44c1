import type { RecordedEvent, Source } from '../../eventsourcing/event.ts';
import { fieldChanges, type FieldChange } from '../../eventsourcing/field-changes.ts';
import { opportunitiesProjection } from './opportunities.projection.ts';
import type { OpportunityDocument } from './opportunity.document.ts';
import type { OpportunityEvent } from '../opportunity.events.ts';

/** One event of a deal as people read it. */
export interface TimelineEntry {
  readonly id: string;
  readonly revision: number;
  readonly position: string;
  readonly type: OpportunityEvent['type'];
  /** Business time. */
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly who: string;
  readonly role: string;
  readonly onBehalfOf?: string;
  readonly reason?: string;
  readonly source: Source;
  readonly commandId: string;
  /** Field by field, old and new; a side that is absent was or is not known. */
  readonly changes: readonly FieldChange[];
}

/** The history of a deal from all events of its stream, in their order. */
export function timeline(events: readonly RecordedEvent<OpportunityEvent>[]): readonly TimelineEntry[] {
  let before: OpportunityDocument | undefined;
  return events.map((event) => {
    const after = opportunitiesProjection.evolve(before, event);
    const changes = [...fieldChanges(before ? shown(before) : {}, shown(after)), ...besides(event)];
    before = after;
    const { actor, reason, source, commandId } = event.metadata;
    return {
      id: event.id,
      revision: event.revision,
      position: event.position,
      type: event.type,
      occurredAt: event.occurredAt,
      recordedAt: event.recordedAt,
      who: actor.id,
      role: actor.role,
      ...(actor.onBehalfOf === undefined ? {} : { onBehalfOf: actor.onBehalfOf }),
      ...(reason === undefined ? {} : { reason }),
      source,
      commandId,
      changes,
    };
  });
}

/** What people know a deal by, without what only follows from it. What is not known is absent. */
function shown(deal: OpportunityDocument): object {
  const { amount, currency, customerId, customerName } = deal;
  const fields = {
    pipelineId: deal.pipelineId,
    stageId: deal.stageId,
    stageEnteredAt: deal.stageEnteredAt,
    status: deal.status,
    title: deal.title,
    customer: customerId === null ? null : { id: customerId, name: customerName },
    owner: deal.owner,
    team: deal.team,
    region: deal.region,
    product: deal.product,
    channel: deal.channel,
    campaign: deal.campaign,
    amount: amount === null ? null : { minorUnits: amount, currency },
    expectedCloseDate: deal.expectedCloseDate,
    probability: deal.probability,
    forecastCategory: deal.forecastCategory,
    members: deal.members,
    shares: deal.shares,
    credit: deal.credit,
    wakeUpOn: deal.wakeUpOn,
    endedAt: deal.endedAt,
    lostReason: deal.lostReason,
    competitor: deal.competitor,
    lostNotes: deal.lostNotes,
    summary: deal.summary,
    costs: deal.costs,
    attributes: deal.attributes,
  };
  const known = ([, value]: [string, unknown]) => value !== null && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(fields).filter(known));
}

/** What an event tells that no field of the deal keeps. */
function besides(event: OpportunityEvent): readonly FieldChange[] {
  if (event.type === 'OpportunityActivityLogged') return fieldChanges({}, { activity: event.data });
  if (event.type === 'OpportunityStageMoved' && event.data.skipped.length > 0)
    return [{ field: 'skipped', to: event.data.skipped }];
  return [];
}
