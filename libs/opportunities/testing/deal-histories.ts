import * as fc from 'fast-check';
import type { RecordedEvent } from '../../eventsourcing/event.ts';
import type { OpportunityEvent } from '../opportunity.events.ts';

/** An event of a deal as it would come from the log, without looking at a store. */
export function recorded(dealId: string, events: readonly (OpportunityEvent & { occurredAt: string })[]) {
  return events.map((event, revision): RecordedEvent<OpportunityEvent> => ({
    ...event,
    id: `${dealId}-${revision}`,
    stream: `opportunity-${dealId}`,
    revision,
    position: String(revision).padStart(16, '0'),
    recordedAt: event.occurredAt,
    hash: '',
    metadata: {
      actor: { id: 'local', role: 'rep' },
      source: 'api',
      commandId: `${dealId}-${revision}`,
      commandFingerprint: '',
      $correlationId: dealId,
      $causationId: dealId,
    },
  }));
}

export const stageIds = ['potential', 'bidding', 'negotiation', 'contract'] as const;
const owners = ['Ada', 'Ben', 'Cleo'];
const regions = ['north', 'south', undefined];
const products = ['GTX', 'MG', undefined];
const currencies = ['EUR', 'USD'];

const MINUTE = 60_000;
/** The first instant at which a deal of `dealHistory` may begin. */
export const BEGIN = Date.parse('2025-01-01T08:00:00.000Z');

interface Step {
  readonly choice: number;
  readonly pick: number;
  readonly minutes: number;
}

/**
 * Histories the rules allow, of deals in a pipeline of four stages: business time never runs back, moves go between
 * stages that exist, nothing happens to what has ended but reopening, corrections, closing and archiving.
 */
export function dealHistory(dealId: string): fc.Arbitrary<readonly RecordedEvent<OpportunityEvent>[]> {
  const step = fc.record({
    choice: fc.nat(99),
    pick: fc.nat(59),
    // Several things may happen at one instant.
    minutes: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 4, arbitrary: fc.nat(40 * 24 * 60) }),
  });
  return fc
    .tuple(step, fc.array(step, { maxLength: 14 }))
    .map(([first, steps]) => recorded(dealId, historyOf(dealId, first, steps)));
}

interface Situation {
  stage: number;
  status: 'open' | 'suspended' | 'ended' | 'closed' | 'archived';
  owner: string;
  activities: number;
}

function historyOf(dealId: string, first: Step, steps: readonly Step[]) {
  let at = BEGIN + first.minutes * MINUTE;
  const owner = of(owners, first.pick);
  const situation: Situation = { stage: first.pick % 2, status: 'open', owner, activities: 0 };
  const [region, product] = [of(regions, first.choice), of(products, first.pick + first.choice)];
  const opened: OpportunityEvent = {
    type: 'OpportunityOpened',
    data: {
      opportunityId: dealId,
      pipelineId: 'default',
      stageId: stageIds[situation.stage]!,
      title: `Deal ${dealId}`,
      owner,
      ...(region === undefined ? {} : { region }),
      ...(product === undefined ? {} : { product }),
      ...(first.choice % 5 === 0 ? {} : { amount: money(first) }),
      ...(first.choice % 7 === 0 ? { probability: first.pick * 100 } : {}),
    },
  };
  const events: (OpportunityEvent & { occurredAt: string })[] = [{ ...opened, occurredAt: new Date(at).toISOString() }];
  for (const step of steps) {
    at += step.minutes * MINUTE;
    const event = next(situation, step);
    if (event) events.push({ ...event, occurredAt: new Date(at).toISOString() });
  }
  return events;
}

function next(situation: Situation, step: Step): OpportunityEvent | undefined {
  switch (situation.status) {
    case 'open':
      return step.choice < 40
        ? moved(situation, step)
        : step.choice < 60
          ? ended(situation, step)
          : worked(situation, step);
    case 'suspended':
      if (step.choice < 20) return ended(situation, step);
      situation.status = 'open';
      return { type: 'OpportunityReactivated', data: {} };
    case 'ended':
      return afterwards(situation, step);
    case 'closed':
      situation.status = 'archived';
      return { type: 'OpportunityArchived', data: {} };
    case 'archived':
      return undefined;
  }
}

function moved(situation: Situation, { pick }: Step): OpportunityEvent {
  const [from, to] = [situation.stage, pick % stageIds.length];
  situation.stage = to;
  return {
    type: 'OpportunityStageMoved',
    data: {
      from: stageIds[from]!,
      to: stageIds[to]!,
      direction: to > from ? 'forward' : to < from ? 'backward' : 'same',
      skipped: stageIds.slice(from + 1, Math.max(from + 1, to)),
    },
  };
}

function ended(situation: Situation, step: Step): OpportunityEvent {
  if (step.pick < 15 && situation.status === 'open') {
    situation.status = 'suspended';
    return { type: 'OpportunitySuspended', data: step.pick < 5 ? { wakeUpOn: '2026-12-01' } : {} };
  }
  situation.status = 'ended';
  if (step.pick < 25) return { type: 'OpportunityTerminated', data: {} };
  if (step.pick < 40)
    return { type: 'OpportunityLost', data: { reasonCode: 'price', competitor: of(products, step.pick) ?? 'Acme' } };
  const amount = money(step);
  return { type: 'OpportunityWon', data: { amount, credit: [{ rep: situation.owner, amount }] } };
}

function worked(situation: Situation, step: Step): OpportunityEvent {
  switch (step.pick % 6) {
    case 0: {
      const [from, to] = [situation.owner, of(owners, step.choice)];
      situation.owner = to;
      const region = of(regions, step.choice);
      return { type: 'OpportunityTransferred', data: { from, to, ...(region === undefined ? {} : { region }) } };
    }
    case 1:
      return { type: 'OpportunityAmountChanged', data: step.choice % 4 === 0 ? {} : { to: money(step) } };
    case 2: {
      const product = of(products, step.choice);
      return { type: 'OpportunityProductChanged', data: product === undefined ? {} : { to: product } };
    }
    case 3:
      return {
        type: 'OpportunityForecastJudged',
        data: step.choice % 2 === 0 ? {} : { probability: step.choice * 100 },
      };
    case 4:
      return corrected(step);
    default:
      situation.activities += 1;
      return {
        type: 'OpportunityActivityLogged',
        data: { activityId: `a${situation.activities}`, kind: 'call', cost: money(step) },
      };
  }
}

function afterwards(situation: Situation, step: Step): OpportunityEvent {
  if (step.choice < 40) {
    situation.status = 'open';
    situation.stage = step.pick % stageIds.length;
    return { type: 'OpportunityReopened', data: { stageId: stageIds[situation.stage]! } };
  }
  if (step.choice < 70) return corrected(step);
  situation.status = 'closed';
  return { type: 'OpportunityClosed', data: { whatHappened: 'It ended.', reason: 'It was over.' } };
}

function corrected({ choice }: Step): OpportunityEvent {
  return {
    type: 'OpportunityDetailsCorrected',
    data: { changes: { region: of(regions, choice) ?? null, title: `Deal of ${choice}` } },
  };
}

function money({ choice, pick }: Step) {
  return { minorUnits: (pick + 1) * 1_001 + choice, currency: of(currencies, pick) };
}

function of<Value>(values: readonly Value[], pick: number): Value {
  return values[pick % values.length]!;
}
