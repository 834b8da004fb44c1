import { describe, expect, test } from '@jest/globals';
import {
  choiceParameter,
  dayParameter,
  given,
  momentParameter,
  textParameter,
  textsParameter,
} from './search-params.ts';

describe('a parameter of an address', () => {
  test('that is a text may look like a number, but is not empty', () => {
    expect([textParameter('a'), textParameter(7), textParameter(''), textParameter(true)]).toEqual([
      'a',
      '7',
      undefined,
      undefined,
    ]);
  });

  test('that is a choice is one of those that can be meant', () => {
    expect(choiceParameter('b', ['a', 'b'])).toBe('b');
    expect(choiceParameter('c', ['a', 'b'])).toBeUndefined();
  });

  test.each(['2026-13-01', '2026-02-30', '0026-01-01', '2026-1-1', '2026-06-30T00:00:00Z', 20260630, undefined])(
    '“%s” is no day',
    (value) => {
      expect(dayParameter(value)).toBeUndefined();
    },
  );

  test('that is a day is kept as it is written', () => {
    expect(dayParameter('2026-06-30')).toBe('2026-06-30');
  });

  test('that is a moment is a day or a time in UTC', () => {
    for (const moment of ['2026-06-30', '2026-06-30T12:00:00Z', '2026-06-30T12:00:00.000Z'])
      expect(momentParameter(moment)).toBe(moment);
    for (const none of ['2026-02-30T12:00:00Z', '2026-06-30T25:00:00Z', '2026-06-30T12:00:00', 'now'])
      expect(momentParameter(none)).toBeUndefined();
  });

  test('that is a list may be one value alone', () => {
    expect(textsParameter('a')).toEqual(['a']);
    expect(textsParameter(['a', 'b', 'a'])).toEqual(['a', 'b']);
    expect(textsParameter([])).toBeUndefined();
  });

  test('that is a list may hold the empty text, which means that there is no value', () => {
    expect(textsParameter(['a', ''])).toEqual(['a', '']);
  });

  test('that is not given does not stand in the address', () => {
    expect(Object.keys(given({ a: 1, b: undefined, c: false }))).toEqual(['a', 'c']);
  });
});
