import { DecisionTreeRegression } from 'ml-cart';
import type { CartNode } from 'ml-cart';

/** Rows whose place in a column lies below a bound go to `below`, the others to `above`. */
export interface Fork {
  readonly column: number;
  readonly bound: number;
  readonly below: DecisionTree;
  readonly above: DecisionTree;
}

/** Numbered from 0, in the order of a walk that takes `below` first. */
export interface Leaf {
  readonly leaf: number;
}

export type DecisionTree = Fork | Leaf;

export interface GrowthLimits {
  /** Questions asked on any path, at most. */
  readonly maximumDepth: number;
  /** Training rows in a leaf, at least. */
  readonly minimumLeaf: number;
}

/**
 * Two leaves closer than this many standard errors are one. Each fork is the best of very many tried, so it takes more
 * than the usual 1.96: by chance alone one given fork in a thousand gets so far.
 */
const STANDARD_ERRORS = 3.29;

/** A row of whole numbers, one per column, and its answer. */
export interface PlacedRow {
  readonly places: readonly number[];
  readonly responded: boolean;
}

/**
 * Grows a classification tree on whole numbers (CART: Breiman, Friedman, Olshen and Stone 1984), with ml-cart. Its
 * regression on answers of 0 and 1 is the classification by Gini's impurity: the squared error of n such answers with
 * mean p is n·p·(1 − p).
 *
 * What the library lacks is done here. A fork that leaves too few rows on one side is dropped, and those rows follow
 * the other side; leaves of one fork whose responses differ by chance alone become one.
 */
export function growTree(rows: readonly PlacedRow[], limits: GrowthLimits): DecisionTree {
  // ml-cart tries a split wherever the answer changes along a sorted column, not wherever the value does. By answer, that
  // is in front of every value with both answers; with each column's mirror beside it, also behind them.
  const byAnswer = rows.toSorted((left, right) => Number(left.responded) - Number(right.responded));
  const library = new DecisionTreeRegression({
    maxDepth: limits.maximumDepth,
    minNumSamples: 2 * limits.minimumLeaf - 1,
  });
  library.train(
    byAnswer.map(({ places }) => [...places, ...places.map((place) => -place)]),
    byAnswer.map(({ responded }) => Number(responded)),
  );
  const pruned = prune(library.root, byAnswer, limits, 0);
  let leaves = 0;
  const number = (node: Unnumbered): DecisionTree =>
    'column' in node ? { ...node, below: number(node.below), above: number(node.above) } : { leaf: leaves++ };
  return number(pruned);
}

/** The number of the leaf that a row falls into. */
export function leafOf(tree: DecisionTree, places: readonly number[]): number {
  let node = tree;
  while ('column' in node) node = places[node.column]! < node.bound ? node.below : node.above;
  return node.leaf;
}

interface UnnumberedFork {
  readonly column: number;
  readonly bound: number;
  readonly below: Unnumbered;
  readonly above: Unnumbered;
}
type Unnumbered = UnnumberedFork | { readonly end: true };

function prune(
  node: CartNode | undefined,
  rows: readonly PlacedRow[],
  limits: GrowthLimits,
  depth: number,
): Unnumbered {
  const fork = node && forkOf(node, rows[0]!.places.length, depth < limits.maximumDepth);
  if (!fork) return { end: true };
  const below = rows.filter(({ places }) => places[fork.column]! < fork.bound);
  const above = rows.filter(({ places }) => places[fork.column]! >= fork.bound);
  const tooFew = [below, above].map(({ length }) => length < limits.minimumLeaf);
  if (tooFew[0] && tooFew[1]) return { end: true };
  if (tooFew[0]) return prune(fork.right, rows, limits, depth + 1);
  if (tooFew[1]) return prune(fork.left, rows, limits, depth + 1);
  const [left, right] = [prune(fork.left, below, limits, depth + 1), prune(fork.right, above, limits, depth + 1)];
  if ('end' in left && 'end' in right && !differ(below, above)) return { end: true };
  return { column: fork.column, bound: fork.bound, below: left, above: right };
}

interface FoundFork {
  readonly column: number;
  readonly bound: number;
  readonly left: CartNode | undefined;
  readonly right: CartNode | undefined;
}

function forkOf(node: CartNode, columns: number, mayFork: boolean): FoundFork | undefined {
  const { splitColumn: column, splitValue, gain, left, right } = node;
  if (column === undefined || splitValue === undefined) return undefined;
  // ml-cart finds a split that leaves no error at all, and then does not make it.
  const perfect = mayFork && gain === 0;
  if (!perfect && (left === undefined || right === undefined)) return undefined;
  return column < columns
    ? { column, bound: Math.ceil(splitValue), left, right }
    : { column: column - columns, bound: Math.floor(-splitValue) + 1, left: right, right: left };
}

function differ(one: readonly PlacedRow[], other: readonly PlacedRow[]): boolean {
  const [first, second] = [answers(one), answers(other)];
  const pooled = (first + second) / (one.length + other.length);
  const gap = first / one.length - second / other.length;
  return gap * gap > STANDARD_ERRORS ** 2 * pooled * (1 - pooled) * (1 / one.length + 1 / other.length);
}

function answers(rows: readonly PlacedRow[]): number {
  return rows.filter(({ responded }) => responded).length;
}
