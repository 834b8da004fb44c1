import { describe, expect, test } from '@jest/globals';
import { recorded } from '../testing/deal-histories.ts';
import { timeline } from './timeline.ts';

const euros = (minorUnits: number) => ({ minorUnits, currency: 'EUR' });

describe('the timeline of a deal', () => {
  const entries = timeline(
    recorded('d1', [
      {
        type: 'OpportunityOpened',
        occurredAt: '2026-01-05T10:00:00.000Z',
        data: {
          opportunityId: 'd1',
          pipelineId: 'default',
          stageId: 'potential',
          title: 'Rollers',
          owner: 'Ada',
          amount: euros(500),
          attributes: { source: 'fair' },
        },
      },
      {
        type: 'OpportunityTransferred',
        occurredAt: '2026-01-06T10:00:00.000Z',
        data: { from: 'Ada', to: 'Ben', region: 'north' },
      },
      {
        type: 'OpportunityAmountChanged',
        occurredAt: '2026-01-07T10:00:00.000Z',
        data: { from: euros(500), to: euros(700) },
      },
      {
        type: 'OpportunityStageMoved',
        occurredAt: '2026-01-08T10:00:00.000Z',
        data: { from: 'potential', to: 'negotiation', direction: 'forward', skipped: ['bidding'] },
      },
      {
        type: 'OpportunityActivityLogged',
        occurredAt: '2026-01-09T10:00:00.000Z',
        data: { activityId: 'a1', kind: 'call', notes: 'They will sign.' },
      },
    ]),
  );

  test('says who did what and when', () => {
    expect(entries[0]).toMatchObject({
      revision: 0,
      type: 'OpportunityOpened',
      who: 'local',
      role: 'rep',
      source: 'api',
      occurredAt: '2026-01-05T10:00:00.000Z',
    });
  });

  test('begins with everything that was known', () => {
    expect(entries[0]!.changes).toContainEqual({ field: 'amount.minorUnits', to: 500 });
    expect(entries[0]!.changes).toContainEqual({ field: 'attributes.source', to: 'fair' });
    expect(entries[0]!.changes.map(({ field }) => field)).not.toContain('region');
  });

  test('shows each field that changed, before and after', () => {
    expect(entries[1]!.changes).toEqual([
      { field: 'owner', from: 'Ada', to: 'Ben' },
      { field: 'members', from: ['Ada'], to: ['Ben'] },
      { field: 'region', to: 'north' },
    ]);
    expect(entries[2]!.changes).toEqual([{ field: 'amount.minorUnits', from: 500, to: 700 }]);
    expect(entries[3]!.changes).toEqual([
      { field: 'stageId', from: 'potential', to: 'negotiation' },
      { field: 'stageEnteredAt', from: '2026-01-05T10:00:00.000Z', to: '2026-01-08T10:00:00.000Z' },
      { field: 'skipped', to: ['bidding'] },
    ]);
    expect(entries[4]!.changes).toEqual([
      { field: 'activity.activityId', to: 'a1' },
      { field: 'activity.kind', to: 'call' },
      { field: 'activity.notes', to: 'They will sign.' },
    ]);
  });
});
