import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { conversionDifference } from './conversion-difference.ts';
import { fisherExactTest } from './fisher-exact-test.ts';
import { sampleSize } from './sample-size.ts';
import { sequentialTest } from './sequential-test.ts';
import { twoProportionZTest } from './two-proportion-z-test.ts';
import { judgeExperiment } from './verdict.ts';

// The tables are padded.
const page = readFileSync('docs/statistics/experiments.md', 'utf8').replaceAll(/ +/g, ' ');
const old = { name: 'old', conversions: 150, subjects: 10_000 };
const letter = { name: 'new', conversions: 230, subjects: 10_000 };

function row(figure: string, value: string) {
  return `| ${figure} | ${value} |`;
}

describe('the page of experiments', () => {
  test('has the figures of its example', () => {
    const { difference, interval } = conversionDifference(old, letter);
    const points = (share: number) => `+${(share * 100).toFixed(2)}`;
    expect(page).toContain(row('difference', `${points(difference)} percentage points`));
    const range = `${points(interval.lower)} to ${points(interval.upper)} percentage points`;
    expect(page).toContain(row('95 % interval', range));
    const { z, pValue } = twoProportionZTest(old, letter);
    expect(page).toContain(row('z', z.toFixed(2)));
    expect(page).toContain(row('p-value, z test', pValue.toFixed(7)));
    expect(page).toContain(row('p-value, Fisher', fisherExactTest(old, letter).pValue.toFixed(7)));
  });

  test('has its verdicts', () => {
    const verdictOn = (subjects: number) =>
      judgeExperiment({ control: old, variants: [{ ...letter, subjects }], smallestDifference: 0.01 }).comparisons[0]!
        .verdict.code;
    expect(page).toContain(row('verdict', `\`${verdictOn(10_000)}\``));
    expect(page).toContain(
      `Had 10,800 subjects got the new letter in place of 10,000, the verdict would be \`${verdictOn(10_800)}\``,
    );
  });

  test('has its sizes and its price of looking', () => {
    const sizeOf = (control: number, variant: number) => sampleSize({ control, variant }).control.toLocaleString('en');
    expect(page).toContain(`${sizeOf(0.05, 0.06)} subjects in each arm. From 10 % to 12 %: ${sizeOf(0.1, 0.12)}.`);
    const look = { control: { conversions: 500, subjects: 10_000 }, variant: { conversions: 600, subjects: 10_000 } };
    const once = twoProportionZTest(look.control, look.variant).pValue.toFixed(4);
    const often = sequentialTest([look]).pValue.toFixed(3);
    expect(page).toContain(`p = ${once} by the z test, and ${often} by the sequential one`);
  });
});
