import { requireNumber, requireSome, requireWhole, StatisticsError } from '../statistics-error.ts';
import { placing } from './attribute-encoding.ts';
import type { Attributes } from './attribute-values.ts';
import { leafOf } from './decision-tree.ts';
import type { ResponseTree } from './response-tree.ts';

/** What a tree expects of somebody. */
export interface ResponseScore {
  /** Chance to respond, from 0 to 1: the training response of the rule. */
  readonly score: number;
  /** The rule, as an index into the tree's rules. */
  readonly rule: number;
  /** Attributes whose value training knew not at all, or too rarely to learn from; a typical value stood in. */
  readonly unfamiliar: readonly string[];
}

/** Somebody who may be asked. */
export interface Target {
  readonly id: string;
  readonly attributes: Attributes;
}

export interface ScoredTarget extends ResponseScore {
  readonly id: string;
}

/** What to expect of the best of a target list. */
export interface ExpectedResponse {
  readonly targets: number;
  /** The sum of their scores; need not be whole. */
  readonly responses: number;
  readonly rate: number;
  /** The score of the last of them. */
  readonly leastScore: number;
}

/**
 * A function that scores people by a tree. Attributes that the tree does not know are ignored; an absent one counts as
 * missing. It throws `unknown` or `not_finite` for a value of another kind than in training.
 */
export function scoring(tree: ResponseTree): (attributes: Attributes, field?: string) => ResponseScore {
  const finders = tree.encodings.map((encoding) => ({ name: encoding.name, find: placing(encoding) }));
  return (attributes, field = 'attributes') => {
    const found = finders.map(({ name, find }) => ({ name, ...find(attributes, field) }));
    const leaf = leafOf(
      tree.tree,
      found.map(({ place }) => place),
    );
    const rule = tree.ruleOfLeaf[leaf]!;
    return {
      score: tree.rules[rule]!.training.rate,
      rule,
      unfamiliar: found.filter(({ familiar }) => !familiar).map(({ name }) => name),
    };
  };
}

/**
 * The targets with their scores, best first, equal ones by their ids in the order of code units. Throws `empty` without
 * targets, `not_unique` for an id that comes twice, and what `scoring` throws.
 */
export function rankTargets(tree: ResponseTree, targets: readonly Target[]): readonly ScoredTarget[] {
  requireSome('targets', targets);
  const score = scoring(tree);
  const seen = new Set<string>();
  return targets
    .map(({ id, attributes }, index) => {
      if (seen.has(id)) throw new StatisticsError('not_unique', `targets[${index}].id`, `${id} comes twice.`);
      seen.add(id);
      return { id, ...score(attributes, `targets[${index}].attributes`) };
    })
    .toSorted((left, right) => right.score - left.score || (left.id < right.id ? -1 : 1));
}

/**
 * What to expect when the best `count` of a ranked list are asked. Throws `empty` for an empty list, `not_finite` or
 * `out_of_range` for what is no score, and `not_sorted` where the scores do not fall; `count` is from 1 to the length of the list.
 */
export function expectedResponse(ranked: readonly Pick<ScoredTarget, 'score'>[], count: number): ExpectedResponse {
  requireSome('ranked', ranked);
  requireWhole('count', count, { atLeast: 1, atMost: ranked.length });
  ranked.forEach(({ score }, index) => {
    requireNumber(`ranked[${index}].score`, score, { atLeast: 0, atMost: 1 });
    if (index > 0 && score > ranked[index - 1]!.score) {
      throw new StatisticsError('not_sorted', `ranked[${index}]`, `ranked[${index}] scores above the one before it.`);
    }
  });
  const chosen = ranked.slice(0, count);
  const responses = chosen.reduce((sum, { score }) => sum + score, 0);
  return { targets: count, responses, rate: responses / count, leastScore: chosen.at(-1)!.score };
}
