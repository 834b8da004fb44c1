import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { assignVariant, type WeightedVariant } from './assignment.ts';
import { sampleRatioMismatch } from './sample-ratio.ts';

const subjects = Array.from({ length: 8_000 }, (_, index) => `customer-${index}`);
const plan: readonly WeightedVariant[] = [
  { name: 'as it was', weight: 50 },
  { name: 'green', weight: 30 },
  { name: 'blue', weight: 20 },
];

function assigned(variants: readonly WeightedVariant[], experiment = 'button') {
  return new Map(subjects.map((subject) => [subject, assignVariant(experiment, subject, variants)]));
}

function withWeight(name: string, weight: number): readonly WeightedVariant[] {
  return plan.map((variant) => (variant.name === name ? { name, weight } : variant));
}

const planned = assigned(plan);

/** From where to where subjects moved, each way once. */
function moves(after: readonly WeightedVariant[]): readonly string[] {
  const later = assigned(after);
  const moved = [...planned].filter(([subject, variant]) => later.get(subject) !== variant);
  return [...new Set(moved.map(([subject, variant]) => `${variant} → ${later.get(subject)}`))].toSorted();
}

describe('the assignment of subjects to variants', () => {
  test('is the same for ever', () => {
    const first = subjects.slice(0, 12).map((subject) => assignVariant('button', subject, plan));
    expect(first).toEqual([
      'green',
      'as it was',
      'green',
      'as it was',
      'as it was',
      'as it was',
      'green',
      'as it was',
      'as it was',
      'green',
      'green',
      'as it was',
    ]);
  });

  test('depends on nothing but the experiment, the subject and the weights', () => {
    const names = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(names, names, (experiment, subject) => {
        const variant = assignVariant(experiment, subject, plan);
        expect(assignVariant(experiment, subject, plan.toReversed())).toBe(variant);
        const scaled = plan.map(({ name, weight }) => ({ name, weight: weight / 64 }));
        expect(assignVariant(experiment, subject, scaled)).toBe(variant);
      }),
    );
  });

  test('gives each variant its share', () => {
    const counts = Map.groupBy(planned.values(), (name) => name);
    const allocations = plan.map(({ name, weight }) => ({ subjects: counts.get(name)!.length, weight }));
    expect(sampleRatioMismatch(allocations).pValue).toBeGreaterThan(0.01);
  });

  test('of one experiment does not follow that of another', () => {
    const [button, letter] = [planned, assigned(plan, 'letter')];
    const both = subjects.filter((subject) => button.get(subject) === 'green');
    const counts = Map.groupBy(both, (subject) => letter.get(subject)!);
    const allocations = plan.map(({ name, weight }) => ({ subjects: counts.get(name)!.length, weight }));
    expect(sampleRatioMismatch(allocations).pValue).toBeGreaterThan(0.01);
  });

  test('moves subjects only into a variant that gets more weight, and out of one that gets less', () => {
    expect(moves(withWeight('green', 60))).toEqual(['as it was → green', 'blue → green']);
    expect(moves(withWeight('green', 10))).toEqual(['green → as it was', 'green → blue']);
    expect(moves([...plan, { name: 'red', weight: 5 }])).toEqual(['as it was → red', 'blue → red', 'green → red']);
    expect(moves(plan.slice(0, 2))).toEqual(['blue → as it was', 'blue → green']);
  });

  test('moves no more subjects than the shares ask for', () => {
    const after = assigned(withWeight('green', 60));
    const moved = [...planned].filter(([subject, variant]) => after.get(subject) !== variant).length;
    // 30 of 100 become 60 of 130.
    expect(moved / subjects.length).toBeCloseTo(60 / 130 - 30 / 100, 2);
  });

  test('gives nobody to a variant without weight', () => {
    expect(new Set(assigned(withWeight('blue', 0)).values())).toEqual(new Set(['as it was', 'green']));
    expect(assignVariant('button', 'a', [{ name: 'only', weight: 1e-9 }])).toBe('only');
  });

  test('is refused for a plan that is none', () => {
    expect(() => assignVariant('', 'a', plan)).toThrow('experiment');
    expect(() => assignVariant('button', '', plan)).toThrow('subject');
    expect(() => assignVariant('button', 'a', [])).toThrow('variants');
    expect(() => assignVariant('button', 'a', [...plan, plan[0]!])).toThrow('variants[3].name comes twice');
    expect(() => assignVariant('button', 'a', [{ name: 'green', weight: -1 }])).toThrow('variants[0].weight');
    expect(() => assignVariant('button', 'a', [{ name: 'green', weight: 0 }])).toThrow('above 0');
    expect(() => assignVariant('button', 'a', [{ name: 'green', weight: Number.NaN }])).toThrow('finite');
  });
});
