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

  test.each([
    ['2026-06-30', '2026-06-30'],
    ['2026-06-30T09:30:00.000Z', '2026-06-30T09:30:00.000Z'],
    ['2026-06-30T09:30Z', '2026-06-30T09:30:00.000Z'],
    ['2026-06-30T09:30:00+02:00', '2026-06-30T07:30:00.000Z'],
    ['2026-06-30T22:30:00-05:30', '2026-07-01T04:00:00.000Z'],
    // A plus sign that was not escaped.
    ['2026-06-30T09:30:00 02:00', '2026-06-30T07:30:00.000Z'],
    ['2026-06-30T09:30:00', undefined],
    ['2026-06-30T25:30:00Z', undefined],
    ['2026-02-30', undefined],
    ['2026-02-30T12:00:00Z', undefined],
    ['yesterday', undefined],
    [20_260_630, undefined],
  ])('“%s” is the moment %s', (value, moment) => {
    expect(momentParameter(value)).toBe(moment);
  });

  test('that is a day is kept as it is written', () => {
    expect(dayParameter('2026-06-30')).toBe('2026-06-30');
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
