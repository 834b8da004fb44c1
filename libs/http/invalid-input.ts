import type { RefusalParameters } from '../eventsourcing/errors.ts';
import { given } from './given.ts';

/** One thing wrong with one part of a request. */
export interface FieldError {
  /** A path in the body (`amount.currency`), a query parameter, or the name of a header. */
  readonly field: string;
  /** The rule it breaks; stable. */
  readonly rule: string;
  readonly message: string;
  /** What the message speaks of; see the page of problems. */
  readonly parameters?: RefusalParameters;
}

/** A request that is malformed whatever the state of anything. */
export class InvalidInput extends Error {
  readonly errors: readonly FieldError[];
  constructor(errors: readonly FieldError[]) {
    super(errors.map((error) => error.message).join(' '));
    this.name = 'InvalidInput';
    this.errors = errors;
  }
}

/** A request with one thing wrong. */
export function invalid(field: string, rule: string, message: string, parameters?: RefusalParameters): InvalidInput {
  return new InvalidInput([{ field, rule, message, ...given({ parameters }) }]);
}
