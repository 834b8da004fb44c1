import { describe, expect, test } from '@jest/globals';
import { ruleWords } from './rule-words.ts';

const age = { kind: 'number', attribute: 'age', range: { above: 30, atMost: 60 } } as const;

describe('the words of a rule', () => {
  test('join the bounds of one number, and speak of missing values where training saw some', () => {
    expect(ruleWords([{ ...age, missing: true, missingSeen: false }])).toBe('age is above 30 and at most 60');
    expect(ruleWords([{ ...age, missing: true, missingSeen: true }])).toBe(
      'age is above 30 and at most 60, or has no value',
    );
    expect(ruleWords([{ ...age, range: null, missing: true, missingSeen: true }])).toBe('age has no value');
    expect(ruleWords([])).toBe('everyone');
  });
});
