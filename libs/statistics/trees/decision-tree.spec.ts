import { describe, expect, test } from '@jest/globals';
import { growTree, leafOf } from './decision-tree.ts';

const rows = (count: number, places: readonly number[], responses: number) =>
  Array.from({ length: count }, (_, index) => ({ places, responded: index < responses }));

describe('a decision tree', () => {
  test('makes a split that leaves no error, at the root and below', () => {
    expect(growTree([...rows(40, [0], 0), ...rows(40, [1], 40)], { maximumDepth: 3, minimumLeaf: 10 })).toEqual({
      column: 0,
      bound: 1,
      below: { leaf: 0 },
      above: { leaf: 1 },
    });
    const deeper = growTree([...rows(90, [0, 0], 45), ...rows(40, [1, 0], 0), ...rows(40, [1, 1], 40)], {
      maximumDepth: 2,
      minimumLeaf: 10,
    });
    expect(leafOf(deeper, [1, 1])).not.toBe(leafOf(deeper, [1, 0]));
  });

  test('asks no more than it may', () => {
    const steps = [0, 1, 2, 3].flatMap((place) => rows(100, [place], [0, 60, 20, 95][place]!));
    expect(growTree(steps, { maximumDepth: 1, minimumLeaf: 10 })).toEqual({
      column: 0,
      bound: 3,
      below: { leaf: 0 },
      above: { leaf: 1 },
    });
  });

  test('lets the few follow the others where they are too few for a leaf', () => {
    const few = [...rows(8, [2, 0], 8), ...rows(200, [0, 0], 10), ...rows(200, [0, 1], 60)];
    const tree = growTree(few, { maximumDepth: 2, minimumLeaf: 20 });
    expect(tree).toEqual({ column: 1, bound: 1, below: { leaf: 0 }, above: { leaf: 1 } });
    expect(leafOf(tree, [2, 0])).toBe(0);
  });

  test('lets the few follow from below as well', () => {
    const few = [...rows(8, [0, 0], 8), ...rows(200, [2, 0], 10), ...rows(200, [2, 1], 60)];
    const tree = growTree(few, { maximumDepth: 2, minimumLeaf: 20 });
    expect(tree).toEqual({ column: 1, bound: 1, below: { leaf: 0 }, above: { leaf: 1 } });
  });

  test('joins leaves that differ by chance alone', () => {
    const alike = [...rows(100, [0], 20), ...rows(100, [1], 36)];
    expect(growTree(alike, { maximumDepth: 2, minimumLeaf: 10 })).toEqual({ leaf: 0 });
    const unlike = [...rows(100, [0], 20), ...rows(100, [1], 45)];
    expect(growTree(unlike, { maximumDepth: 2, minimumLeaf: 10 })).toHaveProperty('bound', 1);
  });
});
