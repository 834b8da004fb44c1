import { requireNumber, requireSome, requireWhole, StatisticsError } from '../statistics-error.ts';
import type { AttributeEncoding } from './attribute-encoding.ts';
import { learnEncoding, placing } from './attribute-encoding.ts';
import type { AttributeKind, ResponseRow } from './attribute-values.ts';
import { attributeKinds } from './attribute-values.ts';
import type { DecisionTree, PlacedRow } from './decision-tree.ts';
import { growTree, leafOf } from './decision-tree.ts';
import { requireLearnable } from './learning-floor.ts';
import type { LiftDecile } from './lift-table.ts';
import { liftTable } from './lift-table.ts';
import { rankedAuc } from './ranked-auc.ts';
import type { ResponseRule } from './response-rule.ts';
import { compareRules, describeRule } from './response-rule.ts';
import { conditionsOfLeaves } from './rule-conditions.ts';
import { percent } from './rule-words.ts';
import { stratifiedSplit } from './stratified-split.ts';

export interface ResponseTreeOptions {
  /** Decides which rows are held out; a whole number from 0 to 2³¹ − 1. */
  readonly seed: number;
  /** Questions on the way to any rule, at most; 1 to 10, 5 where left out. */
  readonly maximumDepth?: number;
  /** Training rows under any rule, at least; 5 or more, 50 where left out. */
  readonly minimumLeaf?: number;
  /** Share of the rows that only measures; 0.1 to 0.5, 0.3 where left out. */
  readonly holdOutShare?: number;
  /** Attributes to leave aside, as those known only after the response. */
  readonly without?: readonly string[];
}

/** How well one attribute by itself ranks the training rows. */
export interface AttributeStrength {
  readonly name: string;
  readonly kind: AttributeKind;
  /** Distinct places the tree can tell apart. An attribute with one is of no use. */
  readonly places: number;
  /** The area under its ROC curve, the better of both directions: 0.5 to 1. */
  readonly auc: number;
}

/** Groups of customers by their expected response, learned from past answers. Plain data. */
export interface ResponseTree {
  /** Best response first. Everybody falls under exactly one. */
  readonly rules: readonly ResponseRule[];
  /** Measured on the rows held out. */
  readonly quality: { readonly auc: number; readonly lift: readonly LiftDecile[] };
  readonly trainingRows: number;
  readonly holdOutRows: number;
  /** Strongest first. */
  readonly attributes: readonly AttributeStrength[];
  /** What to doubt before using it, in words. */
  readonly warnings: readonly string[];
  /** How values become places in the tree, and which leaf is which rule: for `scoreOf`. */
  readonly encodings: readonly AttributeEncoding[];
  readonly tree: DecisionTree;
  readonly ruleOfLeaf: readonly number[];
}

/** One attribute alone seldom tells so much about an honest question. */
const SUSPICIOUS_AUC = 0.75;

/**
 * Learns who responds: a classification tree (CART) on mixed attributes, as rules in words, with its quality on rows
 * that it never saw. The same rows, in whatever order, and the same seed give the same tree.
 *
 * Rates are shares from 0 to 1. Throws `StatisticsError`: `empty` without rows; `too_few` for too few rows, or too few of
 * either answer, to learn and to measure; `too_many` rows for the attributes; `no_variation` where no attribute tells
 * rows apart; `unknown` for an attribute that mixes kinds or an unknown name in `without`; `not_finite`, `not_whole` or
 * `out_of_range` for bad numbers.
 */
