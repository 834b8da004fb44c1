import { Forbidden, NotFound, RuleViolation, type RefusalParameters } from '../eventsourcing/errors.ts';
import { given } from '../http/given.ts';

/** Why a row was refused, or a deal left as it is, told as problems are. */
export interface BrokenRule {
  /** Stable; absent in reports of versions that told none. */
  readonly code?: string;
  /** In English. */
  readonly rule: string;
  /** What `rule` speaks of; see the page of problems. */
  readonly parameters?: RefusalParameters;
}

/** A rule that a source broke. */
export function brokenRule(code: string, rule: string, parameters?: RefusalParameters): BrokenRule {
  return { code, rule, ...given({ parameters }) };
}

/** The rule that refused a command; throws everything that is not such a refusal. */
export function ruleOf(error: unknown): BrokenRule {
  if (error instanceof RuleViolation) {
    const { code, message: rule, parameters } = error;
    return { code, rule, ...given({ parameters }) };
  }
  if (error instanceof Forbidden) return { code: 'forbidden', rule: error.message };
  if (error instanceof NotFound) return { code: 'not_found', rule: error.message };
  throw error;
}
