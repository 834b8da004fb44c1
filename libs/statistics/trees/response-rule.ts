import type { Interval } from '../forecasting/wilson-interval.ts';
import { wilsonInterval } from '../forecasting/wilson-interval.ts';
import type { Attributes } from './attribute-values.ts';
import type { ResponseCount } from './response-count.ts';
import { countResponses } from './response-count.ts';
import type { RuleCondition } from './rule-conditions.ts';
import { fulfils } from './rule-conditions.ts';
import { percent, ruleWords } from './rule-words.ts';

/** A group of customers that a tree tells from all others, and how they responded. */
export interface ResponseRule {
  /** All must be fulfilled; none means everyone. At most one per attribute. */
  readonly conditions: readonly RuleCondition[];
  /** The conditions in words. */
  readonly words: string;
  /** The words with response and support in training: `poutcome is success → 64.1 % of 912`. */
  readonly sentence: string;
  /** The rows it was learned from. Their rate is what the rule expects of others. */
  readonly training: ResponseCount & { readonly rate: number };
  readonly holdOut: ResponseCount;
  readonly calibration: Calibration;
}

/** Whether rows that were held out responded as the rule expects. Of sound rules, about one in twenty does not agree. */
export type Calibration =
  | { readonly verdict: 'agrees' | 'promises too much' | 'promises too little'; readonly interval: Interval }
  | { readonly verdict: 'not measured'; readonly interval: null };

/** Describes a leaf by its conditions and the answers of the rows in it. */
export function describeRule(
  conditions: readonly RuleCondition[],
  training: readonly boolean[],
  holdOut: readonly boolean[],
): ResponseRule {
  const learned = countResponses(training);
  const rate = learned.responses / learned.rows;
  const held = countResponses(holdOut);
  const words = ruleWords(conditions);
  return {
    conditions,
    words,
    sentence: `${words} → ${percent(rate)} of ${learned.rows}`,
    training: { ...learned, rate },
    holdOut: held,
    calibration: calibrationOf(rate, held),
  };
}

/** Whether somebody falls under a rule. */
export function matchesRule(attributes: Attributes, { conditions }: ResponseRule): boolean {
  return conditions.every((condition) => fulfils(attributes, condition));
}

/** Better rules first; of equal ones the better supported, then by their words. */
export function compareRules(left: ResponseRule, right: ResponseRule): number {
  return (
    right.training.rate - left.training.rate ||
    right.training.rows - left.training.rows ||
    (left.words < right.words ? -1 : Number(left.words > right.words))
  );
}

function calibrationOf(expected: number, { rows, responses }: ResponseCount): Calibration {
  if (rows === 0) return { verdict: 'not measured', interval: null };
  const interval = wilsonInterval(responses, rows);
  if (expected > interval.upper) return { verdict: 'promises too much', interval };
  if (expected < interval.lower) return { verdict: 'promises too little', interval };
  return { verdict: 'agrees', interval };
}
