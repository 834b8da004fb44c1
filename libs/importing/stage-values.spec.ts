import { describe, expect, test } from '@jest/globals';
import { defaultPipeline } from '../pipelines/default-pipeline.ts';
import { suggestedMeaning } from './stage-values.ts';

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
    ['', undefined],
    ['–', undefined],
  ])('%s', (value, meaning) => {
    expect(suggestedMeaning(value, defaultPipeline)).toEqual(meaning);
  });
});
