import { describe, expect, test } from '@jest/globals';
import { forgetPosition, knownPosition, rememberPosition } from './known-position.ts';

describe('the position that reads wait for', () => {
  test('is none before anything was heard of, and the one heard last until that is forgotten', () => {
    expect(knownPosition()).toBeUndefined();
    rememberPosition('0000000a');
    rememberPosition('0000000b');
    expect(knownPosition()).toBe('0000000b');
    forgetPosition();
    expect(knownPosition()).toBeUndefined();
  });
});