export function learnResponseTree(rows: readonly ResponseRow[], options: ResponseTreeOptions): ResponseTree {
  const { seed, maximumDepth, minimumLeaf, holdOutShare, without } = checkedOptions(options);
  requireSome('rows', rows);
  const kinds = new Map(attributeKinds(rows));
  for (const name of without) {
    if (!kinds.delete(name)) throw new StatisticsError('unknown', 'without', `No row has a value of ${name}.`);
  }
  const names = [...kinds.keys()];
  const responses = rows.filter(({ responded }) => responded).length;
  requireLearnable(responses, rows.length - responses, names.length, holdOutShare, minimumLeaf);

  const { training, holdOut } = stratifiedSplit(rows, names, holdOutShare, seed);
  const encodings = names.map((name) => learnEncoding(name, kinds.get(name)!, training, minimumLeaf));
  const [placedTraining, placedHoldOut] = [placeRows(training, encodings), placeRows(holdOut, encodings)];
  const attributes = strengths(encodings, placedTraining);
  if (attributes.every(({ places }) => places === 1)) {
    throw new StatisticsError(
      'no_variation',
      'rows',
      `None of the ${names.length} attributes tells rows apart: each has one value, or only values of fewer than ` +
        `${minimumLeaf} rows.`,
    );
  }
  const tree = growTree(placedTraining, { maximumDepth, minimumLeaf });
  const { rules, ruleOfLeaf } = rulesOf(tree, encodings, placedTraining, placedHoldOut);
  const scores = placedHoldOut.map(({ places }) => rules[ruleOfLeaf[leafOf(tree, places)]!]!.training.rate);
  const answers = holdOut.map(({ responded }) => responded);
  return {
    rules,
    quality: { auc: rankedAuc(scores, answers), lift: liftTable(scores, answers) },
    trainingRows: training.length,
    holdOutRows: holdOut.length,
    attributes,
    warnings: warningsOf(rules, attributes),
    encodings,
    tree,
    ruleOfLeaf,
  };
}

function checkedOptions(options: ResponseTreeOptions): Required<ResponseTreeOptions> {
  return {
    seed: requireWhole('seed', options.seed, { atLeast: 0, atMost: 2 ** 31 - 1 }),
    maximumDepth: requireWhole('maximumDepth', options.maximumDepth ?? 5, { atLeast: 1, atMost: 10 }),
    minimumLeaf: requireWhole('minimumLeaf', options.minimumLeaf ?? 50, { atLeast: 5 }),
    holdOutShare: requireNumber('holdOutShare', options.holdOutShare ?? 0.3, { atLeast: 0.1, atMost: 0.5 }),
    without: options.without ?? [],
  };
}

function placeRows(rows: readonly ResponseRow[], encodings: readonly AttributeEncoding[]): readonly PlacedRow[] {
  const finders = encodings.map(placing);
  return rows.map(({ attributes, responded }) => ({
    places: finders.map((find) => find(attributes, 'attributes').place),
    responded,
  }));
}

function strengths(encodings: readonly AttributeEncoding[], rows: readonly PlacedRow[]): readonly AttributeStrength[] {
  const answers = rows.map(({ responded }) => responded);
  return encodings
    .map(({ name, kind }, column) => {
      const places = rows.map((row) => row.places[column]!);
      const auc = rankedAuc(places, answers);
      return { name, kind, places: new Set(places).size, auc: Math.max(auc, 1 - auc) };
    })
    .toSorted((left, right) => right.auc - left.auc || (left.name < right.name ? -1 : 1));
}

function rulesOf(
  tree: DecisionTree,
  encodings: readonly AttributeEncoding[],
  training: readonly PlacedRow[],
  holdOut: readonly PlacedRow[],
): Pick<ResponseTree, 'rules' | 'ruleOfLeaf'> {
  const [trained, held] = [training, holdOut].map((rows) =>
    Map.groupBy(rows, ({ places }) => leafOf(tree, places)),
  ) as [Map<number, PlacedRow[]>, Map<number, PlacedRow[]>];
  const answersIn = (leaves: Map<number, PlacedRow[]>, leaf: number): boolean[] =>
    (leaves.get(leaf) ?? []).map(({ responded }) => responded);
  const ofLeaves = conditionsOfLeaves(tree, encodings).map((conditions, leaf) =>
    describeRule(conditions, answersIn(trained, leaf), answersIn(held, leaf)),
  );
  const rules = ofLeaves.toSorted(compareRules);
  return { rules, ruleOfLeaf: ofLeaves.map((rule) => rules.indexOf(rule)) };
}

function warningsOf(rules: readonly ResponseRule[], attributes: readonly AttributeStrength[]): readonly string[] {
  return [
    ...attributes
      .filter(({ auc }) => auc >= SUSPICIOUS_AUC)
      .map(
        ({ name, auc }) =>
          `${name} alone ranks with an AUC of ${Math.round(auc * 100) / 100}. Was it known before they were asked? ` +
          `If not, learn without it.`,
      ),
    ...(rules.length === 1 ? ['Nothing was found that tells responders from others: everyone is expected alike.'] : []),
    ...rules
      .filter(({ calibration }) => calibration.verdict === 'promises too much')
      .map(
        ({ words, training, holdOut }) =>
          `"${words}" promises ${percent(training.rate)}, and of those held out ${percent(holdOut.rate!)} responded.`,
      ),
  ];
}
