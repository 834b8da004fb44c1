import { describe, expect, test } from '@jest/globals';
import { learnResponseTree } from './response-tree.ts';
import { expectedResponse, rankTargets, scoring } from './target-list.ts';
import { plantedRows } from './testing/planted-rows.ts';

const tree = learnResponseTree(
  plantedRows(1500, 21, ({ town }) => (town === 'Lyon' ? 0.9 : 0.1)),
  { seed: 1 },
);
const [best, worst] = [tree.rules[0]!.training.rate, tree.rules.at(-1)!.training.rate];
const full = { age: 40, member: true, shoeSize: 40 };

describe('a target list', () => {
  test('puts those who are likelier to respond first, equal ones by id', () => {
    const ranked = rankTargets(tree, [
      { id: 'd', attributes: { ...full, town: 'Turin' } },
      { id: 'c', attributes: { ...full, town: 'Lyon' } },
      { id: 'b', attributes: { ...full, town: 'Turin' } },
      { id: 'a', attributes: { ...full, town: 'Lyon' } },
    ]);
    expect(ranked.map(({ id }) => id)).toEqual(['a', 'c', 'b', 'd']);
    expect(ranked.map(({ score }) => score)).toEqual([best, best, worst, worst]);
    expect(ranked[0]).toMatchObject({ rule: 0, unfamiliar: [] });
  });

  test('names the attributes whose value it never met', () => {
    const score = scoring(tree);
    expect(score({ ...full, town: 'Oslo' }).unfamiliar).toEqual(['town']);
    expect(score({}).unfamiliar).toEqual(['member', 'shoeSize', 'town']);
    expect(score({ ...full, town: 'Lyon', unheardOf: 1 })).toMatchObject({ score: best, unfamiliar: [] });
  });

  test('says what to expect of the best', () => {
    const ranked = [{ score: 0.9 }, { score: 0.5 }, { score: 0.1 }];
    expect(expectedResponse(ranked, 2)).toEqual({ targets: 2, responses: 1.4, rate: 0.7, leastScore: 0.5 });
    expect(() => expectedResponse(ranked, 4)).toThrow(
      expect.objectContaining({ code: 'out_of_range', field: 'count' }),
    );
    expect(() => expectedResponse(ranked.toReversed(), 2)).toThrow(expect.objectContaining({ code: 'not_sorted' }));
    expect(() => expectedResponse([], 1)).toThrow(expect.objectContaining({ code: 'empty' }));
  });

  test('is refused for nobody, somebody twice, or a value of another kind', () => {
    expect(() => rankTargets(tree, [])).toThrow(expect.objectContaining({ code: 'empty' }));
    const twice = { id: 'a', attributes: full };
    expect(() => rankTargets(tree, [twice, twice])).toThrow('a comes twice.');
    expect(() => rankTargets(tree, [{ id: 'a', attributes: { ...full, town: 5 } }])).toThrow(
      'targets[0].attributes.town must be a text or missing, not 5.',
    );
  });

  test('outlives being written down', () => {
    const stored = JSON.parse(JSON.stringify(tree)) as typeof tree;
    expect(scoring(stored)({ ...full, town: 'Lyon' })).toEqual(scoring(tree)({ ...full, town: 'Lyon' }));
  });
});
