import type { AttributeEncoding, CategoryEncoding, NumberEncoding } from './attribute-encoding.ts';
import type { Attributes } from './attribute-values.ts';
import { attributeOf, isMissing } from './attribute-values.ts';
import type { DecisionTree } from './decision-tree.ts';

/** What a rule asks of a number. */
export interface NumberCondition {
  readonly kind: 'number';
  readonly attribute: string;
  /** The numbers that fulfil it: more than `above`, at most `atMost`, null for no bound. Null where no number does. */
  readonly range: { readonly above: number | null; readonly atMost: number | null } | null;
  /** Whether a missing value fulfils it. */
  readonly missing: boolean;
  /** Whether training saw missing values; the words speak only of what it saw. */
  readonly missingSeen: boolean;
}

/** What a rule asks of a category; booleans are the categories `true` and `false`. */
export interface CategoryCondition {
  readonly kind: 'category';
  readonly attribute: string;
  /** The learned categories that fulfil it, and those that do not. */
  readonly categories: readonly string[];
  readonly excluded: readonly string[];
  /** Whether every other category fulfils it: those too rare to learn from, and those never seen. */
  readonly others: boolean;
  /** Whether a missing value fulfils it. */
  readonly missing: boolean;
  /** Whether training saw rare categories and missing values; the words speak only of what it saw. */
  readonly othersSeen: boolean;
  readonly missingSeen: boolean;
}

export type RuleCondition = NumberCondition | CategoryCondition;

/** Whether somebody fulfils a condition. */
export function fulfils(attributes: Attributes, condition: RuleCondition): boolean {
  const value = attributeOf(attributes, condition.attribute);
  if (isMissing(value)) return condition.missing;
  if (condition.kind === 'category') {
    const { categories, excluded, others } = condition;
    return others ? !excluded.includes(String(value)) : categories.includes(String(value));
  }
  const { range } = condition;
  if (typeof value !== 'number' || range === null) return false;
  return (range.above === null || value > range.above) && (range.atMost === null || value <= range.atMost);
}

/** Places from one to before another. */
interface Interval {
  readonly from: number;
  readonly to: number;
}

/** The conditions of each leaf, by its number: at most one per attribute, in the order of first asking. */
export function conditionsOfLeaves(
  tree: DecisionTree,
  encodings: readonly AttributeEncoding[],
): readonly (readonly RuleCondition[])[] {
  const leaves: RuleCondition[][] = [];
  const walk = (node: DecisionTree, asked: ReadonlyMap<number, Interval>): void => {
    if ('leaf' in node) {
      leaves[node.leaf] = [...asked].map(([column, interval]) => conditionOf(encodings[column]!, interval));
      return;
    }
    const { from, to } = asked.get(node.column) ?? { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
    walk(node.below, new Map(asked).set(node.column, { from, to: Math.min(to, node.bound) }));
    walk(node.above, new Map(asked).set(node.column, { from: Math.max(from, node.bound), to }));
  };
  walk(tree, new Map());
  return leaves;
}

function conditionOf(encoding: AttributeEncoding, interval: Interval): RuleCondition {
  return encoding.kind === 'number' ? numberCondition(encoding, interval) : categoryCondition(encoding, interval);
}

function numberCondition(
  { name, upper, missing, missingSeen }: NumberEncoding,
  { from, to }: Interval,
): NumberCondition {
  const above = from > 0 ? upper[from - 1]! : null;
  const atMost = to <= upper.length ? upper[to - 1]! : null;
  return {
    kind: 'number',
    attribute: name,
    range: to <= 0 ? null : { above, atMost },
    missing: missing >= from && missing < to,
    missingSeen,
  };
}

function categoryCondition(encoding: CategoryEncoding, { from, to }: Interval): CategoryCondition {
  const { name, kind, places, missing, others, missingSeen, othersSeen } = encoding;
  const within = (place: number): boolean => place >= from && place < to;
  const learned = (fulfilling: boolean): readonly string[] =>
    places
      .filter((category, place) => category !== null && within(place) === fulfilling)
      .map(String)
      .toSorted();
  return {
    kind: 'category',
    attribute: name,
    categories: learned(true),
    excluded: learned(false),
    others: kind === 'category' && within(others),
    missing: within(missing),
    othersSeen,
    missingSeen,
  };
}
