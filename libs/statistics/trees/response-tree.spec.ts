import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { ResponseRow } from './attribute-values.ts';
import { matchesRule } from './response-rule.ts';
import { learnResponseTree } from './response-tree.ts';
import { scoring } from './target-list.ts';
import { plantedRows } from './testing/planted-rows.ts';

const members = plantedRows(1000, 1, ({ member }) => (member ? 0.95 : 0.05));
const mixed = (seed: number) =>
  plantedRows(1200, seed, ({ age, town }) => {
    if (town === 'Lyon') return 0.8;
    if (age === null) return 0.6;
    return age > 60 ? 0.5 : 0.1;
  });

describe('a response tree', () => {
  test('finds the group that responds to 95 % among those that respond to 5 %', () => {
    const { rules, quality, warnings } = learnResponseTree(members, { seed: 7 });
    expect(rules.map(({ words }) => words)).toEqual(['member is true', 'member is false']);
    expect(rules[0]!.training.rate).toBeGreaterThan(0.92);
    expect(rules[1]!.training.rate).toBeLessThan(0.08);
    expect(rules[0]!.sentence).toMatch(/^member is true → 9\d(\.\d)? % of 3\d\d$/);
    expect(quality.auc).toBeGreaterThan(0.9);
    expect(quality.lift[0]!.lift).toBeGreaterThan(1.7);
    expect(warnings[0]).toMatch(/^member alone ranks with an AUC of 0\.9\d\. Was it known before they were asked\?/);
  });

  test('finds rules on numbers, categories and missing values together', () => {
    const { rules } = learnResponseTree(mixed(3), { seed: 1 });
    expect(rules[0]!.words).toContain('town is Lyon');
    const words = rules.map((rule) => rule.words).join('\n');
    expect(words).toMatch(/age is above (59|60|61)/);
    expect(words).toContain('age has no value');
  });

  test('puts everybody under exactly one rule, which is the one that scores them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (seed) => {
        const rows = mixed(seed);
        const tree = learnResponseTree(rows, { seed, minimumLeaf: 20 });
        const score = scoring(tree);
        const strangers = [{}, { age: 1e9, town: 'Oslo', member: null }, { age: -5, town: '' }, { shoeSize: 40.5 }];
        for (const attributes of [...rows.map((row) => row.attributes), ...strangers]) {
          const matching = tree.rules.filter((rule) => matchesRule(attributes, rule));
          expect(matching).toEqual([tree.rules[score(attributes).rule]]);
        }
      }),
      { numRuns: 10 },
    );
  });

  test('sums to the rows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (seed) => {
        const rows = mixed(seed);
        const { rules, trainingRows, holdOutRows } = learnResponseTree(rows, { seed, minimumLeaf: 20 });
        const sum = (figure: (rule: (typeof rules)[number]) => number) =>
          rules.reduce((total, rule) => total + figure(rule), 0);
        expect(sum(({ training }) => training.rows)).toBe(trainingRows);
        expect(sum(({ holdOut }) => holdOut.rows)).toBe(holdOutRows);
        expect(trainingRows + holdOutRows).toBe(rows.length);
        expect(sum(({ training, holdOut }) => training.responses + holdOut.responses)).toBe(
          rows.filter(({ responded }) => responded).length,
        );
        expect(rules.every(({ training }) => training.rows >= 20 && training.rate >= 0 && training.rate <= 1)).toBe(
          true,
        );
        const rates = rules.map(({ training }) => training.rate);
        expect(rates).toEqual(rates.toSorted((left, right) => right - left));
      }),
      { numRuns: 10 },
    );
  });

  test('is the same for the same rows in any order, and the same seed', () => {
    const rows = mixed(5);
    const shuffled = [...rows.slice(400).toReversed(), ...rows.slice(0, 400)].map(({ attributes, responded }) => ({
      attributes: Object.fromEntries(Object.entries(attributes).toReversed()),
      responded,
    }));
    expect(learnResponseTree(shuffled, { seed: 2 })).toEqual(learnResponseTree(rows, { seed: 2 }));
    expect(learnResponseTree(rows, { seed: 3 }).quality.auc).not.toBe(learnResponseTree(rows, { seed: 2 }).quality.auc);
  });

  test('changes only its words when categories change their names', () => {
    // The alphabet is kept, so that the rows held out are the same.
    const names: Record<string, string> = { Ghent: 'Aachen', Lyon: 'Bonn', Porto: 'Cork', Turin: 'Delft' };
    const renamed = (rows: readonly ResponseRow[]) =>
      rows.map(({ attributes, responded }) => ({
        attributes: { ...attributes, town: names[attributes['town'] as string]! },
        responded,
      }));
    const [before, after] = [mixed(8), renamed(mixed(8))].map((rows) => learnResponseTree(rows, { seed: 4 }).rules);
    const translated = (words: string) => words.replaceAll(/Ghent|Lyon|Porto|Turin/g, (name) => names[name]!);
    expect(after!.map(({ words }) => words)).toEqual(before!.map(({ words }) => translated(words)));
    expect(after!.map(({ training }) => training)).toEqual(before!.map(({ training }) => training));
  });

  test('holds out the share it is told to, and calls no attribute worse than chance', () => {
    const tree = learnResponseTree(members, { seed: 7, holdOutShare: 0.1 });
    expect([tree.trainingRows, tree.holdOutRows]).toEqual([900, 100]);
    const falling = plantedRows(600, 2, ({ shoeSize }) => (Number(shoeSize) > 40 ? 0.1 : 0.9));
    expect(learnResponseTree(falling, { seed: 1 }).attributes[0]).toMatchObject({ name: 'shoeSize', kind: 'number' });
  });

  test('leaves aside what it is told to', () => {
    const tree = learnResponseTree(members, { seed: 7, without: ['member'] });
    expect(tree.attributes.map(({ name }) => name)).not.toContain('member');
    expect(() => learnResponseTree(members, { seed: 7, without: ['duration'] })).toThrow(
      expect.objectContaining({ code: 'unknown', field: 'without' }),
    );
  });

  test('says so where nothing tells responders from others', () => {
    const tree = learnResponseTree(
      plantedRows(600, 11, () => 0.5),
      { seed: 1, maximumDepth: 1, minimumLeaf: 150 },
    );
    expect(tree.rules.map(({ words }) => words)).toEqual(['everyone']);
    expect(tree.quality.auc).toBe(0.5);
    expect(tree.warnings).toEqual(['Nothing was found that tells responders from others: everyone is expected alike.']);
  });

  test('measures each rule on rows that it never saw', () => {
    const { rules } = learnResponseTree(members, { seed: 2 });
    const { holdOut, calibration } = rules[0]!;
    expect(holdOut.rows).toBeGreaterThan(100);
    expect(calibration.verdict).toBe('agrees');
    expect(calibration.interval!.lower).toBeLessThan(holdOut.rate!);
    expect(calibration.interval!.upper).toBeGreaterThan(holdOut.rate!);
  });
});

