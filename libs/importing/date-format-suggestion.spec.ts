import { describe, expect, test } from '@jest/globals';
import { suggestDateFormats } from './date-format-suggestion.ts';

const SEVERAL = 'The dates can be read in several ways.';

describe('the suggested form of dates', () => {
  test.each<[string, { dates: string[]; formats: string[]; why?: string }]>([
    ['of none', { dates: [], formats: ['yyyy-MM-dd'] }],
    ['of days', { dates: ['2026-01-31'], formats: ['yyyy-MM-dd'] }],
    ['with the day first', { dates: ['03/02/2026', '31/12/2025'], formats: ['dd/MM/yyyy'] }],
    ['with the month first', { dates: ['03/02/2026', '12/31/2025'], formats: ['MM/dd/yyyy'] }],
    ['that may be either', { dates: ['03/02/2026', '04/05/2026'], formats: ['dd/MM/yyyy'], why: SEVERAL }],
    ['without zeros', { dates: ['3.2.2026', '31.12.2025'], formats: ['d.M.yyyy'] }],
    ['in Chinese', { dates: ['2026年1月5日'], formats: ["yyyy'年'M'月'd'日'"] }],
    [
      'with times in one column',
      { dates: ['03/02/2026 09:30', '31/12/2025'], formats: ['dd/MM/yyyy', 'dd/MM/yyyy HH:mm'] },
    ],
    ['with twelve hours', { dates: ['12/31/2025 9:05 PM'], formats: ['MM/dd/yyyy h:mm a'] }],
    [
      'that is another in one column',
      { dates: ['2026-01-05', '2026-01-06', '31/12/2025'], formats: ['yyyy-MM-dd', 'dd/MM/yyyy'] },
    ],
    [
      'that may be either in one column',
      { dates: ['2026-01-05', '2026-01-06', '03/02/2026'], formats: ['yyyy-MM-dd', 'dd/MM/yyyy'], why: SEVERAL },
    ],
    ['of which some are none', { dates: ['31/12/2025', '31/02/2026', 'soon'], formats: ['dd/MM/yyyy'] }],
    ['that nobody knows', { dates: ['Q1', 'Q2'], formats: ['yyyy-MM-dd'], why: 'No known form reads the dates.' }],
  ])('%s', (_, { dates, ...suggested }) => {
    expect(suggestDateFormats(dates)).toEqual(suggested);
  });
});
