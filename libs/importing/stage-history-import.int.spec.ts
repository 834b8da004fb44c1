import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { StageHistoryMap } from './import-map.ts';
import { stageHistorySource } from './import-sources.ts';
import { importDesk, type ImportDesk } from './testing/import-desk.ts';

const map: StageHistoryMap = {
  pipeline: {
    id: 'sales',
    stages: ['lead', 'talk', 'offer'].map((id) => ({
      id,
      name: id,
      successRate: 5_000,
      expectedDuration: { count: 1, unit: 'months' },
      requires: [],
    })),
  },
  dateFormats: ['dd/MM/yyyy'],
  timeZone: 'Europe/Berlin',
  columns: { id: 'deal', stage: 'stage', at: 'at' },
  stages: {
    Lead: { stage: 'lead' },
    Talk: { stage: 'talk' },
    Offer: { stage: 'offer' },
    Won: { outcome: 'won' },
    Lost: { outcome: 'lost' },
  },
  deals: {
    file: 'deals.csv',
    currency: 'EUR',
    columns: { id: 'id', owner: 'owner', amount: 'amount', stage: 'stage', openedAt: 'created', competitor: 'rival' },
  },
};

type Entry = readonly [at: string, stage: string];

/** A deal of Ada's, which stands in its current stage, and its history. */
function files(stands: string, history: readonly Entry[], { amount = '100', more = '' } = {}) {
  const rows = history.map(([at, stage]) => `d1,${stage},${at}`).join('\n');
  return {
    'deals.csv': `id,owner,amount,stage,created,rival\nd1,Ada,${amount},${stands},05/01/2026,Bolt\n`,
    'history.csv': `deal,stage,at\n${rows}\n${more}`,
  };
}

const begun: readonly Entry[] = [
  ['05/01/2026', 'Lead'],
  ['10/01/2026', 'Talk'],
];
const won: readonly Entry[] = [...begun, ['01/02/2026', 'Won']];

let desk: ImportDesk;
const newDesk = () => importDesk((folder) => stageHistorySource(join(folder, 'history.csv'), map));
beforeEach(async () => {
  desk = await newDesk();
});
afterEach(() => desk.close());

async function courseAfter(stands: string, history: readonly Entry[], importId = 'i1'): Promise<readonly string[]> {
  const known = await desk.events('d1');
  const { refusals } = await desk.bring(importId, files(stands, history));
  expect(refusals).toEqual([]);
  return (await desk.course('d1')).slice(known.length);
}

