import type { CategoryCondition, NumberCondition, RuleCondition } from './rule-conditions.ts';

/**
 * A rule's conditions in words: `poutcome is success and age is above 60`; `everyone` for a rule without conditions. The
 * words speak of the values that training saw; where others go, only the conditions say.
 */
export function ruleWords(conditions: readonly RuleCondition[]): string {
  return conditions.length === 0 ? 'everyone' : conditions.map(conditionWords).join(' and ');
}

/** A share as a percentage with at most one decimal: 0.7153 is `71.5 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

function conditionWords(condition: RuleCondition): string {
  return condition.kind === 'number' ? numberWords(condition) : categoryWords(condition);
}

function numberWords({ attribute, range, missing, missingSeen }: NumberCondition): string {
  if (range === null) return `${attribute} has no value`;
  const bounds = [
    ...(range.above === null ? [] : [`above ${range.above}`]),
    ...(range.atMost === null ? [] : [`at most ${range.atMost}`]),
  ];
  if (bounds.length === 0) return `${attribute} has a value`;
  return `${attribute} is ${bounds.join(' and ')}${missing && missingSeen ? ', or has no value' : ''}`;
}

function categoryWords(condition: CategoryCondition): string {
  const { attribute, categories, excluded, others, missing, othersSeen, missingSeen } = condition;
  const byExclusion = othersSeen ? others : excluded.length < categories.length;
  if (byExclusion) {
    if (excluded.length === 0) return `${attribute} has a value`;
    const negation = excluded.length === 1 ? `not ${excluded[0]}` : `none of ${excluded.join(', ')}`;
    // A missing value is none of those listed, so only its exclusion needs a word.
    return `${attribute} is ${negation}${missingSeen && !missing ? ', and has a value' : ''}`;
  }
  if (categories.length === 0) return `${attribute} has no value`;
  const listed = categories.length === 1 ? categories[0]! : `one of ${categories.join(', ')}`;
  return `${attribute} is ${listed}${missingSeen && missing ? ', or has no value' : ''}`;
}
