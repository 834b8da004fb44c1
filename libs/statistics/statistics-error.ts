/** Why a figure cannot be computed. Stable, for programs. */
export type StatisticsErrorCode =
  | 'empty'
  | 'not_finite'
  | 'not_whole'
  | 'out_of_range'
  | 'not_sorted'
  | 'not_unique'
  | 'unequal_lengths'
  | 'unknown'
  | 'too_few'
  | 'too_many'
  | 'no_variation'
  | 'not_converged';

/**
 * What is asked cannot be computed from what is given. `field` names the argument, or the place within it, that is at
 * fault, as in `transactions[3].amount`; the message says what is wrong with it.
 */
export class StatisticsError extends Error {
  readonly code: StatisticsErrorCode;
  readonly field: string;
  constructor(code: StatisticsErrorCode, field: string, message: string) {
    super(message);
    this.name = 'StatisticsError';
    this.code = code;
    this.field = field;
  }
}

interface Bounds {
  readonly atLeast?: number;
  readonly above?: number;
  readonly atMost?: number;
  readonly below?: number;
}

/** The number itself, where it is finite and within the bounds; otherwise throws `not_finite` or `out_of_range`. */
export function requireNumber(field: string, value: number, bounds: Bounds = {}): number {
  if (!Number.isFinite(value)) {
    throw new StatisticsError('not_finite', field, `${field} must be a finite number, not ${value}.`);
  }
  const { atLeast, above, atMost, below } = bounds;
  const fault =
    (atLeast !== undefined && value < atLeast && `at least ${atLeast}`) ||
    (above !== undefined && value <= above && `more than ${above}`) ||
    (atMost !== undefined && value > atMost && `at most ${atMost}`) ||
    (below !== undefined && value >= below && `less than ${below}`);
  if (fault) throw new StatisticsError('out_of_range', field, `${field} must be ${fault}, not ${value}.`);
  return value;
}

/** The number itself, where it is whole and within the bounds; otherwise throws also `not_whole`. */
export function requireWhole(field: string, value: number, bounds: Bounds = {}): number {
  requireNumber(field, value, bounds);
  if (!Number.isSafeInteger(value)) {
    throw new StatisticsError('not_whole', field, `${field} must be a whole number, not ${value}.`);
  }
  return value;
}

/** Throws `empty` where there is nothing to compute from. */
export function requireSome(field: string, values: { readonly length: number }): void {
  if (values.length === 0) throw new StatisticsError('empty', field, `${field} must not be empty.`);
}
