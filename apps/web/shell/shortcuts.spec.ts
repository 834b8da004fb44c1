import { expect, test } from '@jest/globals';
import { keyOf } from './shortcuts.ts';

const NONE = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

test.each([
  ['z', {}, 'z'],
  ['z', { ctrlKey: true }, 'mod+z'],
  ['z', { metaKey: true }, 'mod+z'],
  ['?', { shiftKey: true }, '?'],
  ['Z', { ctrlKey: true, shiftKey: true }, undefined],
  ['z', { metaKey: true, shiftKey: true }, undefined],
  ['z', { altKey: true }, undefined],
])('the key %s held with %j is %s', (key, held, name) => {
  expect(keyOf({ ...NONE, ...held, key })).toBe(name);
});
