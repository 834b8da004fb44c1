import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { EventCatalogue } from '../../eventsourcing/catalogue.ts';
import type { Circumstances } from '../../eventsourcing/decider.ts';
import { Forbidden, NotFound, RuleViolation } from '../../eventsourcing/errors.ts';
import type { Happened } from '../../eventsourcing/event.ts';
import type { OpportunityCommand } from './opportunity.commands.ts';
import { opportunityEvents, type OpportunityEvent } from '../opportunity.events.ts';
import type { Opportunity } from './opportunity.state.ts';
import { decider, open, pipeline } from '../testing/deals.ts';

const reps = fc.constantFrom('ann', 'bo', 'cy');
const stages = fc.constantFrom(...pipeline.stages.map(({ id }) => id), 'nowhere');
const names = fc.constantFrom('one', 'other');
const days = fc.constantFrom('2026-03-01', '2026-04-01');
const money = fc.record({
  minorUnits: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  currency: fc.constantFrom('CNY', 'USD'),
});
const details = {
  title: names,
  owner: reps,
  customer: fc.record({ id: names, name: names }),
  region: names,
  product: names,
  amount: money,
  expectedCloseDate: days,
};
const required = ['title', 'owner'] as const;

/** Commands of a type; what is optional in them is there or not. */
function commands<Type extends OpportunityCommand['type']>(
  type: Type,
  fields: Record<string, fc.Arbitrary<unknown>>,
  requiredFields: readonly string[] = Object.keys(fields),
): fc.Arbitrary<OpportunityCommand> {
  const all: Record<string, fc.Arbitrary<unknown>> = { type: fc.constant(type), ...fields };
  const record = fc.record(all, { requiredKeys: ['type', ...requiredFields] });
  return record as fc.Arbitrary<unknown> as fc.Arbitrary<OpportunityCommand>;
}

const pairs = fc.integer({ min: 0, max: 10_001 }).map((share) => [
  { rep: 'ann', share },
  { rep: 'bo', share: Math.max(0, 10_000 - share) },
]);

const byType: { [Type in OpportunityCommand['type']]: fc.Arbitrary<OpportunityCommand> } = {
  OpenOpportunity: commands('OpenOpportunity', { pipelineId: fc.constant('default'), stageId: stages, ...details }, [
    'pipelineId',
    ...required,
  ]),
  MoveOpportunity: commands('MoveOpportunity', { toStage: stages }),
  SuspendOpportunity: commands('SuspendOpportunity', { wakeUpOn: days }, []),
  ReactivateOpportunity: commands('ReactivateOpportunity', {}),
  TerminateOpportunity: commands('TerminateOpportunity', {}),
  TransferOpportunity: commands('TransferOpportunity', { to: reps, team: names, region: names }, ['to']),
  FormOpportunityTeam: commands('FormOpportunityTeam', { members: fc.array(reps, { maxLength: 4 }) }),
  SplitOpportunityCredit: commands('SplitOpportunityCredit', { shares: pairs }),
  LogOpportunityActivity: commands(
    'LogOpportunityActivity',
    { activityId: names, kind: fc.constantFrom('call', 'visit'), cost: money },
    ['activityId', 'kind'],
  ),
  ChangeOpportunityAmount: commands('ChangeOpportunityAmount', { amount: money }, []),
  ChangeOpportunityCloseDate: commands('ChangeOpportunityCloseDate', { expectedCloseDate: days }, []),
  ChangeOpportunityProduct: commands('ChangeOpportunityProduct', { product: names }, []),
  JudgeOpportunityForecast: commands(
    'JudgeOpportunityForecast',
    { probability: fc.nat(10_000), forecastCategory: fc.constantFrom('commit', 'omitted') },
    [],
  ),
  CorrectOpportunityDetails: commands('CorrectOpportunityDetails', {
    changes: fc.record({ title: names, region: fc.option(names), customer: fc.constant(null) }, { requiredKeys: [] }),
  }),
  WinOpportunity: commands('WinOpportunity', { amount: money }, []),
  LoseOpportunity: commands('LoseOpportunity', { reasonCode: names, competitor: names }, ['reasonCode']),
  ReopenOpportunity: commands('ReopenOpportunity', { toStage: stages }, []),
  CloseOpportunity: commands('CloseOpportunity', { whatHappened: fc.constantFrom('This.', ''), reason: names }),
  ArchiveOpportunity: commands('ArchiveOpportunity', {}),
  WithdrawOpportunity: commands('WithdrawOpportunity', { importId: names }, []),
  RestoreOpportunity: commands(
    'RestoreOpportunity',
    {
      importId: names,
      toRevision: fc.nat(9),
      status: fc.constantFrom('open', 'suspended', 'won', 'lost', 'terminated'),
      stageId: fc.constantFrom('potential', 'bidding'),
      since: fc.constant('2026-01-01T00:00:00.000Z'),
      ...details,
    },
    ['importId', 'toRevision', 'status', 'stageId', 'since', ...required],
  ),
};

const ends = new Set(['WithdrawOpportunity', 'ArchiveOpportunity', 'TerminateOpportunity', 'RestoreOpportunity']);
const anyCommand = fc.oneof(
  ...Object.entries(byType).map(([type, arbitrary]) => ({ arbitrary, weight: ends.has(type) ? 1 : 4 })),
);
const steps = fc.record({
  command: anyCommand,
  /** Business time since the step before; a step back now and then. */
  hours: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 48 }) },
    { weight: 1, arbitrary: fc.constant(-72) },
  ),
  role: fc.constantFrom('rep', 'manager'),
  reason: fc.oneof({ weight: 4, arbitrary: fc.constant('Because.') }, fc.constantFrom(undefined, ' ')),
});
const opening = { command: open, hours: 0, role: 'rep', reason: undefined };
const sequences = fc
  .array(steps, { minLength: 1, maxLength: 60, size: 'max' })
  .chain((later) => fc.boolean().map((begins) => (begins ? [opening, ...later] : later)));
