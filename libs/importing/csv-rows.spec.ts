import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { csvRows, requireColumns } from './csv-rows.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dealtrail-csv-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(content: string | Uint8Array): Promise<string> {
  const path = join(folder, 'rows.csv');
  await writeFile(path, content);
  return path;
}

async function rowsOf(content: string | Uint8Array, delimiter = ',') {
  const rows: (readonly [number, ...string[]])[] = [];
  const refusals: (readonly [number, string])[] = [];
  const path = await fileOf(content);
  for await (const { line, values } of csvRows(path, delimiter, (at, { rule }) => refusals.push([at, rule]))) {
    rows.push([line, ...Object.values(values)]);
  }
  return { rows, refusals };
}

describe('the rows of a CSV file', () => {
  test.each([
    [
      'plainly',
      'a,b\n1,2\n3,4\n',
      [
        [2, '1', '2'],
        [3, '3', '4'],
      ],
    ],
    ['behind a byte order mark', '\uFEFFa,b\n1,2\n', [[2, '1', '2']]],
    [
      'with Windows line ends',
      'a,b\r\n1,2\r\n3,4',
      [
        [2, '1', '2'],
        [3, '3', '4'],
      ],
    ],
    [
      'around blank lines',
      'a,b\n\n1,2\n\n\n3,4\n\n',
      [
        [3, '1', '2'],
        [6, '3', '4'],
      ],
    ],
    ['with quotes and delimiters within', 'a,b\n"say ""hi""","1,5"\n', [[2, 'say "hi"', '1,5']]],
    [
      'over several lines',
      'a,b\n"x\ny",2\n3,4\n',
      [
        [2, 'x\ny', '2'],
        [4, '3', '4'],
      ],
    ],
    [
      'over several Windows lines',
      'a,b\r\n"x\r\ny",2\r\n3,4\r\n',
      [
        [2, 'x\r\ny', '2'],
        [4, '3', '4'],
      ],
    ],
    ['without the spaces around cells', 'a, b\n 1 ,"2 "\n', [[2, '1', '2']]],
    [
      'with a quote that is part of the text',
      'a,b\n5" pipe,2\n3,4\n',
      [
        [2, '5" pipe', '2'],
        [3, '3', '4'],
      ],
    ],
    ['of no rows', 'a,b\n', []],
  ])('are read %s, with the line each begins on', async (_, content, rows) => {
    expect(await rowsOf(content)).toEqual({ rows, refusals: [] });
  });

  test('are read by another delimiter', async () => {
    expect((await rowsOf('a;b\n1,5;2\n', ';')).rows).toEqual([[2, '1,5', '2']]);
  });

  test('are left out alone where they have too few or too many cells', async () => {
    const { rows, refusals } = await rowsOf('a,b\n1\n"x\ny",2\n3,4,5\n6,7\n');
    expect(rows).toEqual([
      [3, 'x\ny', '2'],
      [6, '6', '7'],
    ]);
    expect(refusals).toEqual([
      [2, 'has 1 cells, not 2'],
      [5, 'has 3 cells, not 2'],
    ]);
  });

  test('are left out where they are not UTF-8', async () => {
    const latin = Buffer.concat([Buffer.from('a,b\nZ'), Buffer.from([0xfc]), Buffer.from('rich,1\nBern,2\n')]);
    expect(await rowsOf(latin)).toEqual({ rows: [[3, 'Bern', '2']], refusals: [[2, 'is not UTF-8 text']] });
  });

  test('end where a quote is never closed, which is told with its line', async () => {
    const { rows, refusals } = await rowsOf('a,b\n1,2\n\n3,"4\n5,6\n');
    expect(rows).toEqual([[2, '1', '2']]);
    expect(refusals).toEqual([[4, 'opens a quote that is never closed: nothing behind it was read']]);
  });
});

describe('the columns of a CSV file', () => {
  test('are there, each once', async () => {
    await expect(requireColumns(await fileOf('a,b,c\n'), ',', ['a', 'c'])).resolves.toBeUndefined();
  });

  test.each([
    ['a;b\n', /rows\.csv has no column "a"; it has a;b\./],
    ['a,b,a\n', /has the column "a" 2 times/],
    ['', /rows\.csv is empty/],
  ])('are refused in %j', async (content, rule) => {
    await expect(requireColumns(await fileOf(content), ',', ['a'])).rejects.toThrow(rule);
  });

  test('are refused of a file that is not there', async () => {
    await expect(requireColumns(join(folder, 'none.csv'), ',', [])).rejects.toThrow(/There is no file .*none\.csv/);
    await expect(requireColumns(folder, ',', [])).rejects.toThrow('is not a file');
  });
});
