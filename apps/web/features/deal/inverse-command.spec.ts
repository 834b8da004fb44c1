import { describe, expect, test } from '@jest/globals';
import type { Deal } from './api/deal.ts';
import type { DealCommand } from './api/deal-command.ts';
import { inverseCommands } from './inverse-command.ts';

const before = {
  title: 'Pumps for Acorn',
  stageId: 'bidding',
  owner: 'Li Wei',
  team: 'east',
  region: null,
  channel: null,
  campaign: null,
  amount: 400_000,
  currency: 'USD',
  expectedCloseDate: null,
  product: 'pumps',
  probability: 5_000,
  forecastCategory: null,
  wakeUpOn: '2026-12-01',
  members: ['Li Wei', 'Hao Chen'],
  shares: [],
  customerId: 'acorn-foods',
  customerName: null,
} as unknown as Deal;

describe('what takes a command on a deal back', () => {
  test.each<[DealCommand, DealCommand]>([
    [
      { name: 'move', body: { toStage: 'contract' } },
      { name: 'move', body: { toStage: 'bidding', reason: 'undo' } },
    ],
    [
      { name: 'suspend', body: { reason: 'holiday' } },
      { name: 'reactivate', body: { reason: 'undo' } },
    ],
    [
      { name: 'reactivate', body: {} },
      { name: 'suspend', body: { reason: 'undo', wakeUpOn: '2026-12-01' } },
    ],
    [
      { name: 'lose', body: { reasonCode: 'price' } },
      { name: 'reopen', body: { toStage: 'bidding', reason: 'undo' } },
    ],
    [
      { name: 'transfer', body: { to: 'Jun Park', reason: 'territory' } },
      { name: 'transfer', body: { to: 'Li Wei', reason: 'undo', team: 'east' } },
    ],
    [
      { name: 'change-amount', body: {} },
      { name: 'change-amount', body: { amount: { minorUnits: 400_000, currency: 'USD' } } },
    ],
    [
      { name: 'change-close-date', body: { expectedCloseDate: '2026-06-30' } },
      { name: 'change-close-date', body: {} },
    ],
    [
      { name: 'judge-forecast', body: { forecastCategory: 'commit' } },
      { name: 'judge-forecast', body: { probability: 5_000 } },
    ],
    [
      { name: 'correct-details', body: { title: 'Mistyped', customer: null } },
      {
        name: 'correct-details',
        body: { title: 'Pumps for Acorn', customer: { id: 'acorn-foods', name: 'acorn-foods' } },
      },
    ],
  ])('is for %j %j', (command, inverse) => {
    expect(inverseCommands(command, before, 'undo')).toEqual([inverse]);
  });

  test('gives the amount from before back where a deal was won for another', () => {
    const amount = { minorUnits: 500_000, currency: 'USD' };
    const reopen = { name: 'reopen', body: { toStage: 'bidding', reason: 'undo' } };
    expect(inverseCommands({ name: 'win', body: { amount } }, before, 'undo')).toEqual([
      reopen,
      { name: 'change-amount', body: { amount: { minorUnits: 400_000, currency: 'USD' }, reason: 'undo' } },
    ]);
    const same = { minorUnits: 400_000, currency: 'USD' };
    expect(inverseCommands({ name: 'win', body: { amount: same } }, before, 'undo')).toEqual([reopen]);
  });

  test.each<DealCommand>([
    { name: 'terminate', body: { reason: 'gone' } },
    { name: 'archive', body: {} },
    { name: 'split-credit', body: { shares: [] } },
  ])('is nothing for $name, which cannot be taken back', (command) => {
    expect(inverseCommands(command, before, 'undo')).toEqual([]);
  });
});