type Sequence = typeof sequences extends fc.Arbitrary<infer Value> ? Value : never;

interface Step {
  readonly command: OpportunityCommand;
  readonly before: Opportunity;
  readonly events: readonly Happened<OpportunityEvent>[];
  readonly after: Opportunity;
}

/** Gives the commands one after the other; those refused change nothing. Anything but a refusal is thrown on. */
function live(sequence: Sequence): Step[] {
  const life: Step[] = [];
  let time = Date.UTC(2026, 0, 5);
  for (const { command, hours, role, reason } of sequence) {
    time += hours * 3_600_000;
    const occurredAt = new Date(time).toISOString();
    const before = life.at(-1)?.after ?? decider.initial;
    const circumstances = {
      id: 'one',
      occurredAt,
      actor: { id: 'ann', role },
      ...(reason !== undefined && { reason }),
    };
    const events = decideOrRefuse(command, before, circumstances).map((event) => ({ ...event, occurredAt }));
    life.push({ command, before, events, after: events.reduce(decider.evolve, before) });
  }
  return life;
}

function decideOrRefuse(command: OpportunityCommand, state: Opportunity, circumstances: Circumstances) {
  try {
    return decider.decide(command, state, circumstances);
  } catch (error) {
    if (error instanceof RuleViolation || error instanceof Forbidden || error instanceof NotFound) return [];
    throw error;
  }
}

const always = (law: (life: Step[]) => void, numRuns = 150) =>
  fc.assert(
    fc.property(sequences, (sequence) => law(live(sequence))),
    { numRuns },
  );

describe('an opportunity, whatever is asked of it in whatever order,', () => {
  test('answers with events that can be stored, or refuses', () => {
    const catalogue = new EventCatalogue(opportunityEvents);
    always((life) => {
      for (const event of life.flatMap(({ events }) => events)) {
        const { occurredAt: _, ...plain } = event;
        expect(catalogue.seal(plain).type).toBe(`${event.type}.v1`);
      }
    });
  });

  test('never moves once it is closed, archived or withdrawn', () => {
    const allowed: Partial<Record<Opportunity['status'], string[]>> = {
      closed: ['OpportunityArchived'],
      archived: [],
      withdrawn: ['OpportunityOpened'],
    };
    always((life) => {
      for (const { before, events } of life) {
        const types = events.map(({ type }) => type);
        expect(types.filter((type) => allowed[before.status]?.includes(type) === false)).toEqual([]);
      }
    });
  });

  test('folds from all its events to the state it came to step by step', () => {
    always((life) => {
      const all = life.flatMap(({ events }) => events);
      expect(all.reduce(decider.evolve, decider.initial)).toEqual(life.at(-1)?.after);
    });
  });

  test('folds from stored text to the same state', () => {
    always((life) => {
      const all = JSON.parse(JSON.stringify(life.flatMap(({ events }) => events))) as Happened<OpportunityEvent>[];
      expect(all.reduce(decider.evolve, decider.initial)).toEqual(life.at(-1)?.after);
    });
  });

  test('is won with a credit that adds up to the amount', () => {
    always((life) => {
      for (const event of life.flatMap(({ events }) => events)) {
        if (event.type !== 'OpportunityWon') continue;
        const sum = event.data.credit.reduce((total, { amount }) => total + BigInt(amount.minorUnits), 0n);
        expect(sum).toBe(BigInt(event.data.amount.minorUnits));
      }
    });
  });

  test('has its owner among its members, and each member once', () => {
    always((life) => {
      for (const { after } of life) {
        if (after.status === 'none') continue;
        expect(after.members).toContain(after.details.owner);
        expect(new Set(after.members).size).toBe(after.members.length);
      }
    });
  });

  test('changes stage and status in the order of business time, but for what is taken back', () => {
    const takenBack = new Set(['OpportunityOpened', 'OpportunityWithdrawn', 'OpportunityRestored']);
    always((life) => {
      for (const { before, after, events } of life) {
        if (before.status === 'none' || after.status === 'none') continue;
        if (events.some(({ type }) => takenBack.has(type))) continue;
        expect(after.since >= before.since).toBe(true);
      }
    });
  });

  test('answers with no event that changes nothing, but for a stage begun anew and what is restored', () => {
    const mayRepeat = new Set(['OpportunityStageMoved', 'OpportunityRestored']);
    always((life) => {
      const changing = life.filter(({ events }) => events.some(({ type }) => !mayRepeat.has(type)));
      for (const { before, after } of changing) expect(after).not.toEqual(before);
    });
  });

  test('comes to every status and every event in these tests', () => {
    const seen = new Set<string>();
    always((life) => {
      for (const { after, events } of life) [after.status, ...events.map(({ type }) => type)].forEach(seen.add, seen);
    }, 500);
    expect([...seen]).toEqual(expect.arrayContaining(Object.keys(opportunityEvents)));
    expect([...seen]).toEqual(expect.arrayContaining(['open', 'suspended', 'won', 'lost', 'terminated', 'closed']));
  });
});
