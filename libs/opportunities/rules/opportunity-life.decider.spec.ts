import { describe, expect, test } from '@jest/globals';
import { at, given } from '../../eventsourcing/testing/specification.ts';
import type { OpportunityCommand, RestoreOpportunity, WinOpportunity } from './opportunity.commands.ts';
import * as deals from '../testing/deals.ts';
import { decider, dollars, histories, opened, teamFormed, yuan, type Status } from '../testing/deals.ts';

const reason = 'They asked for it.';
const suspend = { type: 'SuspendOpportunity' } as const;
const reactivate = { type: 'ReactivateOpportunity' } as const;
const terminate = { type: 'TerminateOpportunity' } as const;
const win: WinOpportunity = { type: 'WinOpportunity' };
const lose = { type: 'LoseOpportunity', reasonCode: 'price' } as const;
const close = {
  type: 'CloseOpportunity',
  whatHappened: 'They bought elsewhere.',
  reason: 'We were too dear.',
} as const;
const archive = { type: 'ArchiveOpportunity' } as const;
const withdraw = { type: 'WithdrawOpportunity' } as const;
const restore: RestoreOpportunity = {
  type: 'RestoreOpportunity',
  importId: 'import-1',
  toRevision: 0,
  status: 'open',
  stageId: 'potential',
  since: '2026-01-05T09:00:00.000Z',
  title: 'Pumps',
  owner: 'ann',
};

/** Every command with the statuses it is for; each is refused in all others. */
const allowed: [OpportunityCommand, Status[]][] = [
  [{ type: 'MoveOpportunity', toStage: 'bidding' }, ['open']],
  [suspend, ['open']],
  [reactivate, ['suspended']],
  [terminate, ['open', 'suspended']],
  [{ type: 'TransferOpportunity', to: 'bo' }, ['open', 'suspended']],
  [{ type: 'FormOpportunityTeam', members: ['ann', 'bo'] }, ['open', 'suspended']],
  [{ type: 'SplitOpportunityCredit', shares: [{ rep: 'ann', share: 10_000 }] }, ['open', 'suspended']],
  [{ type: 'ChangeOpportunityAmount', amount: yuan(1) }, ['open', 'suspended']],
  [{ type: 'JudgeOpportunityForecast', probability: 1 }, ['open', 'suspended']],
  [
    { type: 'LogOpportunityActivity', activityId: 'call-1', kind: 'call' },
    ['open', 'suspended', 'won', 'lost', 'terminated'],
  ],
  [
    { type: 'ChangeOpportunityCloseDate', expectedCloseDate: '2026-03-01' },
    ['open', 'suspended', 'won', 'lost', 'terminated'],
  ],
  [{ type: 'ChangeOpportunityProduct', product: 'pump' }, ['open', 'suspended', 'won', 'lost', 'terminated']],
  [
    { type: 'CorrectOpportunityDetails', changes: { region: 'cn' } },
    ['open', 'suspended', 'won', 'lost', 'terminated'],
  ],
  [{ ...win, amount: yuan(1) }, ['open']],
  [lose, ['open']],
  [{ type: 'ReopenOpportunity' }, ['won', 'lost']],
  [close, ['won', 'lost', 'terminated']],
  [archive, ['closed']],
  [withdraw, ['open', 'suspended', 'won', 'lost', 'terminated']],
  [restore, ['open', 'suspended', 'won', 'lost', 'terminated']],
];

describe.each(Object.entries(histories))('an opportunity that is %s', (status, history) => {
  const refused = allowed.filter(([, statuses]) => !statuses.includes(status as Status)).map(([command]) => command);

  test.each(refused.map((command) => [command.type, command] as const))('refuses %s', (_, command) =>
    given(decider, ...history)
      .when(command, { ...deals.manager, reason })
      .refuses(`opportunity_is_${status}`),
  );

  const taken = allowed.filter(([, statuses]) => statuses.includes(status as Status)).map(([command]) => command);

  if (taken.length > 0) {
    test.each(taken.map((command) => [command.type, command] as const))('takes %s', (_, command) => {
      const taking = given(decider, ...history).when(command, { ...deals.manager, reason });
      expect(taking.events()).toHaveLength(1);
    });
  }
});

