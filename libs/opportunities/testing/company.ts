import type { RecordedEvent } from '../../eventsourcing/event.ts';
import { opportunitiesProjection } from '../read-models/opportunities.projection.ts';
import type { OpportunityDocument } from '../read-models/opportunity.document.ts';
import type { OpportunityEvent } from '../opportunity.events.ts';
import { recorded } from './deal-histories.ts';

export type History = readonly RecordedEvent<OpportunityEvent>[];
type Dated = OpportunityEvent & { occurredAt: string };

/** The document of a deal with this history. */
export function fold(events: History): OpportunityDocument {
  return events.reduce<OpportunityDocument | undefined>(
    (document, event) => opportunitiesProjection.evolve(document, event),
    undefined,
  )!;
}

const at = (day: string) => `${day}T12:00:00.000Z`;
/** When tests ask. */
export const now = at('2026-06-30');

export function deal(id: string, owner: string, stageId: string, day: string, minorUnits?: number, more: object = {}) {
  return {
    type: 'OpportunityOpened',
    occurredAt: at(day),
    data: {
      opportunityId: id,
      pipelineId: 'default',
      stageId,
      title: id,
      owner,
      ...(minorUnits === undefined ? {} : { amount: { minorUnits, currency: 'EUR' } }),
      ...more,
    },
  } as const;
}

function move(
  day: string,
  from: string,
  to: string,
  direction: 'forward' | 'backward' | 'same',
  skipped: string[] = [],
) {
  return { type: 'OpportunityStageMoved', occurredAt: at(day), data: { from, to, direction, skipped } } as const;
}

function win(day: string, minorUnits: number): Dated {
  const amount = { minorUnits, currency: 'EUR' };
  return { type: 'OpportunityWon', occurredAt: at(day), data: { amount, credit: [{ rep: 'Ada', amount }] } };
}

function lose(day: string, reasonCode: string, competitor?: string) {
  const data = { reasonCode, ...(competitor === undefined ? {} : { competitor }) };
  return { type: 'OpportunityLost', occurredAt: at(day), data } as const;
}

/** Four deals of two reps in the first half of 2026. */
export const company = [
  recorded('won', [
    deal('won', 'Ada', 'potential', '2026-01-10', 100_000),
    move('2026-02-10', 'potential', 'bidding', 'forward'),
    move('2026-02-20', 'bidding', 'contract', 'forward', ['negotiation']),
    win('2026-03-11', 90_000),
  ]),
  recorded('lost', [
    deal('lost', 'Ben', 'potential', '2026-01-10', 50_000),
    move('2026-01-30', 'potential', 'bidding', 'forward'),
    move('2026-02-09', 'bidding', 'potential', 'backward'),
    lose('2026-03-01', 'price', 'Bolt'),
  ]),
  recorded('open', [deal('open', 'Ada', 'potential', '2026-03-02', 200_000, { probability: 1_000 })]),
  recorded('new', [deal('new', 'Ben', 'negotiation', '2026-06-20', 10_001)]),
];
