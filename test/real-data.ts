import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';

const root = process.env['DEALTRAIL_REAL_DATA'] ?? new URL('../../shared/data', import.meta.url).pathname;

/** Where a set of real data lies. */
export function realData(set: string): string {
  return join(root, set);
}

/** Registers tests that need a set of real data where it is; elsewhere one that says that they are left out. */
export function describeOnRealData(set: string, title: string, tests: (folder: string) => void): void {
  const folder = realData(set);
  if (existsSync(folder)) {
    describe(`Of real data, ${title}`, () => {
      tests(folder);
    });
  } else {
    process.stdout.write(`Left out: ${title}, as ${set} is neither beside the project nor in DEALTRAIL_REAL_DATA.\n`);
    test(`${title} is left out without the real data`, () => {
      expect(existsSync(folder)).toBe(false);
    });
  }
}

/** The rows of a CSV file, read without any of our own code. */
export function readCsv(folder: string, file: string): readonly Readonly<Record<string, string>>[] {
  return parse(readFileSync(join(folder, file)), { bom: true, columns: true });
}

/** The answers computed independently. */
export function readGolden<Golden>(folder: string): Golden {
  return JSON.parse(readFileSync(join(folder, 'golden.json'), 'utf8')) as Golden;
}

const PRECISION = 1e-12;

/** Equal, figures that are not whole within a trillionth of their size. */
export function expectSame(actual: unknown, golden: unknown, path = ''): void {
  if (typeof golden === 'number' && typeof actual === 'number' && !Number.isInteger(golden)) {
    expect([path, Math.abs(actual - golden) <= PRECISION * Math.abs(golden)]).toEqual([path, true]);
  } else if (typeof golden === 'object' && golden !== null) {
    expect([path, Object.keys(actual as object).toSorted()]).toEqual([path, Object.keys(golden).toSorted()]);
    for (const [key, value] of Object.entries(golden))
      expectSame(Reflect.get(actual as object, key), value, `${path}/${key}`);
  } else expect([path, actual]).toEqual([path, golden]);
}
