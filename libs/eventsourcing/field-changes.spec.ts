import { describe, expect, test } from '@jest/globals';
import { fieldChanges } from './field-changes.ts';

describe('what differs between two states', () => {
  test('is told field by field, of records inside as well', () => {
    expect(
      fieldChanges({ title: 'A', amount: { minorUnits: 1, currency: 'EUR' } }, { amount: { minorUnits: 2 } }),
    ).toEqual([
      { field: 'title', from: 'A' },
      { field: 'amount.minorUnits', from: 1, to: 2 },
      { field: 'amount.currency', from: 'EUR' },
    ]);
  });

  test('is every field of a record that was not there or is there no more', () => {
    const customer = { customer: { id: 'acme', name: 'Acme' } };
    expect(fieldChanges({}, customer)).toEqual([
      { field: 'customer.id', to: 'acme' },
      { field: 'customer.name', to: 'Acme' },
    ]);
    expect(fieldChanges(customer, {})).toEqual([
      { field: 'customer.id', from: 'acme' },
      { field: 'customer.name', from: 'Acme' },
    ]);
  });

  test('takes lists and null whole', () => {
    expect(
      fieldChanges({ members: ['ann'], summary: null }, { members: ['ann', 'bob'], summary: { reason: 'x' } }),
    ).toEqual([
      { field: 'members', from: ['ann'], to: ['ann', 'bob'] },
      { field: 'summary', from: null, to: { reason: 'x' } },
    ]);
  });

  test('is nothing where both say the same', () => {
    expect(fieldChanges({ a: [1], b: { c: 1 } }, { b: { c: 1 }, a: [1] })).toEqual([]);
  });
});
