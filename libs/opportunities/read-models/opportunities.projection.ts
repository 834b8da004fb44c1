import type { RecordedEvent } from '../../eventsourcing/event.ts';
import type { Projection } from '../../eventsourcing/projections/projection.ts';
import { calendarDays, dayOf } from '../../statistics/calendar.ts';
import type { Counted, FormerEnding, Outcome, TrailPoint } from './opportunity.document.ts';
import { OpportunityDocument, usualCuts } from './opportunity.document.ts';
import { opportunityEvents, type OpportunityDetails, type OpportunityEvent } from '../opportunity.events.ts';
import { notEnded, restored } from './opportunity-restoring.ts';
import { isFoundOtherwise, searchTextOf } from './search-text.ts';
import { periodsOf, stagePeriods } from './stage-periods.ts';

type Opened = Extract<OpportunityEvent, { type: 'OpportunityOpened' }>;
type Later = RecordedEvent<Exclude<OpportunityEvent, Opened>>;

const stream = 'opportunity-';

/** Everything that is shown and reported of deals: one document each, and the periods its funnel figures come from. */
export const opportunitiesProjection: Projection<OpportunityDocument, OpportunityEvent> = {
  name: 'opportunities',
  version: 4,
  owner: 'opportunities',
  collection: {
    name: 'opportunities',
    description: 'A deal as it is now: where it stands, whose it is, what it may bring, how it ended, what it cost.',
    schema: OpportunityDocument,
    indexes: [
      [
        'pipelineId',
        'status',
        'stageId',
        'stageEnteredOn',
        'currency',
        'probability',
        'amount',
        ...usualCuts,
        'expectedCloseDate',
      ],
      ['pipelineId', 'outcome', 'endedOn', 'endedFrom', 'cycleDays', 'currency', 'amount'],
      ['customerId', 'pipelineId', 'listed', 'changedAt'],
      ['pipelineId', 'listed', 'changedAt', 'searchText', 'customerId', 'customerName', 'currency', 'amount'],
    ],
  },
  handles: Object.keys(opportunityEvents) as OpportunityEvent['type'][],
  key: (event) => event.stream.slice(stream.length),
  keyedByStream: true,
  evolve,
  details: { collection: stagePeriods, of: periodsOf, from: ({ trail }) => trail },
};

function evolve(
  document: OpportunityDocument | undefined,
  event: RecordedEvent<OpportunityEvent>,
): OpportunityDocument {
  if (event.type === 'OpportunityOpened') return opened(event);
  if (!document) throw new Error(`${event.stream} does not begin with OpportunityOpened.`);
  const { occurredAt, revision } = event;
  const changed = change(document, event);
  // `change` has made this object just now, unless it found nothing to do: a second copy would only cost.
  const after = changed === document ? { ...document } : changed;
  after.changedAt = occurredAt > document.changedAt ? occurredAt : document.changedAt;
  after.revision = revision;
  if (isFoundOtherwise(after, document)) after.searchText = searchTextOf(after);
  return after;
}

function opened({ data, occurredAt, revision }: RecordedEvent<Opened>): OpportunityDocument {
  const openedOn = dayOf(occurredAt);
  const details = described(data);
  return {
    id: data.opportunityId,
    pipelineId: data.pipelineId,
    stageId: data.stageId,
    status: 'open',
    listed: true,
    outcome: null,
    ...details,
    searchText: searchTextOf({ id: data.opportunityId, ...details }),
    openedAt: occurredAt,
    openedOn,
    stageEnteredAt: occurredAt,
    stageEnteredOn: openedOn,
    endedAt: null,
    endedOn: null,
    endedFrom: null,
    cycleDays: null,
    lostReason: null,
    competitor: null,
    lostNotes: null,
    wakeUpOn: null,
    lastActivityAt: null,
    activityCount: 0,
    movesForward: 0,
    movesBack: 0,
    movesSkipped: 0,
    changedAt: occurredAt,
    revision,
    costs: [],
    members: [data.owner],
    shares: [],
    credit: [],
    summary: null,
    formerEndings: [],
    takenBack: [],
    trail: [{ at: occurredAt, kind: 'opened', stageId: data.stageId, status: 'open', revision }],
  };
}