describe('an import of stage histories', () => {
  test('tells each row as what it was, at its own time', async () => {
    const course = await courseAfter('Lost', [
      ...begun,
      ['12/01/2026', 'Talk'],
      ['15/01/2026', 'Lead'],
      ['20/01/2026', 'Offer'],
      ['01/02/2026', 'Lost'],
    ]);
    expect(course).toEqual(['Opened', 'StageMoved', 'StageMoved', 'StageMoved', 'StageMoved', 'Lost']);
    const deal = await desk.deal('d1');
    expect(deal).toMatchObject({ movesForward: 2, movesBack: 1, movesSkipped: 1, outcome: 'lost', competitor: 'Bolt' });
    expect(deal.trail.map(({ kind, at }) => [kind, at.slice(0, 10)])).toEqual([
      ['opened', '2026-01-04'],
      ['forward', '2026-01-09'],
      ['same', '2026-01-11'],
      ['backward', '2026-01-14'],
      ['skipped', '2026-01-19'],
      ['forward', '2026-01-19'],
      ['lost', '2026-01-31'],
    ]);
    expect(deal.attributes).toEqual({ createdOn: '2026-01-05' });
  });

  test('keeps the order of the file within a day, and sorts days', async () => {
    await courseAfter('Lead', [
      ['10/01/2026', 'Talk'],
      ['10/01/2026', 'Lead'],
      ['05/01/2026', 'Lead'],
    ]);
    const { trail } = await desk.deal('d1');
    expect(trail.map(({ stageId }) => stageId)).toEqual(['lead', 'talk', 'lead']);
  });

  test('reopens a deal whose history goes on after an end', async () => {
    expect(await courseAfter('Offer', [...won, ['05/02/2026', 'Offer']])).toEqual([
      'Opened',
      'StageMoved',
      'Won',
      'Reopened',
    ]);
    expect(await desk.deal('d1')).toMatchObject({ status: 'open', stageId: 'offer' });
  });

  test('reopens a deal that ended otherwise than it had, where its history or its row says so', async () => {
    expect(await courseAfter('Lost', [...won, ['10/02/2026', 'Lost']])).toEqual([
      'Opened',
      'StageMoved',
      'Won',
      'Reopened',
      'Lost',
    ]);
    expect(await desk.deal('d1')).toMatchObject({
      outcome: 'lost',
      stageId: 'talk',
      endedAt: '2026-02-09T23:00:00.000Z',
    });
    expect(await courseAfter('Won', [...won, ['10/02/2026', 'Lost']], 'i2')).toEqual(['Reopened', 'Won']);
    expect(await courseAfter('Won', [...won, ['10/02/2026', 'Lost']], 'i3')).toEqual([]);
  });

  test('takes an end that is told again for the same end', async () => {
    expect(await courseAfter('Won', [...won, ['10/02/2026', 'Won']])).toEqual(['Opened', 'StageMoved', 'Won']);
    expect(await desk.deal('d1')).toMatchObject({ outcome: 'won', endedAt: '2026-01-31T23:00:00.000Z' });
    expect(await courseAfter('Won', [...won, ['10/02/2026', 'Won']], 'i2')).toEqual([]);
  });

  test('appends only rows that are new', async () => {
    await courseAfter('Talk', begun);
    expect(await courseAfter('Talk', begun, 'i2')).toEqual([]);
    expect(await courseAfter('Won', won, 'i3')).toEqual(['Won']);
    expect(await courseAfter('Won', won, 'i4')).toEqual([]);
  });

  test('tells a rewritten history from where it differs', async () => {
    await courseAfter('Won', won);
    const rewritten: readonly Entry[] = [begun[0]!, ['08/01/2026', 'Offer'], ['01/02/2026', 'Won']];
    expect(await courseAfter('Won', rewritten, 'i2')).toEqual(['Restored', 'StageMoved', 'Won']);
    const figures = await desk.figures('d1');
    const fresh = await newDesk();
    await fresh.bring('i1', files('Won', rewritten));
    expect(figures).toEqual(await fresh.figures('d1'));
    await fresh.close();
    expect(await desk.undo('i2')).toMatchObject({ restored: 1 });
    expect((await desk.deal('d1')).trail.map(({ kind }) => kind)).toEqual(['opened', 'forward', 'won']);
  });

  test('believes the deal where its history ends elsewhere, dates that by now, and once only', async () => {
    expect(await courseAfter('Offer', begun)).toEqual(['Opened', 'StageMoved', 'StageMoved']);
    expect(await desk.deal('d1')).toMatchObject({ stageId: 'offer', stageEnteredOn: '2026-03-10' });
    desk.setClock('2026-03-11T09:00:00.000Z');
    expect(await courseAfter('Offer', begun, 'i2')).toEqual([]);
    expect(await courseAfter('Offer', [...begun, ['20/01/2026', 'Offer']], 'i3')).toEqual(['Restored', 'StageMoved']);
    expect(await desk.deal('d1')).toMatchObject({ stageId: 'offer', stageEnteredOn: '2026-01-19' });
  });

  test('takes a history that is nothing but an end for a deal that was in no stage', async () => {
    const { notes } = await desk.bring('i1', files('Won', [['01/02/2026', 'Won']]));
    expect(notes.map(({ note }) => note)).toContain('has no history before its end: it was in no stage for any time');
    expect(await desk.course('d1')).toEqual(['Opened', 'Won']);
    expect(await desk.figures('d1')).toMatchObject({ outcome: 'won', periods: [{ entry: 'unstaged', days: null }] });
  });

  test('lists rows that no deal or stage belongs to', async () => {
    const more = 'd9,Lead,05/01/2026\nd1,Maybe,05/01/2026\nd1,Talk,2026-01-05\n';
    const { refusals, opened } = await desk.bring('i1', files('Talk', begun, { more }));
    expect(opened).toBe(1);
    expect(refusals).toMatchObject([
      {
        file: 'history.csv',
        line: 4,
        column: 'deal',
        code: 'deal_missing',
        rule: 'there is no deal "d9" in deals.csv',
        parameters: { value: 'd9', file: 'deals.csv' },
      },
      { file: 'history.csv', line: 5, column: 'stage', rule: 'the map does not say what stage "Maybe" is' },
      { file: 'history.csv', line: 6, column: 'at', rule: '"2026-01-05" is not a date in the form dd/MM/yyyy' },
    ]);
  });
});
