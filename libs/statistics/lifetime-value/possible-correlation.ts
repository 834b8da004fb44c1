import { pearsonCorrelation, type Correlation } from '../forecasting/correlation.ts';
import { StatisticsError } from '../statistics-error.ts';

/**
 * Pearson's correlation, or null where there is none to tell: with less than four pairs, or with a side that is the same
 * throughout. Throws StatisticsError for anything else that is wrong.
 */
export function possibleCorrelation(xs: readonly number[], ys: readonly number[]): Correlation | null {
  try {
    return pearsonCorrelation(xs, ys);
  } catch (error) {
    if (error instanceof StatisticsError && (error.code === 'too_few' || error.code === 'no_variation')) return null;
    throw error;
  }
}
