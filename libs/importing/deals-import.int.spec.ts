import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { dealsDesk, dealsFile, lost, open, won, type Row } from './testing/deals-file.ts';
import type { ImportDesk } from './testing/import-desk.ts';

let desk: ImportDesk;
beforeEach(async () => {
  desk = await dealsDesk();
});
afterEach(() => desk.close());

describe('an import of deals', () => {
  test('opens deals at their business time and ends those that have ended', async () => {
    const report = await desk.bring('i1', dealsFile(open, { ...won, id: 'd2' }, { ...lost, id: 'd3' }));
    expect(report).toMatchObject({ deals: 3, opened: 3, changed: 0, unchanged: 0, events: 5, refusals: [], notes: [] });
    expect(await desk.deal('d1')).toMatchObject({ stageId: 'lead', amount: 10_000, openedOn: '2026-01-05' });
    expect(await desk.deal('d2')).toMatchObject({
      outcome: 'won',
      amount: 9_050,
      endedOn: '2026-02-01',
      cycleDays: 27,
    });
    expect(await desk.deal('d3')).toMatchObject({ outcome: 'lost', lostReason: 'too-dear', endedOn: '2026-02-03' });
    const [event] = await desk.events('d1');
    expect(event!.metadata).toMatchObject({
      actor: { id: 'import', onBehalfOf: 'Ada' },
      source: 'import',
      $correlationId: 'i1',
    });
  });

  test('appends nothing to any deal when the same file comes again', async () => {
    const rows = [open, { ...won, id: 'd2' }, { ...lost, id: 'd3' }, { ...open, id: 'd4', opened: '' }];
    await desk.bring('i1', dealsFile(...rows));
    desk.setClock('2026-03-11T09:00:00.000Z');
    expect(await desk.bring('i2', dealsFile(...rows))).toMatchObject({
      opened: 0,
      changed: 0,
      unchanged: 4,
      events: 0,
    });
    expect(await desk.course('d4')).toEqual(['Opened']);
  });

  test('goes on where an earlier one was cut off', async () => {
    await desk.bring('i1', dealsFile(open));
    const report = await desk.bring('i2', dealsFile(open, { ...open, id: 'd2' }));
    expect(report).toMatchObject({ opened: 1, unchanged: 1, events: 1 });
  });

  test('twice at once opens each deal once', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => ({ ...won, id: `d${index}` }));
    const reports = await Promise.all([desk.bring('i1', dealsFile(...rows)), desk.bring('i2', dealsFile(...rows))]);
    expect(reports.map(({ refusals }) => refusals)).toEqual([[], []]);
    expect(reports[0].events + reports[1].events).toBe(80);
    for (const { id } of rows) expect(await desk.course(id)).toEqual(['Opened', 'Won']);
  });

  test('lists each bad row with its line, column and rule, and brings in the rest', async () => {
    const rows = [
      { ...open, id: 'no id' },
      { ...open, id: 'd2', amount: '1.005' },
      { ...open, id: 'd3', stage: 'Maybe' },
      { ...open, id: 'd4', opened: '05.01.2026' },
      { ...won, id: 'd5', ended: '' },
      { ...won, id: 'd6', ended: '2026-01-04' },
      { ...open, id: 'd7', owner: '' },
      { ...open, id: 'd8', stage: 'constructor' },
      { ...open, id: 'd9', product: 'a\u0000b' },
      open,
      { ...open, amount: '200' },
    ];
    const { refusals, opened } = await desk.bring('i1', dealsFile(...rows));
    expect(opened).toBe(1);
    expect(refusals).toMatchObject([
      { file: 'deals.csv', line: 2, column: 'id', rule: '"no id" is not an identifier' },
      { file: 'deals.csv', line: 3, column: 'amount', rule: '"1.005" has more decimals than USD' },
      { file: 'deals.csv', line: 4, column: 'stage', rule: 'the map does not say what stage "Maybe" is' },
      { file: 'deals.csv', line: 5, column: 'opened', rule: '"05.01.2026" is not a date in the form yyyy-MM-dd' },
      { file: 'deals.csv', line: 6, column: 'ended', rule: 'a deal that has ended needs the date it did' },
      { file: 'deals.csv', line: 7, column: 'ended', rule: 'a deal cannot end before it was opened' },
      { file: 'deals.csv', line: 8, column: 'owner', rule: 'a deal needs an owner' },
      { file: 'deals.csv', line: 9, column: 'stage', rule: 'the map does not say what stage "constructor" is' },
      { file: 'deals.csv', line: 10, rule: 'contains a control character' },
      { file: 'deals.csv', line: 12, column: 'id', rule: 'the deal d1 stands in an earlier row' },
    ]);
    expect(await desk.deal('d1')).toMatchObject({ amount: 10_000 });
  });

  test('notes what a source leaves open', async () => {
    const rows = [
      { ...open, opened: '' },
      { ...won, id: 'd2', brought: '' },
      { ...won, id: 'd3', opened: '' },
      { ...won, id: 'd4', ended: '2206-02-01' },
    ];
    const { notes } = await desk.bring('i1', dealsFile(...rows));
    expect(notes.map(({ note, deals, firstLines }) => [note.slice(0, 24), deals, firstLines])).toEqual([
      ['has no date: it is opene', 1, [2]],
      ['was won with no amount o', 1, [3]],
      ['has no date of its openi', 1, [4]],
      ['is dated in the future: ', 1, [5]],
    ]);
    expect(await desk.deal('d2')).toMatchObject({ outcome: 'won', amount: 10_000 });
    expect(await desk.deal('d3')).toMatchObject({ openedOn: '2026-02-01', outcome: 'won' });
  });

  test('refuses whole files without their columns before anything is appended', async () => {
    await expect(desk.bring('i1', { 'deals.csv': 'id,owner\nd1,Ada\n' })).rejects.toThrow(/has no column "product"/);
    await expect(desk.bring('i2', {})).rejects.toThrow(/There is no file .*deals\.csv/);
    expect(await desk.eventStore.head()).toBe('');
  });

  test('refuses a deal that is here but that no import opened', async () => {
    await desk.bring('i1', dealsFile({ ...open, id: 'd0' }));
    await desk.byHand('d1', { type: 'OpenOpportunity', pipelineId: 'sales', title: 'Mine', owner: 'Bob' });
    const { refusals } = await desk.bring('i2', dealsFile(open));
    expect(refusals).toMatchObject([{ line: 2, rule: 'there is an opportunity d1 that no import opened' }]);
    expect(await desk.course('d1')).toEqual(['Opened']);
  });
});

