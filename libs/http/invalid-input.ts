/** One thing wrong with one part of a request. */
export interface FieldError {
  /** A path in the body (`amount.currency`), a query parameter, or the name of a header. */
  readonly field: string;
  /** The rule it breaks; stable. */
  readonly rule: string;
  readonly message: string;
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
export function invalid(field: string, rule: string, message: string): InvalidInput {
  return new InvalidInput([{ field, rule, message }]);
}
