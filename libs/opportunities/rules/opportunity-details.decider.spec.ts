import { describe, test } from '@jest/globals';
import { at, given } from '../../eventsourcing/testing/specification.ts';
import type { OpportunityCommand, SplitOpportunityCredit } from './opportunity.commands.ts';
import type { CreditShare, DetailChanges, OpportunityEvent } from '../opportunity.events.ts';
import { creditSplit, decider, dollars, opened, suspended, teamFormed, yuan } from '../testing/deals.ts';

const reason = 'They asked for it.';

describe('an opportunity is transferred', () => {
  const transfer = { type: 'TransferOpportunity', to: 'bo' } as const;
  const transferred = (data: { team?: string; region?: string } = {}): OpportunityEvent => ({
    type: 'OpportunityTransferred',
    data: { from: 'ann', to: 'bo', ...data },
  });

  test('with a reason', () => {
    given(decider, opened()).when(transfer, { reason }).emits(transferred());
    given(decider, opened()).when(transfer).refuses('reason_required', 'reason');
  });

  test('and keeps its team and region', () =>
    given(decider, opened({ team: 'east', region: 'cn' }))
      .when(transfer, { reason })
      .emits(transferred({ team: 'east', region: 'cn' })));

  test('to another team and region', () =>
    given(decider, opened({ team: 'east', region: 'cn' }))
      .when({ ...transfer, team: 'west', region: 'us' }, { reason })
      .emits(transferred({ team: 'west', region: 'us' })));

  test('not to its own owner', () =>
    given(decider, opened())
      .when({ ...transfer, to: 'ann' }, { reason })
      .emits());

  test('to a member of the team, who takes the place of the old owner', () =>
    given(decider, opened(), teamFormed('ann', 'bo', 'cy'), transferred())
      .when({ type: 'FormOpportunityTeam', members: ['bo', 'cy'] })
      .emits());
});

describe('an opportunity is shared', () => {
  const form = (...members: string[]): OpportunityCommand => ({ type: 'FormOpportunityTeam', members });

  test('among its members', () => given(decider, opened()).when(form('ann', 'bo')).emits(teamFormed('ann', 'bo')));

  test('not without its owner', () => given(decider, opened()).when(form('bo')).refuses('owner_not_member', 'members'));

  test('with nobody twice', () =>
    given(decider, opened())
      .when(form('ann', 'bo', 'bo'))
      .refuses('duplicate_member', 'members'));

  test('among the same members as before: nothing happens', () => {
    given(decider, opened()).when(form('ann')).emits();
    given(decider, opened(), teamFormed('ann', 'bo')).when(form('ann', 'bo')).emits();
  });
});

describe("an opportunity's credit is split", () => {
  const split = (...shares: CreditShare[]): SplitOpportunityCredit => ({ type: 'SplitOpportunityCredit', shares });
  const team = teamFormed('ann', 'bo', 'cy');
  const [ann, bo] = [
    { rep: 'ann', share: 7_000 },
    { rep: 'bo', share: 3_000 },
  ];

  test('among members into shares that make the whole', () =>
    given(decider, opened(), team).when(split(ann, bo)).emits(creditSplit(ann, bo)));

  test.each([2_999, 3_001])('not where 7,000 basis points meet %p', (share) =>
    given(decider, opened(), team)
      .when(split(ann, { ...bo, share }))
      .refuses('shares_not_whole', 'shares'),
  );

  test('not among nobody', () => given(decider, opened(), team).when(split()).refuses('shares_not_whole', 'shares'));

  test('with nobody twice', () =>
    given(decider, opened(), team)
      .when(split(ann, { ...bo, rep: 'ann' }))
      .refuses('duplicate_member', 'shares'));

  test('with nobody who is not in the team', () =>
    given(decider, opened(), team)
      .when(split(ann, { ...bo, rep: 'di' }))
      .refuses('not_a_member', 'shares'));

  test('as it is: nothing happens', () =>
    given(decider, opened(), team, creditSplit(ann, bo)).when(split(ann, bo)).emits());
});

describe('an activity on an opportunity', () => {
  const log = { type: 'LogOpportunityActivity', activityId: 'visit-1', kind: 'visit' } as const;
  const logged = (data: object = {}) =>
    ({
      type: 'OpportunityActivityLogged',
      data: { activityId: 'visit-1', kind: 'visit', ...data },
    }) as OpportunityEvent;

  test('is logged', () => given(decider, opened()).when(log).emits(logged()));

  test('is logged with notes, outcome and a cost in any currency', () => {
    const more = { notes: 'Saw the plant.', outcome: 'Interested', cost: dollars(12_00) };
    given(decider, opened({ amount: yuan(1) }))
      .when({ ...log, ...more })
      .emits(logged(more));
  });

  test('is logged while the deal is suspended', () => given(decider, opened(), suspended).when(log).emits(logged()));

  test('is logged once', () => given(decider, opened(), logged()).when(log).refuses('activity_exists', 'activityId'));

  test('may lie before the stage was entered, but not before the opening', () => {
    const deal = at('2026-01-10T00:00:00.000Z', opened());
    const paused = at('2026-01-20T00:00:00.000Z', suspended);
    given(decider, deal, paused).when(log, { occurredAt: '2026-01-10T00:00:00.000Z' }).emits(logged());
    given(decider, deal, paused)
      .when(log, { occurredAt: '2026-01-09T23:59:59.999Z' })
      .refuses('occurred_before_opening', 'occurredAt');
  });
});