describe('an opportunity that does not exist', () => {
  test.each(allowed.map(([command]) => [command.type, command] as const))('is not found by %s', (_, command) =>
    given(decider)
      .when(command, { ...deals.manager, reason })
      .refuses('not_found'),
  );
});

describe('an opportunity is suspended', () => {
  test('with a reason', () => {
    given(decider, opened()).when(suspend, { reason }).emits(deals.suspended);
    given(decider, opened()).when(suspend).refuses('reason_required', 'reason');
  });

  test('until a day', () =>
    given(decider, opened())
      .when({ ...suspend, wakeUpOn: '2026-06-01' }, { reason })
      .emits({ type: 'OpportunitySuspended', data: { wakeUpOn: '2026-06-01' } }));

  test('and taken up again', () => {
    given(decider, ...histories.suspended)
      .when(reactivate)
      .emits(deals.reactivated);
    given(decider, ...histories.suspended, deals.reactivated)
      .when(suspend, { reason })
      .emits(deals.suspended);
  });
});

describe('an opportunity is terminated', () => {
  test('with a reason', () => {
    given(decider, opened()).when(terminate, { reason }).emits(deals.terminated);
    given(decider, opened()).when(terminate).refuses('reason_required', 'reason');
  });

  test('while it is suspended', () =>
    given(decider, ...histories.suspended)
      .when(terminate, { reason })
      .emits(deals.terminated));
});

describe('an opportunity is won', () => {
  const wonFor = (minorUnits: number, ...credit: [string, number][]) =>
    ({
      type: 'OpportunityWon',
      data: { amount: yuan(minorUnits), credit: credit.map(([rep, part]) => ({ rep, amount: yuan(part) })) },
    }) as const;
  const shared = opened({ amount: yuan(100) });
  const halves = deals.creditSplit({ rep: 'ann', share: 5_000 }, { rep: 'bo', share: 5_000 });

  test('for its amount, all credit to the owner', () =>
    given(decider, shared)
      .when(win)
      .emits(wonFor(100, ['ann', 100])));

  test('for the final amount', () =>
    given(decider, shared)
      .when({ ...win, amount: yuan(90) })
      .emits(wonFor(90, ['ann', 90])));

  test('not without an amount', () => given(decider, opened()).when(win).refuses('amount_unknown', 'amount'));

  test('not in another currency than its amount', () =>
    given(decider, shared)
      .when({ ...win, amount: dollars(100) })
      .refuses('currency_differs', 'amount.currency'));

  test.each([-1, 0.5])('not for %p minor units', (minorUnits) =>
    given(decider, shared)
      .when({ ...win, amount: yuan(minorUnits) })
      .refuses('malformed', 'amount.minorUnits'),
  );

  test('with a split where several reps share it', () => {
    given(decider, shared, teamFormed('ann', 'bo')).when(win).refuses('credit_split_missing', 'shares');
    given(decider, shared, teamFormed('ann', 'bo'), halves)
      .when(win)
      .emits(wonFor(100, ['ann', 50], ['bo', 50]));
  });

  test('not by a split that names somebody who left the team', () =>
    given(decider, shared, teamFormed('ann', 'bo'), halves, teamFormed('ann', 'cy'))
      .when(win)
      .refuses('credit_split_missing', 'shares'));

  test('for the owner alone again once the others left', () =>
    given(decider, shared, teamFormed('ann', 'bo'), halves, teamFormed('ann'))
      .when(win)
      .emits(wonFor(100, ['ann', 100])));

  test('for the new owner after a transfer', () =>
    given(decider, shared, { type: 'OpportunityTransferred', data: { from: 'ann', to: 'bo' } })
      .when(win)
      .emits(wonFor(100, ['bo', 100])));

  test('again after it was reopened', () =>
    given(decider, opened(), deals.won(70), deals.reopened())
      .when(win)
      .emits(wonFor(70, ['ann', 70])));
});

