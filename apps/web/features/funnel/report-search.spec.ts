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
  test('keeps what can be meant, and says what it leaves out', () => {
    const meant = { owner: ['Li Wei'], ...lastQuarter, by: 'region', measure: 'amount' };
    const said = { ...meant, compareFrom: 'yesterday', tables: ['days', 'clouds'], currency: 'euro', colour: 7 };
    const ignored = ['compareFrom=yesterday', 'tables=clouds', 'currency=euro', 'colour=7'];
    expect(reportSearch(meant)).toEqual(meant);
    expect(reportSearch(said)).toEqual({ ...meant, tables: ['days'], ignored });
    expect(reportSearch({ ...reportSearch(said) })).toEqual(reportSearch(said));
  });

  test.each([
    { asOf: '2130-12-31' },
    { asOf: '2026-13-01' },
    { from: '2026-06-30', to: '2026-01-01' },
    { from: '2026-06-01' },
    { from: '2026-02-30', to: '2026-03-31' },
    { compareTo: '2026-06-01' },
    { target: 50_000_000 },
    { targetCurrency: 'USD' },
  ])('cannot mean %j', (said) => {
    expect(reportSearch(said)).toEqual({ ignored: Object.entries(said).map(([name, value]) => `${name}=${value}`) });
  });

  test('may mean a moment of a past day', () => {
    const search = reportSearch({ asOf: '2026-06-30T14:00:00+02:00' });
    expect(search).toEqual({ asOf: '2026-06-30T12:00:00.000Z' });
    expect(reportPeriod(search)).toEqual({ from: '2025-07-01', to: '2026-06-30' });
  });

  test('means the last 12 months up to its day where it names no period', () => {
    expect(reportPeriod({ asOf: '2026-11-22' })).toEqual({ from: '2025-11-23', to: '2026-11-22' });
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
