import { describe, expect, test } from '@jest/globals';
import { sameData } from './same-data.ts';

describe('two values', () => {
  test.each([
    [
      { a: 1, b: { c: [1, null] } },
      { b: { c: [1, null] }, a: 1 },
    ],
    [{ a: 1 }, { a: 1, b: undefined }],
    [{ a: 1, b: undefined }, { a: 1 }],
    [[], []],
    [null, null],
  ])('say the same: %j and %j', (left, right) => {
    expect(sameData(left, right)).toBe(true);
  });

  test.each([
    [{ a: 1 }, {}],
    [{}, { a: 1 }],
    [{ a: null }, {}],
    [{ a: { b: 1, c: 2 } }, { a: { b: 1 } }],
    [[1, 2], [1]],
    [[1], [1, 2]],
    [[], {}],
    [{}, null],
    ['1', 1],
  ])('differ: %j and %j', (left, right) => {
    expect(sameData(left, right)).toBe(false);
    expect(sameData(right, left)).toBe(false);
  });
});
