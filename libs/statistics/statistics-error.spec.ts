import { describe, expect, test } from '@jest/globals';
import { requireNumber, requireSome, requireWhole } from './statistics-error.ts';

describe('a figure that cannot be computed', () => {
  test('says which argument is at fault and what is wrong with it', () => {
    expect(() => requireNumber('alpha', Number.NaN)).toThrow('alpha must be a finite number, not NaN.');
    expect(() => requireNumber('alpha', Number.POSITIVE_INFINITY)).toThrow(
      expect.objectContaining({ code: 'not_finite' }),
    );
    expect(() => requireNumber('alpha', -1, { atLeast: 0 })).toThrow('alpha must be at least 0, not -1.');
    expect(() => requireNumber('alpha', 0, { above: 0 })).toThrow('alpha must be more than 0, not 0.');
    expect(() => requireNumber('share', 2, { atMost: 1 })).toThrow('share must be at most 1, not 2.');
    expect(() => requireNumber('share', 1, { below: 1 })).toThrow('share must be less than 1, not 1.');
    expect(() => requireWhole('count', 1.5)).toThrow(expect.objectContaining({ code: 'not_whole', field: 'count' }));
    expect(() => requireSome('values', [])).toThrow(expect.objectContaining({ code: 'empty', field: 'values' }));
  });

  test('lets pass what is right', () => {
    expect(requireNumber('share', 1, { atLeast: 0, atMost: 1 })).toBe(1);
    expect(requireWhole('count', 0, { atLeast: 0 })).toBe(0);
    expect(() => requireSome('values', [0])).not.toThrow();
  });
});
