import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { requireNumber, requireSome } from '../statistics-error.ts';

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
 * observed information. Where some direction is flat, or bends the wrong way, its curvature is taken to be the least one
 * given: the variance there comes out as 1/least, and other directions are left alone. Null where an entry is not finite.
 */
export function covarianceOf(information: readonly (readonly number[])[], least: number): number[][] | null {
  requireSome('information', information);
  requireNumber('least', least, { above: 0 });
  if (!information.flat().every(Number.isFinite)) return null;
  const { eigenvectorMatrix: vectors, realEigenvalues } = new EigenvalueDecomposition(
    new Matrix(information.map((row) => [...row])),
    { assumeSymmetric: true },
  );
  return information.map((row, i) =>
    row.map((_, j) =>
      realEigenvalues.reduce(
        (sum, value, k) => sum + (vectors.get(i, k) * vectors.get(j, k)) / Math.max(value, least),
        0,
      ),
    ),
  );
}