describe('an opportunity is lost', () => {
  test('for a reason', () => given(decider, opened()).when(lose).emits(deals.lost));

  test('to a competitor', () =>
    given(decider, opened())
      .when({ ...lose, competitor: 'Globex', notes: 'Half our price.' })
      .emits({
        type: 'OpportunityLost',
        data: { reasonCode: 'price', competitor: 'Globex', notes: 'Half our price.' },
      }));
});

describe('an opportunity is closed', () => {
  test.each(['won', 'lost', 'terminated'] as const)('with a summary once it is %s', (status) =>
    given(decider, ...histories[status])
      .when(close)
      .emits(deals.closed),
  );

  test.each(['whatHappened', 'reason'] as const)('not with an empty %s', (field) =>
    given(decider, ...histories.won)
      .when({ ...close, [field]: ' ' })
      .refuses('summary_missing', field),
  );

  test('and then archived', () =>
    given(decider, ...histories.closed)
      .when(archive)
      .emits(deals.archived));
});

describe('an opportunity is taken back', () => {
  test('by withdrawing it, with a reason', () => {
    given(decider, opened()).when(withdraw, { reason }).emits(deals.withdrawn);
    given(decider, opened()).when(withdraw).refuses('reason_required', 'reason');
  });

  test.each(['won', 'lost', 'terminated'] as const)('by a manager once it is %s', (status) => {
    given(decider, ...histories[status])
      .when(withdraw, { reason })
      .refuses('forbidden');
    given(decider, ...histories[status])
      .when(withdraw, { ...deals.manager, reason })
      .emits(deals.withdrawn);
  });

  test('as part of an import', () =>
    given(decider, opened())
      .when({ ...withdraw, importId: 'import-1' }, { reason })
      .emits({ type: 'OpportunityWithdrawn', data: { importId: 'import-1' } }));

  test('to how it was before an import', () => {
    const { type: _, ...data } = restore;
    given(decider, opened(), deals.lost).when(restore).emits({ type: 'OpportunityRestored', data });
  });

  test('to when it was won only with its amount', () =>
    given(decider, opened())
      .when({ ...restore, status: 'won' })
      .refuses('amount_unknown', 'amount'));

  test('and goes on from the business time it was restored to', () => {
    const { type: _, ...data } = restore;
    given(
      decider,
      opened(),
      at('2026-01-20T00:00:00.000Z', deals.lost),
      at('2026-01-25T00:00:00.000Z', { type: 'OpportunityRestored', data }),
    )
      .when(lose, { occurredAt: '2026-01-10T00:00:00.000Z' })
      .emits(deals.lost);
  });
});

describe('an opportunity changes its status', () => {
  const steps: [OpportunityCommand, Status][] = [
    [suspend, 'open'],
    [reactivate, 'suspended'],
    [terminate, 'suspended'],
    [{ ...win, amount: yuan(1) }, 'open'],
    [lose, 'open'],
    [close, 'won'],
    [archive, 'closed'],
  ];

  test.each(steps.map(([command, status]) => [command.type, command, status] as const))(
    'not before it came to the one it has: %s',
    (_, command, status) => {
      const history = histories[status].map((event) => at('2026-01-20T00:00:00.000Z', event));
      const when = (occurredAt: string) => given(decider, ...history).when(command, { reason, occurredAt });
      when('2026-01-19T23:59:59.999Z').refuses('occurred_before_stage_entry', 'occurredAt');
      expect(when('2026-01-20T00:00:00.000Z').events()).toHaveLength(1);
    },
  );
});
