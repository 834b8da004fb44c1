import { expect, test } from '@jest/globals';
import { shortPosition } from './short-position.ts';

test.each([
  ['0000000000007524', '7524'],
  ['0000000000000000', '0'],
  ['7524', '7524'],
  ['', ''],
  ['00f3-12', '00f3-12'],
])('the position %s reads %s', (position, shown) => {
  expect(shortPosition(position)).toBe(shown);
});