function change(document: OpportunityDocument, event: Later): OpportunityDocument {
  switch (event.type) {
    case 'OpportunityStageMoved':
      return moved(document, event.data, event);
    case 'OpportunitySuspended':
      return {
        ...document,
        status: 'suspended',
        wakeUpOn: event.data.wakeUpOn ?? null,
        trail: [...document.trail, point(document, event, 'suspended', 'suspended')],
      };
    case 'OpportunityReactivated':
      return {
        ...document,
        status: 'open',
        wakeUpOn: null,
        trail: [...document.trail, point(document, event, 'reactivated', 'open')],
      };
    case 'OpportunityTerminated':
      return ended(document, event, 'terminated');
    case 'OpportunityTransferred': {
      const { from, to, team = null, region = null } = event.data;
      const members = [to, ...document.members.filter((member) => member !== from && member !== to)];
      return recount({ ...document, members }, event, { owner: to, team, region });
    }
    case 'OpportunityTeamFormed':
      return { ...document, members: event.data.members };
    case 'OpportunityCreditSplit':
      return { ...document, shares: event.data.shares };
    case 'OpportunityActivityLogged': {
      const { cost } = event.data;
      const { lastActivityAt, costs } = document;
      return {
        ...document,
        lastActivityAt:
          lastActivityAt !== null && lastActivityAt > event.occurredAt ? lastActivityAt : event.occurredAt,
        activityCount: document.activityCount + 1,
        costs: cost ? withCost(costs, cost) : costs,
      };
    }
    case 'OpportunityAmountChanged':
      return recount(document, event, valueOf(event.data.to));
    case 'OpportunityCloseDateChanged':
      return recount(document, event, { expectedCloseDate: event.data.to ?? null });
    case 'OpportunityProductChanged': {
      const product = event.data.to ?? null;
      return recount(document, event, { product, productLabel: labelOf(document.attributes, product) });
    }
    case 'OpportunityForecastJudged': {
      const { probability = null, forecastCategory = null } = event.data;
      return recount(document, event, { probability, forecastCategory });
    }
    case 'OpportunityDetailsCorrected':
      return corrected(document, event.data.changes, event);
    case 'OpportunityWon': {
      const valued = ended(document, event, 'won', valueOf(event.data.amount));
      return { ...valued, credit: event.data.credit };
    }
    case 'OpportunityLost': {
      const { reasonCode, competitor = null, notes = null } = event.data;
      return { ...ended(document, event, 'lost'), lostReason: reasonCode, competitor, lostNotes: notes };
    }
    case 'OpportunityReopened':
      return reopened(document, event.data.stageId, event);
    case 'OpportunityClosed': {
      const competitor = event.data.competitor ?? document.competitor;
      return { ...document, status: 'closed', competitor, summary: event.data };
    }
    case 'OpportunityArchived':
      return { ...document, status: 'archived', listed: false };
    case 'OpportunityWithdrawn':
      // Another trail, because the periods that follow from it are gone.
      return { ...document, status: 'withdrawn', listed: false, outcome: null, trail: [...document.trail] };
    case 'OpportunityRestored': {
      const { owner } = event.data;
      const members = [owner, ...document.members.filter((member) => member !== owner && member !== document.owner)];
      const then = { ...document, ...described(event.data), members };
      return restored(then, { ...event.data, revision: event.revision }, endingOf(document));
    }
  }
}

type Moment = Pick<RecordedEvent, 'occurredAt' | 'revision'>;

/** Periods never overlap: what happened before the last point, by its business time, counts from that point on. */
function since(document: OpportunityDocument, occurredAt: string): string {
  const last = document.trail[document.trail.length - 1]!.at;
  return occurredAt > last ? occurredAt : last;
}

function point(
  document: OpportunityDocument,
  event: Moment,
  kind: TrailPoint['kind'],
  status: TrailPoint['status'],
  stageId = document.stageId,
): TrailPoint {
  return { at: since(document, event.occurredAt), kind, stageId, status, revision: event.revision };
}

function moved(
  document: OpportunityDocument,
  { to, direction, skipped }: Extract<OpportunityEvent, { type: 'OpportunityStageMoved' }>['data'],
  event: Moment,
): OpportunityDocument {
  const entering = point(document, event, direction, 'open', to);
  const passed = skipped.map((stageId) => point(document, event, 'skipped', 'open', stageId));
  return {
    ...document,
    status: 'open',
    stageId: to,
    stageEnteredAt: entering.at,
    stageEnteredOn: dayOf(entering.at),
    movesForward: document.movesForward + (direction === 'forward' ? 1 : 0),
    movesBack: document.movesBack + (direction === 'backward' ? 1 : 0),
    movesSkipped: document.movesSkipped + skipped.length,
    trail: [...document.trail, ...passed, entering],
  };
}

