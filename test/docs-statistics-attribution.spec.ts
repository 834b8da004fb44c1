import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { attribution, type AttributionModel } from '../libs/statistics/attribution/attribution.ts';
import { conversionRateShapley } from '../libs/statistics/attribution/conversion-rate-shapley.ts';

function page(name: string): string {
  return readFileSync(`docs/statistics/${name}.md`, 'utf8');
}

/** The rows of the table under a heading that begins so, cell by cell. */
function tableOf(text: string, heading: string): readonly (readonly string[])[] {
  const lines = text.slice(text.indexOf('\n## A worked example')).split('\n');
  const cells = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const first = lines.findIndex((line) => line.startsWith('|') && cells(line).join().startsWith(heading));
  const behind = lines.slice(first + 2);
  return behind
    .slice(
      0,
      behind.findIndex((line) => !line.startsWith('|')),
    )
    .map(cells);
}

/** As written, to the last digit that is written. */
function expectWritten(written: string | undefined, figure: number): void {
  const digits = written!.split('.')[1]?.length ?? 0;
  expect([written, Math.abs(figure - Number(written)) <= 0.5 * 10 ** -digits + 1e-12]).toEqual([written, true]);
}

const [, csv] = /<!-- example -->\s+```csv\n([^`]+)```/.exec(page('attribution-rules'))!;
const journeys = parse<Record<'path' | 'conversions' | 'value' | 'nulls', string>>(csv!, { columns: true }).map(
  (row) => ({
    channels: row.path.split(' > '),
    conversions: Number(row.conversions),
    value: Number(row.value),
    nulls: Number(row.nulls),
  }),
);
const { credits, markov } = attribution(journeys, { direct: ['direct'] });

describe('the pages of attribution', () => {
  test('have the figures of the rules right', () => {
    const models = ['firstTouch', 'lastTouch', 'lastNonDirect', 'linear', 'position', 'timeDecay'] as const;
    const rows = tableOf(page('attribution-rules'), `channel,${models.join()}`);
    expect(rows.map(([channel]) => channel)).toEqual(credits.linear!.map(({ channel }) => channel));
    for (const [index, [, ...figures]] of rows.entries()) {
      for (const [column, model] of models.entries())
        expectWritten(figures[column], credits[model]![index]!.conversions);
    }
  });

  test('name every model that is answered', () => {
    const text = ['attribution-rules', 'markov', 'shapley'].map(page).join('\n');
    for (const model of Object.keys(credits) as AttributionModel[]) expect(text).toContain(`\`${model}\``);
  });

  test('have the transitions and removal effects of the Markov chain right', () => {
    const text = page('markov');
    const transitions = tableOf(text, 'from,to,probability');
    expect(transitions).toHaveLength(markov[0]!.transitions.length);
    for (const [index, { from, to, probability }] of markov[0]!.transitions.entries()) {
      const target = typeof to === 'string' ? `(${to})` : to[0];
      expect(transitions[index]!.slice(0, 2)).toEqual([from[0] ?? '(start)', target]);
      expectWritten(transitions[index]![2], probability);
    }
    const rows = tableOf(text, 'channel,removal effect');
    expect(rows).toHaveLength(4);
    for (const [index, [channel, effect, conversions, onValue, value]] of rows.entries()) {
      const found = markov[0]!.removalEffects[index]!;
      expect(found.channel).toBe(channel);
      expectWritten(effect, found.conversions);
      expectWritten(conversions, credits.markov1![index]!.conversions);
      expectWritten(onValue, found.value!);
      expectWritten(value, credits.markov1![index]!.value);
    }
    const sum = markov[0]!.removalEffects.reduce((total, { conversions }) => total + conversions, 0);
    expectWritten(/add up to ([\d.]+\d),/.exec(text)![1], sum);
    const social = markov[1]!.removalEffects.find(({ channel }) => channel === 'social')!;
    expectWritten(/its removal effect is ([\d.]+\d)\./.exec(text)![1], social.conversions);
  });

  test('have the Shapley values right', () => {
    const rows = tableOf(page('shapley'), 'channel,conversions,value');
    const { rate, shares } = conversionRateShapley(journeys);
    expect(rows).toHaveLength(4);
    for (const [index, [channel, conversions, value, points]] of rows.entries()) {
      const found = credits.shapley![index]!;
      expect(found.channel).toBe(channel);
      expectWritten(conversions, found.conversions);
      expectWritten(value, found.value);
      expectWritten(points, shares[index]!.rate * 100);
    }
    expectWritten(/The rate is ([\d.]+) %/.exec(page('shapley'))![1], rate * 100);
  });
});
