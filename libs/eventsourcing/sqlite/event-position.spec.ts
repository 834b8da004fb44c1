import { describe, expect, test } from '@jest/globals';
import { BEGINNING } from '../event.ts';
import { parsePosition, positionOf } from './event-position.ts';

describe('a position', () => {
  test.each([1, 9, 10, 99_999, Number.MAX_SAFE_INTEGER])('of event %d leads back to its number', (number) => {
    expect(parsePosition(positionOf(number))).toBe(number);
  });

  test('sorts as text in the order of the log', () => {
    const numbers = [0, 1, 2, 9, 10, 11, 99, 100, 12_345, 1_000_000];
    const positions = numbers.map(positionOf);
    expect(positions.toSorted()).toEqual(positions);
  });

  test('before the first event is the beginning', () => {
    expect(positionOf(0)).toBe(BEGINNING);
    expect(parsePosition(BEGINNING)).toBe(0);
  });

  test('may be written without padding', () => {
    expect(parsePosition('42')).toBe(42);
  });

  test.each(['-1', '1.5', ' 1', '1e3', 'abc', '9999999999999999', '00000000000000001'])('is not "%s"', (text) => {
    expect(() => parsePosition(text)).toThrow(RangeError);
  });
});