function ended(
  document: OpportunityDocument,
  event: Moment,
  outcome: Outcome,
  value: Partial<Counted> = {},
): OpportunityDocument {
  const ending = point(document, event, outcome, outcome);
  const was = changesOf(document, value);
  return {
    ...document,
    ...value,
    status: outcome,
    outcome,
    endedAt: event.occurredAt,
    endedOn: dayOf(event.occurredAt),
    endedFrom: ending.at,
    cycleDays: calendarDays(document.openedAt, event.occurredAt),
    wakeUpOn: null,
    trail: [...document.trail, was ? { ...ending, was } : ending],
  };
}

function reopened(document: OpportunityDocument, stageId: string, event: Moment): OpportunityDocument {
  const entering = point(document, event, 'reopened', 'open', stageId);
  return {
    ...document,
    status: 'open',
    listed: true,
    stageId,
    stageEnteredAt: entering.at,
    stageEnteredOn: dayOf(entering.at),
    ...notEnded,
    formerEndings: [...document.formerEndings, ...endingOf(document)],
    trail: [...document.trail, entering],
  };
}

function endingOf(document: OpportunityDocument): FormerEnding[] {
  const { outcome, endedAt, amount, currency, lostReason, competitor, lostNotes, credit, summary } = document;
  if (outcome === null || endedAt === null) return [];
  const revision = document.trail.findLast(({ kind }) => kind === outcome)?.revision ?? document.revision;
  return [{ outcome, endedAt, revision, amount, currency, lostReason, competitor, lostNotes, credit, summary }];
}

function corrected(
  document: OpportunityDocument,
  changes: Extract<OpportunityEvent, { type: 'OpportunityDetailsCorrected' }>['data']['changes'],
  event: Moment,
): OpportunityDocument {
  const { title = document.title, attributes = document.attributes, customer, ...others } = changes;
  const counts: Partial<Counted> = { ...others, productLabel: labelOf(attributes, document.product) };
  if (customer !== undefined) counts.customerId = customer === null ? null : customer.id;
  const customerName = customer === undefined ? document.customerName : (customer?.name ?? null);
  return recount({ ...document, title, attributes, customerName }, event, counts);
}

/** Sets what a deal is counted by. Where that changes anything, another period begins. */
function recount(document: OpportunityDocument, event: Moment, changes: Partial<Counted>): OpportunityDocument {
  const was = changesOf(document, changes);
  if (!was) return document;
  const { trail } = document;
  const last = trail[trail.length - 1]!;
  const at = since(document, event.occurredAt);
  const next: TrailPoint = {
    at,
    kind: 'continued',
    stageId: last.stageId,
    status: last.status,
    revision: event.revision,
    was,
  };
  return {
    ...document,
    ...changes,
    endedFrom: document.endedFrom === null ? null : at,
    trail: at === last.at ? [...trail.slice(0, -1), { ...last, was: { ...was, ...last.was } }] : [...trail, next],
  };
}

/** The values before, of those that change. */
function changesOf(before: Counted, changes: Partial<Counted>): Partial<Counted> | undefined {
  const changed = (Object.keys(changes) as (keyof Counted)[]).filter((field) => before[field] !== changes[field]);
  if (changed.length === 0) return undefined;
  return Object.fromEntries(changed.map((field) => [field, before[field]]));
}

function described(details: OpportunityDetails) {
  const { attributes = {}, product = null, customer } = details;
  return {
    title: details.title,
    customerName: customer?.name ?? null,
    owner: details.owner,
    team: details.team ?? null,
    region: details.region ?? null,
    product,
    productLabel: labelOf(attributes, product),
    channel: details.channel ?? null,
    campaign: details.campaign ?? null,
    customerId: customer?.id ?? null,
    ...valueOf(details.amount),
    probability: details.probability ?? null,
    expectedCloseDate: details.expectedCloseDate ?? null,
    forecastCategory: details.forecastCategory ?? null,
    attributes,
  };
}

function valueOf(money: OpportunityDetails['amount']) {
  return { amount: money?.minorUnits ?? null, currency: money?.currency ?? null };
}

function labelOf(attributes: Readonly<Record<string, string>>, product: string | null): string | null {
  return attributes['productLabel'] ?? product;
}

function withCost(
  costs: OpportunityDocument['costs'],
  { minorUnits, currency }: OpportunityDocument['costs'][number],
): OpportunityDocument['costs'] {
  if (!costs.some((cost) => cost.currency === currency)) return [...costs, { minorUnits, currency }];
  return costs.map((cost) =>
    cost.currency === currency ? { currency, minorUnits: cost.minorUnits + minorUnits } : cost,
  );
}
