import { describe, expect, test } from '@jest/globals';
import type { DealsMap } from './deal-fields.ts';
import { stageLabels, suggestedMeanings, withoutMeaning } from './stage-labels.ts';

const map: DealsMap = {
  pipeline: { id: 'default' },
  dateFormats: ['yyyy-MM-dd'],
  timeZone: 'UTC',
  currency: 'EUR',
  columns: { id: 'Id', stage: 'Stage' },
  stages: { Offer: { stage: 'bidding' } },
};
const history = {
  values: [
    { value: 'Offer', rows: 5, meaning: { stage: 'bidding' } },
    { value: 'constructor', rows: 3 },
  ],
  otherValues: 2,
  otherRows: 4,
};
const deals = {
  values: [
    { value: 'Offer', rows: 1 },
    { value: '', rows: 2 },
  ],
  otherValues: 0,
  otherRows: 0,
};

describe('the values of stage columns', () => {
  test('count once, with the rows of every file', () => {
    expect(stageLabels([history, deals])).toEqual([
      { value: 'Offer', rows: 6 },
      { value: 'constructor', rows: 3 },
      { value: '', rows: 2 },
    ]);
  });

  test('without a meaning are counted with all rows that will be refused', () => {
    expect(withoutMeaning(map, [history, deals])).toEqual({
      labels: [
        { value: 'constructor', rows: 3 },
        { value: '', rows: 2 },
      ],
      others: 2,
      rows: 9,
    });
  });

  test('mean what is suggested, else what they meant before', () => {
    const otherwise = { '': { stage: 'potential' } };
    expect(suggestedMeanings([history, deals], otherwise)).toEqual({ Offer: { stage: 'bidding' }, ...otherwise });
  });
});
