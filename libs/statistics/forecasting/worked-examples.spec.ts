import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { pearsonCorrelation, spearmanCorrelation, type Correlation } from './correlation.ts';
import { kaplanMeier } from './kaplan-meier.ts';
import { robustTrend } from './robust-trend.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** The tables are padded. */
function page(name: string) {
  return readFileSync(`docs/statistics/${name}.md`, 'utf8').replaceAll(/ +/g, ' ');
}

function numbersAfter(text: string, start: string): readonly number[] {
  const [, list] = text.split(start) as [string, string];
  return /^[^\n)]*/.exec(list)![0].match(/\d+/g)!.map(Number);
}

describe('the page of learned rates and durations', () => {
  const text = page('learned-rates-and-durations');

  test('has the curve of its example', () => {
    const ended = [10, 20, 30].map((time) => ({ time, ended: true }));
    const still = [15, 40, 50].map((time) => ({ time, ended: false }));
    const { curve, median, p75 } = kaplanMeier([...ended, ...still]);
    for (const { time, atRisk, survival } of curve.filter((step) => step.ended > 0)) {
      const line = text.split('\n').find((each) => each.startsWith(`| ${time} | ${atRisk} | 1 |`));
      expect(line).toContain(`= ${survival.toFixed(3)} |`);
    }
    expect(text).toContain(
      `The median is ${median.time} days; the three that ended, alone, would have said ${kaplanMeier(ended).median.time}.`,
    );
    expect(p75.reason).toContain('58.3 %');
    expect(text).toContain('no p75: 58.3 % have');
  });

  test('has the interval of two deals', () => {
    const percent = (share: number) => (share * 100).toFixed(0);
    const { lower, upper } = wilsonInterval(2, 2);
    expect(text).toContain(`an interval from ${percent(lower)} % to ${percent(upper)} %`);
  });
});

describe('the page of trends and correlation', () => {
  const text = page('trends-and-correlation');

  test('has the trend of its example', () => {
    const { slope, interval, mannKendallS, pValue } = robustTrend(
      numbersAfter(text, '| month |'),
      numbersAfter(text, '| won |'),
    );
    expect(text).toContain(`| slope | ${slope.toFixed(2)} deals a month |`);
    expect(text).toContain(`| 95 % interval | ${interval!.lower.toFixed(2)} to ${interval!.upper.toFixed(2)} |`);
    expect(text).toContain(`| Mann–Kendall S | ${mannKendallS} |`);
    expect(text).toContain(`| p-value | ${pValue.toFixed(5)} |`);
  });

  test('has the correlations of its example', () => {
    const [people, hours] = [numbersAfter(text, 'intelligence ('), numbersAfter(text, 'television a week (')];
    const row = ({ coefficient, interval }: Correlation) =>
      `| ${coefficient.toFixed(2)} | ${interval.lower.toFixed(2)} to ${interval.upper.toFixed(2)} |`.replaceAll(
        '-',
        '−',
      );
    expect(text).toContain(`| Pearson's ${row(pearsonCorrelation(people, hours))}`);
    expect(text).toContain(`| Spearman's ${row(spearmanCorrelation(people, hours))}`);
  });
});
