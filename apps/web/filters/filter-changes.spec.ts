import { describe, expect, test } from '@jest/globals';
import { isTypedOn } from './filter-changes.ts';

describe('a change of filters', () => {
  test('goes on with what is being typed once there is some of it', () => {
    expect(isTypedOn({ q: 'pre' }, { q: 'press' })).toBe(true);
    expect(isTypedOn({ q: 'pre' }, { q: undefined })).toBe(true);
    expect(isTypedOn({ expectedCloseTo: '0002-01-01' }, { expectedCloseTo: '0020-01-01' })).toBe(true);
  });

  test('is one to go back from where it is chosen, or begins to be typed', () => {
    expect(isTypedOn({}, { q: 'p' })).toBe(false);
    expect(isTypedOn({ owner: ['Ann'] }, { owner: ['Ann', 'Bob'] })).toBe(false);
    expect(isTypedOn({ q: 'press' }, { q: undefined, owner: undefined })).toBe(false);
  });
});
