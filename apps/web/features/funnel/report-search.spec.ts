import { describe, expect, test } from '@jest/globals';
import {
  reportComparison,
  reportPeriod,
  reportSearch,
  withComparison,
  withDay,
  withPeriod,
  withTable,
} from './report-search.ts';

const lastQuarter = { from: '2026-07-01', to: '2026-09-30', asOf: '2026-11-22' };

describe('the address of a report', () => {
  test('keeps what can be meant and leaves out the rest', () => {
    const meant = { owner: ['Li Wei'], ...lastQuarter, by: 'region', measure: 'amount', target: 250_000 };
    expect(reportSearch({ ...meant, compareFrom: 'yesterday', tables: ['days', 'clouds'], currency: 'euro' })).toEqual({
      ...meant,
      tables: ['days'],
    });
  });

  test('means the last 12 months up to its day where it names no period, or one that ends before it begins', () => {
    const year = { from: '2025-11-23', to: '2026-11-22' };
    expect(reportPeriod({ asOf: '2026-11-22' })).toEqual(year);
    expect(reportPeriod({ asOf: '2026-11-22', from: '2026-05-01', to: '2026-04-01' })).toEqual(year);
  });

  test('moves what a period is compared with along with the period', () => {
    const compared = withComparison(lastQuarter, { from: '2026-04-01', to: '2026-06-30' });
    const moved = withPeriod(compared, { from: '2026-10-01', to: '2026-10-31' });
    expect(reportComparison(moved)).toEqual({ from: '2026-09-01', to: '2026-09-30' });
    expect(reportComparison(withComparison(moved, undefined))).toBeUndefined();
  });

  test('keeps the name of its period when it is asked as of another day', () => {
    expect(withDay(lastQuarter, '2026-08-15')).toEqual({ from: '2026-04-01', to: '2026-06-30', asOf: '2026-08-15' });
  });

  test('shows and hides the table of a chart', () => {
    const shown = withTable(lastQuarter, 'days', true);
    expect(shown.tables).toEqual(['days']);
    expect(withTable(shown, 'days', false)).toEqual(lastQuarter);
  });
});