describe('the details of an opportunity', () => {
  type Row = [string, OpportunityEvent, OpportunityCommand, OpportunityEvent];
  const rows: Row[] = [
    [
      'amount',
      opened({ amount: yuan(1) }),
      { type: 'ChangeOpportunityAmount', amount: yuan(2) },
      { type: 'OpportunityAmountChanged', data: { from: yuan(1), to: yuan(2) } },
    ],
    [
      'close date',
      opened({ expectedCloseDate: '2026-03-01' }),
      { type: 'ChangeOpportunityCloseDate', expectedCloseDate: '2026-04-01' },
      { type: 'OpportunityCloseDateChanged', data: { from: '2026-03-01', to: '2026-04-01' } },
    ],
    [
      'product',
      opened({ product: 'pump' }),
      { type: 'ChangeOpportunityProduct', product: 'valve' },
      { type: 'OpportunityProductChanged', data: { from: 'pump', to: 'valve' } },
    ],
    [
      'forecast',
      opened({ probability: 10 }),
      { type: 'JudgeOpportunityForecast', probability: 20, forecastCategory: 'commit' },
      { type: 'OpportunityForecastJudged', data: { probability: 20, forecastCategory: 'commit' } },
    ],
    [
      'amount that becomes known',
      opened(),
      { type: 'ChangeOpportunityAmount', amount: yuan(2) },
      { type: 'OpportunityAmountChanged', data: { to: yuan(2) } },
    ],
    [
      'amount that becomes unknown',
      opened({ amount: yuan(2) }),
      { type: 'ChangeOpportunityAmount' },
      { type: 'OpportunityAmountChanged', data: { from: yuan(2) } },
    ],
    [
      'close date that becomes unknown',
      opened({ expectedCloseDate: '2026-03-01' }),
      { type: 'ChangeOpportunityCloseDate' },
      { type: 'OpportunityCloseDateChanged', data: { from: '2026-03-01' } },
    ],
    [
      'product that becomes unknown',
      opened({ product: 'pump' }),
      { type: 'ChangeOpportunityProduct' },
      { type: 'OpportunityProductChanged', data: { from: 'pump' } },
    ],
    [
      'forecast that is withdrawn',
      opened({ probability: 10 }),
      { type: 'JudgeOpportunityForecast' },
      { type: 'OpportunityForecastJudged', data: {} },
    ],
  ];

  test.each(rows)('change: %s', (_, before, command, event) => given(decider, before).when(command).emits(event));

  test.each(rows)('change once: %s', (_, before, command, event) =>
    given(decider, before, event).when(command).emits(),
  );

  test.each(rows)('may have changed before the stage was entered, but not before the opening: %s', (_, ...row) => {
    const [before, command, event] = row;
    const deal = at('2026-01-10T00:00:00.000Z', before);
    const paused = at('2026-01-20T00:00:00.000Z', suspended);
    given(decider, deal, paused).when(command, { occurredAt: '2026-01-10T00:00:00.000Z' }).emits(event);
    given(decider, deal, paused)
      .when(command, { occurredAt: '2026-01-09T00:00:00.000Z' })
      .refuses('occurred_before_opening', 'occurredAt');
  });

  test('keep one currency as long as the amount is known', () => {
    const change: OpportunityCommand = { type: 'ChangeOpportunityAmount', amount: dollars(2) };
    given(decider, opened({ amount: yuan(2) }))
      .when(change)
      .refuses('currency_differs', 'amount.currency');
    given(decider, opened({ amount: yuan(2) }), { type: 'OpportunityAmountChanged', data: { from: yuan(2) } })
      .when(change)
      .emits({ type: 'OpportunityAmountChanged', data: { to: dollars(2) } });
  });
});

describe('a correction of an opportunity', () => {
  const correct = (changes: DetailChanges): OpportunityCommand => ({ type: 'CorrectOpportunityDetails', changes });
  const corrected = (changes: DetailChanges): OpportunityEvent => ({
    type: 'OpportunityDetailsCorrected',
    data: { changes },
  });
  const acme = { id: 'acme', name: 'Acme' };

  test('sets what it names', () => {
    const changes = { title: 'Big pumps', customer: acme, region: 'cn', attributes: { tender: '7' } };
    given(decider, opened()).when(correct(changes)).emits(corrected(changes));
  });

  test('clears what is null', () =>
    given(decider, opened({ customer: acme, region: 'cn' }))
      .when(correct({ customer: null, region: null }))
      .emits(corrected({ customer: null, region: null })));

  test('leaves out what is so already', () => {
    const deal = opened({ customer: acme, region: 'cn' });
    given(decider, deal)
      .when(correct({ customer: { ...acme }, region: 'us', channel: null }))
      .emits(corrected({ region: 'us' }));
    given(decider, deal)
      .when(correct({ title: 'Pumps', customer: { ...acme } }))
      .emits();
    given(decider, deal, corrected({ region: null }))
      .when(correct({ region: null }))
      .emits();
  });
});
