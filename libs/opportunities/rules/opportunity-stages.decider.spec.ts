import { describe, test } from '@jest/globals';
import { at, given } from '../../eventsourcing/testing/specification.ts';
import type { MoveOpportunity, ReopenOpportunity } from './opportunity.commands.ts';
import * as deals from '../testing/deals.ts';
import { decider, manager, moved, open, opened, won, yuan } from '../testing/deals.ts';

const reason = 'They asked for it.';
const to = (toStage: string): MoveOpportunity => ({ type: 'MoveOpportunity', toStage });

describe('an opportunity is opened', () => {
  test('in the first stage', () => given(decider).when(open).emits(opened()));

  test('in the stage named', () =>
    given(decider)
      .when({ ...open, stageId: 'bidding' })
      .emits(opened({ stageId: 'bidding' })));

  test('with all that is known of it', () => {
    const details = {
      customer: { id: 'acme', name: 'Acme' },
      team: 'east',
      region: 'cn',
      product: 'pump',
      channel: 'direct',
      campaign: 'fair',
      amount: yuan(5),
      expectedCloseDate: '2026-03-01',
      probability: 10,
      forecastCategory: 'commit' as const,
      attributes: { source: 'a fair' },
    };
    given(decider)
      .when({ ...open, ...details, stageId: 'contract' })
      .emits(opened({ ...details, stageId: 'contract' }));
  });

  test('once', () => given(decider, opened()).when(open).refuses('already_exists'));

  test('anew where it was withdrawn', () =>
    given(decider, ...deals.histories.withdrawn)
      .when(open)
      .emits(opened()));

  test('in no stage the pipeline does not have', () =>
    given(decider)
      .when({ ...open, stageId: 'nowhere' })
      .refuses('unknown_stage', 'stageId'));

  test('in no stage whose entry requirements it does not meet', () => {
    given(decider)
      .when({ ...open, stageId: 'negotiation' })
      .refuses('entry_requirement_missing', 'amount');
    given(decider)
      .when({ ...open, stageId: 'contract', amount: yuan(1) })
      .refuses('entry_requirement_missing', 'product');
  });
});

describe('an opportunity moves', () => {
  test('to the next stage', () => given(decider, opened()).when(to('bidding')).emits(moved('potential', 'bidding')));

  test('back with a reason', () => {
    const bidding = opened({ stageId: 'bidding' });
    given(decider, bidding).when(to('potential')).refuses('reason_required', 'reason');
    given(decider, bidding).when(to('potential'), { reason: ' ' }).refuses('reason_required', 'reason');
    given(decider, bidding)
      .when(to('potential'), { reason })
      .emits(moved('bidding', 'potential', 'backward'));
  });

  test('over stages with a reason', () => {
    const deal = opened({ amount: yuan(1), product: 'pump' });
    given(decider, deal).when(to('contract')).refuses('reason_required', 'reason');
    given(decider, deal)
      .when(to('contract'), { reason })
      .emits(moved('potential', 'contract', 'forward', ['bidding', 'negotiation']));
  });

  test('anew into its stage with a reason', () => {
    given(decider, opened()).when(to('potential')).refuses('reason_required', 'reason');
    given(decider, opened())
      .when(to('potential'), { reason })
      .emits(moved('potential', 'potential', 'same'));
  });

  test('from where it went last', () =>
    given(decider, opened({ amount: yuan(1) }), moved('potential', 'bidding'))
      .when(to('negotiation'))
      .emits(moved('bidding', 'negotiation')));

  test('to no stage the pipeline does not have', () =>
    given(decider, opened()).when(to('nowhere'), { reason }).refuses('unknown_stage', 'toStage'));

  test('to no stage whose entry requirements it does not meet, not by skipping either', () => {
    const bidding = opened({ stageId: 'bidding' });
    given(decider, bidding).when(to('negotiation')).refuses('entry_requirement_missing', 'amount');
    given(decider, opened()).when(to('negotiation'), { reason }).refuses('entry_requirement_missing', 'amount');
  });

  test('once what the stage asks for became known', () =>
    given(decider, opened({ stageId: 'bidding' }), { type: 'OpportunityAmountChanged', data: { to: yuan(1) } })
      .when(to('negotiation'))
      .emits(moved('bidding', 'negotiation')));

  test('not before it entered its stage', () => {
    const deal = at('2026-01-10T00:00:00.000Z', opened());
    const entered = at('2026-01-20T00:00:00.000Z', moved('potential', 'bidding'));
    given(decider, deal, entered)
      .when(to('potential'), { reason, occurredAt: '2026-01-19T23:59:59.999Z' })
      .refuses('occurred_before_stage_entry', 'occurredAt');
    given(decider, deal, entered)
      .when(to('potential'), { reason, occurredAt: '2026-01-20T00:00:00.000Z' })
      .emits(moved('bidding', 'potential', 'backward'));
  });
});

describe('an opportunity is reopened', () => {
  const reopen: ReopenOpportunity = { type: 'ReopenOpportunity' };

  test('by a manager or an admin with a reason, into the stage it was last in', () => {
    const history = [opened(), moved('potential', 'bidding'), won()];
    given(decider, ...history)
      .when(reopen, { ...manager, reason })
      .emits(deals.reopened('bidding'));
    given(decider, opened(), deals.lost)
      .when(reopen, { actor: { id: 'root', role: 'admin' }, reason })
      .emits(deals.reopened('potential'));
  });

  test('into the stage named', () =>
    given(decider, opened(), deals.lost)
      .when({ ...reopen, toStage: 'bidding' }, { ...manager, reason })
      .emits(deals.reopened('bidding')));

  test('by nobody else', () => given(decider, opened(), won()).when(reopen, { reason }).refuses('forbidden'));

  test('not without a reason', () =>
    given(decider, opened(), won()).when(reopen, manager).refuses('reason_required', 'reason'));

  test('into no stage whose entry requirements it does not meet', () =>
    given(decider, opened(), deals.lost)
      .when({ ...reopen, toStage: 'negotiation' }, { ...manager, reason })
      .refuses('entry_requirement_missing', 'amount'));

  test('into no stage the pipeline does not have', () =>
    given(decider, opened(), deals.lost)
      .when({ ...reopen, toStage: 'nowhere' }, { ...manager, reason })
      .refuses('unknown_stage', 'toStage'));

  test('not before it ended', () =>
    given(decider, opened(), at('2026-01-20T00:00:00.000Z', deals.lost))
      .when(reopen, { ...manager, reason, occurredAt: '2026-01-19T00:00:00.000Z' })
      .refuses('occurred_before_stage_entry', 'occurredAt'));
});