describe('learning a response tree', () => {
  const learn = (rows: readonly ResponseRow[], options = {}) => {
    return () => learnResponseTree(rows, { seed: 1, ...options });
  };
  const refusing = (code: string, field: string) => expect.objectContaining({ name: 'StatisticsError', code, field });

  test('is refused under a floor, with the numbers it takes', () => {
    expect(learn([])).toThrow(refusing('empty', 'rows'));
    expect(learn(members.slice(0, 100))).toThrow('at least 144 rows');
    const hardlyAny = members.map((row, index) => ({ ...row, responded: index % 50 === 0 }));
    expect(learn(hardlyAny)).toThrow('at least 36 rows that responded (25 to learn from, 10 to measure with), not 20.');
    expect(learn(hardlyAny)).toThrow(refusing('too_few', 'rows'));
    expect(learn(members.map((row) => ({ ...row, responded: true })))).toThrow('that did not respond');
    expect(learn(members, { holdOutShare: 0.1 })).not.toThrow();
    expect(
      learn(
        members.map((row, index) => ({ ...row, responded: index < 60 })),
        { holdOutShare: 0.1 },
      ),
    ).toThrow('at least 100 rows that responded');
  });

  test('is refused where no attribute varies, or only by names that come once', () => {
    const alike = members.map(({ responded }) => ({ attributes: { town: 'Ghent', age: 30 }, responded }));
    expect(learn(alike)).toThrow(refusing('no_variation', 'rows'));
    const names = members.map(({ responded }, index) => ({ attributes: { name: `customer ${index}` }, responded }));
    expect(learn(names)).toThrow('only values of fewer than 50 rows');
    expect(learn(members.map(({ responded }) => ({ attributes: {}, responded })))).toThrow('None of the 0 attributes');
  });

  test('is refused for what is no attribute or no option', () => {
    const broken = (value: string | number) =>
      members.map((row, index) => (index === 3 ? { ...row, attributes: { ...row.attributes, shoeSize: value } } : row));
    expect(learn(broken('large'))).toThrow('rows[3].attributes.shoeSize must be a number or missing, not "large".');
    expect(learn(broken(Number.NaN))).toThrow(refusing('not_finite', 'rows[3].attributes.shoeSize'));
    expect(learn(members, { maximumDepth: 0 })).toThrow(refusing('out_of_range', 'maximumDepth'));
    expect(learn(members, { minimumLeaf: 5.5 })).toThrow(refusing('not_whole', 'minimumLeaf'));
    expect(learn(members, { holdOutShare: 0.9 })).toThrow(refusing('out_of_range', 'holdOutShare'));
    expect(learn(members, { seed: Number.NaN })).toThrow(refusing('not_finite', 'seed'));
  });
});
