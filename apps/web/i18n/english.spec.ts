import { describe, expect, test } from '@jest/globals';
import { englishOf } from './english.ts';

describe('the English of a browser', () => {
  test('is that of the region its user named first', () => {
    expect(englishOf(['zh-CN', 'en', 'en-US', 'en-GB'])).toBe('en-US');
  });

  test('is British where no region is named', () => {
    expect([englishOf(['en']), englishOf(['zh-CN', 'de-DE']), englishOf(['en-x-ours'])]).toEqual([
      'en-GB',
      'en-GB',
      'en-GB',
    ]);
  });
});
