import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { defaultPipeline } from '../pipelines/default-pipeline.ts';
import { stageValuesOf, suggestedMeaning } from './stage-values.ts';

describe('a value of a stage column is suggested to mean', () => {
  test.each([
    ['Bidding', { stage: 'bidding' }],
    ['项目投标', { stage: 'bidding' }],
    ['2. Project bidding', { stage: 'bidding' }],
    ['Proposal/Price Quote', { stage: 'bidding' }],
    ['Qualification', { stage: 'potential' }],
    ['New', { stage: 'potential' }],
    ['Negotiation/Review', { stage: 'negotiation' }],
    ['谈判', { stage: 'negotiation' }],
    ['Contract signing', { stage: 'contract' }],
    ['Closed Won', { stage: 'contract', outcome: 'won' }],
    ['ClosedLost', { stage: 'contract', outcome: 'lost' }],
    ['closed_lost', { stage: 'contract', outcome: 'lost' }],
    ['输单', { stage: 'contract', outcome: 'lost' }],
    ['Disqualified', { stage: 'contract', outcome: 'lost' }],
    ['Nowhere', undefined],
    ['On hold', undefined],
    ['Renewal', undefined],
    ['n', undefined],
    ['标', { stage: 'bidding' }],
    ['', undefined],
    ['–', undefined],
  ])('%s', (value, meaning) => {
    expect(suggestedMeaning(value, defaultPipeline)).toEqual(meaning);
  });
});

test('a column of ids is counted up to a hundred thousand of its values, and all of its rows', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dealtrail-stages-'));
  const path = join(folder, 'ids.csv');
  const ids = Array.from({ length: 100_010 }, (_, index) => `${index},x`);
  await writeFile(path, ['Id,Other', ...ids, '7,x'].join('\n'));
  const upload = { id: 'ids', name: 'ids.csv', bytes: 0, path, encoding: 'utf-8' } as const;
  const { values, otherValues, otherRows } = await stageValuesOf(upload, 'Id', undefined);
  expect(values[0]).toEqual({ value: '7', rows: 2 });
  expect({ shown: values.length, otherValues, otherRows }).toEqual({
    shown: 50,
    otherValues: 99_950,
    otherRows: 99_960,
  });
  await rm(folder, { recursive: true });
});
