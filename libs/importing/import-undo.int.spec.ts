import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { dealsDesk, dealsFile, lost, open, won, type Row } from './testing/deals-file.ts';
import type { ImportDesk } from './testing/import-desk.ts';

let desk: ImportDesk;
beforeEach(async () => {
  desk = await dealsDesk();
});
afterEach(() => desk.close());

describe('the undoing of an import', () => {
  test('withdraws what it opened, once', async () => {
    await desk.bring('i1', dealsFile(open, { ...won, id: 'd2' }));
    expect(await desk.undo('i1')).toEqual({ importId: 'i1', withdrawn: 2, restored: 0, left: [] });
    expect(await desk.deal('d2')).toMatchObject({ status: 'withdrawn', outcome: null, listed: false });
    const head = await desk.eventStore.head();
    expect(await desk.undo('i1')).toEqual({ importId: 'i1', withdrawn: 0, restored: 0, left: [] });
    expect(await desk.eventStore.head()).toBe(head);
    await expect(desk.undo('i9')).rejects.toThrow('There is no import i9.');
  });

  test.each<[string, Row, Row]>([
    ['details', open, { ...open, amount: '120', owner: 'Bob', product: 'Valve' }],
    ['a stage', open, { ...open, stage: 'Talk' }],
    ['an end', open, won],
    ['an end corrected', won, { ...won, brought: '95', ended: '2026-01-20' }],
    ['won into lost', won, lost],
    ['lost into won', lost, won],
    ['an end taken back', won, { ...open, stage: 'Offer' }],
    ['an opening', won, { ...won, opened: '2026-01-01' }],
    ['an opening without a date', { ...open, opened: '' }, won],
  ])('restores what it changed: %s', async (_, before, after) => {
    await desk.bring('i1', dealsFile(before));
    const figures = await desk.figures('d1');
    desk.setClock('2026-03-11T09:00:00.000Z');
    await desk.bring('i2', dealsFile(after));
    expect(await desk.undo('i2')).toEqual({ importId: 'i2', withdrawn: 0, restored: 1, left: [] });
    expect(await desk.figures('d1')).toEqual(figures);
    // The source is believed again when it says so again, and both can be undone in turn.
    expect(await desk.bring('i3', dealsFile(after))).toMatchObject({ changed: 1, refusals: [] });
    const fresh = await dealsDesk();
    try {
      fresh.setClock('2026-03-11T09:00:00.000Z');
      await fresh.bring('i1', dealsFile(before));
      await fresh.bring('i2', dealsFile(after));
      expect(await desk.figures('d1')).toEqual(await fresh.figures('d1'));
    } finally {
      await fresh.close();
    }
    expect(await desk.undo('i3')).toMatchObject({ restored: 1 });
    expect(await desk.undo('i1')).toMatchObject({ withdrawn: 1, left: [] });
  });

  test('leaves what people changed since, and says so', async () => {
    await desk.bring('i1', dealsFile(open, { ...open, id: 'd2' }));
    await desk.byHand('d1', { type: 'LogOpportunityActivity', activityId: 'a1', kind: 'call' });
    const { withdrawn, left } = await desk.undo('i1');
    expect(withdrawn).toBe(1);
    expect(left).toEqual([
      {
        id: 'd1',
        code: 'changed_since',
        rule: expect.stringMatching(/^OpportunityActivityLogged by ann at .* came after the import$/),
        parameters: { event: 'OpportunityActivityLogged', by: 'ann', at: '2026-03-10T09:00:00.000Z' },
      },
    ]);
    expect(await desk.deal('d1')).toMatchObject({ status: 'open', activityCount: 1 });
  });

  test('leaves what a later import changed, until that is undone', async () => {
    await desk.bring('i1', dealsFile(open));
    await desk.bring('i2', dealsFile({ ...open, amount: '120' }, { ...open, id: 'd2' }));
    expect(await desk.undo('i1')).toMatchObject({ withdrawn: 0, left: [{ id: 'd1' }] });
    expect(await desk.undo('i2')).toMatchObject({ withdrawn: 1, restored: 1, left: [] });
    expect(await desk.undo('i1')).toMatchObject({ withdrawn: 1, left: [] });
  });

  test('lets the same file come in again', async () => {
    await desk.bring('i1', dealsFile(won));
    await desk.undo('i1');
    expect(await desk.bring('i2', dealsFile(won))).toMatchObject({ opened: 1, events: 2, refusals: [] });
    expect(await desk.deal('d1')).toMatchObject({ outcome: 'won', amount: 9_050 });
    expect(await desk.bring('i3', dealsFile(won))).toMatchObject({ unchanged: 1, events: 0 });
    expect(await desk.undo('i1')).toMatchObject({ withdrawn: 0 });
    expect(await desk.undo('i2')).toMatchObject({ withdrawn: 1 });
  });
});
