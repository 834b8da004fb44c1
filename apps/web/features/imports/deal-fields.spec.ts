import { describe, expect, test } from '@jest/globals';
import { isImportMap } from './deal-fields.ts';

const map = {
  pipeline: { id: 'default' },
  dateFormats: ['yyyy-MM-dd'],
  timeZone: 'UTC',
  currency: 'EUR',
  columns: { id: 'Id' },
  stages: { Won: { stage: 'offer', outcome: 'won' } },
};
const { currency: _, ...history } = { ...map, deals: { file: 'deals.csv', currency: 'EUR', columns: { id: 'Id' } } };

describe('a map in an address', () => {
  test.each([map, history])('is taken where it can be shown', (value) => {
    expect(isImportMap(value)).toBe(true);
  });

  test.each([
    undefined,
    'map',
    [],
    {},
    { ...map, currency: 5 },
    { ...map, columns: { id: 5 } },
    { ...map, columns: undefined },
    { ...map, stages: { Won: 'won' } },
    { ...map, dateFormats: 'yyyy' },
    { ...history, deals: [] },
    { ...history, deals: { currency: 'EUR' } },
  ])('is left out where it cannot: %j', (value) => {
    expect(isImportMap(value)).toBe(false);
  });
});
