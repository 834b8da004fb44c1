import { BEGINNING, type Position } from '../event.ts';

/** A place in EventStoreDB's log. Both halves count: events of one transaction share the commit. */
export interface LogPosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

const DIGITS = 20;
const UNSTATED = 2n ** 64n - 1n;

/** `commit/prepare`, each padded to 20 digits, the most a 64-bit number has: so texts sort as the log does. */
export function positionText({ commit, prepare }: LogPosition): Position {
  return `${String(commit).padStart(DIGITS, '0')}/${String(prepare).padStart(DIGITS, '0')}`;
}

/** The place a position text stands for; undefined for the beginning. */
export function logPosition(position: Position): LogPosition | undefined {
  if (position === BEGINNING) return undefined;
  const parts = /^(\d{20})\/(\d{20})$/.exec(position);
  if (!parts) throw new TypeError(`“${position}” is no position of an EventStoreDB log.`);
  return { commit: BigInt(parts[1]!), prepare: BigInt(parts[2]!) };
}

/** Servers that do not know where an event of a stream lies in the log answer with the greatest number there is. */
export function isStated(position: LogPosition | undefined): position is LogPosition {
  return position !== undefined && position.commit !== UNSTATED;
}
