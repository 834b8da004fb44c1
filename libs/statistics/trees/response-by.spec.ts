import { describe, expect, test } from '@jest/globals';
import { responseBy } from './response-by.ts';

const row = (job: string | number | boolean | null, responded: boolean) => ({ attributes: { job }, responded });

describe('the response by an attribute', () => {
  test('counts each value, those without one last', () => {
    const rows = [row('nurse', true), row(null, false), row('clerk', false), row('nurse', false), row('', true)];
    expect(responseBy(rows, 'job')).toEqual([
      { value: 'clerk', rows: 1, responses: 0, rate: 0 },
      { value: 'nurse', rows: 2, responses: 1, rate: 0.5 },
      { value: null, rows: 2, responses: 1, rate: 0.5 },
    ]);
  });

  test('puts numbers in their order', () => {
    expect(responseBy([row(10, true), row(9, false), row(-1, false)], 'job').map(({ value }) => value)).toEqual([
      -1, 9, 10,
    ]);
  });

  test('is refused for what nobody has', () => {
    expect(() => responseBy([], 'job')).toThrow(expect.objectContaining({ code: 'empty', field: 'rows' }));
    expect(() => responseBy([row('nurse', true)], 'toString')).toThrow('No row has a value of toString.');
  });
});
