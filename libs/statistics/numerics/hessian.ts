import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { requireNumber, requireSome } from '../statistics-error.ts';

/** Curvature that rounding in the differences of a gradient may feign, as a share of the strongest curvature. */
const FLAT = 1e-9;

/**
 * Second derivatives of a function, from central differences of its gradient (four points each, error of the fourth
 * order), made symmetric. Entries are not finite where the gradient is not.
 * @param gradient of the function, one entry per coordinate
 * @param point where to differentiate
 * @param step by which each coordinate moves; for logarithms the default of 1e-3 is good for some ten digits
 */
export function hessian(
  gradient: (point: readonly number[]) => readonly number[],
  point: readonly number[],
  step = 1e-3,
): number[][] {
  requireSome('point', point);
  requireNumber('step', step, { above: 0 });
  const rows = point.map((_, index) => {
    const moved = (by: number): readonly number[] =>
      gradient(point.map((coordinate, other) => (other === index ? coordinate + by : coordinate)));
    const [far, near, nearBelow, farBelow] = [moved(2 * step), moved(step), moved(-step), moved(-2 * step)];
    return point.map((_other, i) => (8 * (near[i]! - nearBelow[i]!) - (far[i]! - farBelow[i]!)) / (12 * step));
  });
  return rows.map((row, i) => row.map((entry, j) => (entry + rows[j]![i]!) / 2));
}

/**
 * Covariance of maximum-likelihood estimates: the inverse of the Hessian of the negative log-likelihood, which is the
 * observed information. Null where that is not safely positive definite: then some direction is not identified, and no
 * standard error exists.
 */
export function covarianceOf(information: readonly (readonly number[])[]): number[][] | null {
  requireSome('information', information);
  if (!information.flat().every(Number.isFinite)) return null;
  const { realEigenvalues } = decomposed(information);
  if (!(Math.min(...realEigenvalues) > FLAT * Math.max(...realEigenvalues))) return null;
  return inverseOf(information);
}

/**
 * As `covarianceOf`, but where some direction is flat, or bends the wrong way, its curvature is taken to be the least
 * one given: the variance there comes out as 1/least, and other directions are left alone. Null where an entry is not
 * finite.
 */
export function boundedCovarianceOf(information: readonly (readonly number[])[], least: number): number[][] | null {
  requireSome('information', information);
  requireNumber('least', least, { above: 0 });
  if (!information.flat().every(Number.isFinite)) return null;
  const { eigenvectorMatrix: vectors, realEigenvalues } = decomposed(information);
  return information.map((row, i) =>
    row.map((_, j) =>
      realEigenvalues.reduce(
        (sum, value, k) => sum + (vectors.get(i, k) * vectors.get(j, k)) / Math.max(value, least),
        0,
      ),
    ),
  );
}

/**
 * Standard errors of parameters that were estimated as logarithms (delta method): each parameter times the standard
 * error of its logarithm.
 * @param covariance of the logarithms
 */
export function errorsOfExponentials(
  parameters: readonly number[],
  covariance: readonly (readonly number[])[],
): number[] {
  return parameters.map((parameter, index) => parameter * Math.sqrt(covariance[index]![index]!));
}

function inverseOf(matrix: readonly (readonly number[])[]): number[][] {
  // Scaling to a unit diagonal keeps strong and weak directions from swamping each other.
  const scale = matrix.map((row, index) => Math.sqrt(row[index]!));
  const scaled = new Matrix(matrix.map((row, i) => row.map((entry, j) => entry / (scale[i]! * scale[j]!))));
  const { eigenvectorMatrix: vectors, realEigenvalues } = new EigenvalueDecomposition(scaled, {
    assumeSymmetric: true,
  });
  return matrix.map((row, i) =>
    row.map(
      (_, j) =>
        realEigenvalues.reduce((sum, value, k) => sum + (vectors.get(i, k) * vectors.get(j, k)) / value, 0) /
        (scale[i]! * scale[j]!),
    ),
  );
}

function decomposed(symmetric: readonly (readonly number[])[]): EigenvalueDecomposition {
  const matrix = new Matrix(symmetric.map((row) => [...row]));
  return new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
}
