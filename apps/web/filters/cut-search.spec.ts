import { describe, expect, test } from '@jest/globals';
import { cutSearch, dealFilterSearch } from './cut-search.ts';

describe('the filters of an address', () => {
  test('take one value or several of a dimension, each once', () => {
    expect(cutSearch({ owner: 'Li Wei', region: ['north', 'south', 'north'], pipeline: 'default' })).toEqual({
      owner: ['Li Wei'],
      region: ['north', 'south'],
      pipeline: 'default',
    });
  });

  test('leave out what they do not know', () => {
    expect(cutSearch({ pipeline: '', region: [], colour: 'red', customerId: undefined })).toEqual({});
  });

  test('read names that look like numbers as names', () => {
    expect(cutSearch({ team: 7, customerId: 4711 })).toEqual({ team: ['7'], customerId: '4711' });
  });

  test('take amounts that are exact minor units only', () => {
    expect(dealFilterSearch({ amountFrom: '500050', amountTo: 0 })).toEqual({ amountFrom: 500_050, amountTo: 0 });
    expect(dealFilterSearch({ amountFrom: '5.5', amountTo: -1 })).toEqual({});
  });

  test('take calendar days, currencies and “stalled” as they are written, and nothing near them', () => {
    const meant = { expectedCloseFrom: '2026-06-30', currency: 'EUR', stalled: true };
    expect(dealFilterSearch(meant)).toEqual(meant);
    expect(dealFilterSearch({ stalled: 'true' })).toEqual({ stalled: true });
    expect(dealFilterSearch({ expectedCloseFrom: 'tomorrow', currency: 'euro', stalled: false })).toEqual({});
  });
});
