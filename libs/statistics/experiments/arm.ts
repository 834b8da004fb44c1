import { requireWhole } from '../statistics-error.ts';

/** One variant of an experiment as counted: how many subjects it was shown to and how many of them converted. */
export interface Arm {
  readonly subjects: number;
  readonly conversions: number;
}

/** The share of the subjects that converted. Throws `StatisticsError` for counts that cannot be. */
export function requireArm(field: string, { subjects, conversions }: Arm): number {
  requireWhole(`${field}.subjects`, subjects, { atLeast: 1 });
  requireWhole(`${field}.conversions`, conversions, { atLeast: 0, atMost: subjects });
  return conversions / subjects;
}
