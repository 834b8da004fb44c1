import { BEGINNING, type Position } from '../event.ts';

const DIGITS = 16;

/** The published position of the nth event of the log, counted from 1; padded, so that text sorts as the numbers do. */
export function positionOf(number: number): Position {
  return number === 0 ? BEGINNING : String(number).padStart(DIGITS, '0');
}

/**
 * The number of a position, 0 for the beginning. Takes decimals that are not padded, as people write them.
 * Throws `RangeError` for any other text.
 */
export function parsePosition(position: Position): number {
  if (position === BEGINNING) return 0;
  const number = /^\d{1,16}$/.test(position) ? Number(position) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw new RangeError(`${position} is not a position.`);
  return number;
}