describe('an import of a changed row', () => {
  const corrected = { ...won, brought: '95' };
  test.each<[string, Row, Row, readonly string[]]>([
    ['amount', open, { ...open, amount: '120' }, ['AmountChanged']],
    ['amount that is gone', open, { ...open, amount: '' }, ['AmountChanged']],
    ['product', open, { ...open, product: 'Valve' }, ['ProductChanged', 'DetailsCorrected']],
    ['owner', open, { ...open, owner: 'Bob' }, ['Transferred']],
    ['stage', open, { ...open, stage: 'Talk' }, ['StageMoved']],
    ['stage, back', { ...open, stage: 'Offer' }, { ...open, stage: 'Talk' }, ['StageMoved']],
    ['end: won', open, won, ['Won']],
    ['end: lost', open, lost, ['Lost']],
    ['end and owner', open, { ...won, owner: 'Bob' }, ['Transferred', 'Won']],
    ['won amount', won, corrected, ['Restored', 'Won']],
    ['day of the end, earlier', won, { ...won, ended: '2026-01-20' }, ['Restored', 'Won']],
    ['day of the end, later', won, { ...won, ended: '2026-02-20' }, ['Restored', 'Won']],
    ['won into lost', won, lost, ['Restored', 'Lost']],
    ['lost into won', lost, won, ['Restored', 'Won']],
    ['reason of the loss', lost, { ...lost, why: 'No need' }, ['Restored', 'Lost']],
    ['end that is gone', { ...won, stage: 'Won' }, { ...open, stage: 'Offer' }, ['Restored']],
    ['owner of a won deal', won, { ...won, owner: 'Bob' }, ['Restored', 'Transferred', 'Won']],
    ['amount of a lost deal', lost, { ...lost, amount: '120' }, ['Restored', 'AmountChanged', 'Lost']],
    ['product of a won deal', won, { ...won, product: 'Valve' }, ['ProductChanged', 'DetailsCorrected']],
    ['opening, earlier', open, { ...open, opened: '2026-01-01' }, ['Restored']],
    ['opening of a won deal, later', won, { ...won, opened: '2026-01-15' }, ['Restored', 'Won']],
  ])('appends only the change: %s', async (_, before, after, events) => {
    await desk.bring('i1', dealsFile(before));
    const known = await desk.course('d1');
    desk.setClock('2026-03-11T09:00:00.000Z');
    expect(await desk.bring('i2', dealsFile(after))).toMatchObject({ changed: 1, events: events.length, refusals: [] });
    expect((await desk.course('d1')).slice(known.length)).toEqual(events);
    desk.setClock('2026-03-12T09:00:00.000Z');
    expect(await desk.bring('i3', dealsFile(after))).toMatchObject({ unchanged: 1, events: 0, refusals: [] });
  });

  test.each<[string, Row, Row]>([
    ['a won amount', won, corrected],
    ['an earlier end', won, { ...won, ended: '2026-01-20' }],
    ['a later end', won, { ...won, ended: '2026-02-20' }],
    ['won into lost', won, lost],
    ['lost into won', lost, won],
    ['another reason', lost, { ...lost, why: 'No need' }],
    ['an earlier opening', won, { ...won, opened: '2026-01-01' }],
    ['a later opening', won, { ...won, opened: '2026-01-15' }],
    ['a deal not ended after all', won, { ...open, stage: 'Offer' }],
    ['a date where there was none', { ...open, opened: '' }, { ...open, stage: 'Talk' }],
    ['a date and an end where there was none', { ...open, opened: '' }, won],
  ])('leaves every figure as if the source had always said so: %s', async (_, before, after) => {
    await desk.bring('i1', dealsFile(before));
    desk.setClock('2026-03-11T09:00:00.000Z');
    await desk.bring('i2', dealsFile(after));
    const fresh = await dealsDesk();
    try {
      fresh.setClock('2026-03-11T09:00:00.000Z');
      await fresh.bring('i1', dealsFile(after));
      expect(await desk.figures('d1')).toEqual(await fresh.figures('d1'));
    } finally {
      await fresh.close();
    }
  });

  test('dates a stage by the day it was engaged, where the deal was here before', async () => {
    await desk.bring('i1', dealsFile({ ...open, opened: '' }));
    desk.setClock('2026-03-20T09:00:00.000Z');
    await desk.bring('i2', dealsFile({ ...open, stage: 'Talk', opened: '2026-03-15' }));
    expect(await desk.deal('d1')).toMatchObject({
      openedOn: '2026-03-10',
      stageId: 'talk',
      stageEnteredOn: '2026-03-15',
    });
    expect(await desk.bring('i3', dealsFile({ ...open, stage: 'Talk', opened: '2026-03-15' }))).toMatchObject({
      events: 0,
    });
    // The day is corrected.
    await desk.bring('i4', dealsFile({ ...open, stage: 'Talk', opened: '2026-03-14' }));
    expect(await desk.deal('d1')).toMatchObject({ openedOn: '2026-03-10', stageEnteredOn: '2026-03-14' });
  });

  test('dates back a move that was seen only after the end it led to', async () => {
    await desk.bring('i1', dealsFile(open));
    await desk.bring('i2', dealsFile({ ...open, stage: 'Talk' }));
    desk.setClock('2026-03-11T09:00:00.000Z');
    // Ended on the day on which the move was seen, so before it was.
    const ended = { ...won, ended: '2026-03-10' };
    expect(await desk.bring('i3', dealsFile(ended))).toMatchObject({ refusals: [], changed: 1 });
    expect(await desk.deal('d1')).toMatchObject({ outcome: 'won', endedOn: '2026-03-10' });
    expect(await desk.bring('i4', dealsFile(ended))).toMatchObject({ events: 0 });
  });

  test('keeps what people changed where the row says nothing new', async () => {
    await desk.bring('i1', dealsFile(open, { ...won, id: 'd2' }));
    await desk.byHand('d1', { type: 'ChangeOpportunityAmount', amount: { minorUnits: 7, currency: 'USD' } });
    await desk.byHand('d1', { type: 'MoveOpportunity', toStage: 'talk' });
    await desk.byHand('d2', { type: 'ReopenOpportunity' });
    expect(await desk.bring('i2', dealsFile(open, { ...won, id: 'd2' }))).toMatchObject({ unchanged: 2, events: 0 });
    await desk.bring('i3', dealsFile({ ...open, product: 'Valve' }));
    expect(await desk.deal('d1')).toMatchObject({ amount: 7, stageId: 'talk', product: 'Valve' });
  });

  test('keeps what people changed of a deal whose end is corrected', async () => {
    await desk.bring('i1', dealsFile(won));
    await desk.byHand('d1', { type: 'ChangeOpportunityProduct', product: 'Valve' });
    await desk.bring('i2', dealsFile(corrected));
    expect(await desk.deal('d1')).toMatchObject({ product: 'Valve', amount: 9_500, outcome: 'won' });
    expect(await desk.bring('i3', dealsFile(corrected))).toMatchObject({ events: 0 });
  });

  test('is content where people did already what it says', async () => {
    await desk.bring('i1', dealsFile(open));
    await desk.byHand('d1', { type: 'MoveOpportunity', toStage: 'talk' });
    expect(await desk.bring('i2', dealsFile({ ...open, stage: 'Talk' }))).toMatchObject({ events: 0, refusals: [] });
  });

  test.each<[string, readonly Parameters<ImportDesk['byHand']>[1][], RegExp]>([
    ['reopened', [{ type: 'ReopenOpportunity' }], /^the source tells another course .* OpportunityReopened by ann at/],
    ['closed', [{ type: 'CloseOpportunity', whatHappened: 'Sold', reason: 'Price' }], /OpportunityClosed by ann/],
    [
      'archived',
      [{ type: 'CloseOpportunity', whatHappened: 'Sold', reason: 'Price' }, { type: 'ArchiveOpportunity' }],
      /OpportunityArchived by ann/,
    ],
  ])('is refused for a deal that was %s here, and nothing is appended', async (_, commands, rule) => {
    await desk.bring('i1', dealsFile(won));
    for (const command of commands) await desk.byHand('d1', command);
    const { refusals, events } = await desk.bring('i2', dealsFile(corrected));
    expect(events).toBe(0);
    expect(refusals).toMatchObject([{ line: 2, rule: expect.stringMatching(rule) }]);
  });

  test('is refused whole where a part of a correction would be', async () => {
    await desk.bring('i1', dealsFile(won));
    await desk.byHand('d1', { type: 'LogOpportunityActivity', activityId: 'a1', kind: 'call' });
    const { refusals, events } = await desk.bring(
      'i2',
      dealsFile({ ...won, brought: '95', opened: '2026-01-05', ended: '2026-01-05' }),
    );
    expect({ refusals, events }).toEqual({ refusals: [], events: 2 });
    const yen = await desk.bring('i3', dealsFile({ ...won, brought: '99999999999999999' }));
    expect(yen).toMatchObject({ events: 0, refusals: [{ column: 'brought' }] });
    expect(await desk.deal('d1')).toMatchObject({ outcome: 'won', amount: 9_500, activityCount: 1 });
  });
});
