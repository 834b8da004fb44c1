import { NotFound } from '../errors.ts';
import type { Position } from '../event.ts';
import type { Batch, ParkedEvent } from '../read-model-store.ts';
import type { Connection } from './read-model-connection.ts';

export function parkedOf({ statement }: Connection, generation: string): readonly ParkedEvent[] {
  const sql = 'SELECT event FROM read_model_parked WHERE generation = ? ORDER BY position, key';
  const rows = statement(sql).all(generation) as unknown as [string][];
  return rows.map(([event]) => JSON.parse(event) as ParkedEvent);
}

/** Parks and unparks what a batch says. */
export function writeParked(
  { statement }: Connection,
  { generation, park = [], unpark = [] }: Omit<Batch, 'changes'>,
): void {
  for (const event of park)
    statement('INSERT OR REPLACE INTO read_model_parked VALUES (?, ?, ?, ?)').run(
      generation.id,
      event.position,
      event.key,
      JSON.stringify(event),
    );
  for (const { key, position } of unpark)
    statement('DELETE FROM read_model_parked WHERE generation = ? AND position = ? AND key = ?').run(
      generation.id,
      position,
      key,
    );
}

export function requestParked(
  { statement }: Connection,
  generation: string,
  position: Position,
  request: NonNullable<ParkedEvent['request']>,
): void {
  const sql = `UPDATE read_model_parked SET event = json_set(event, '$.request', json(?))
    WHERE generation = ? AND position = ?`;
  const { changes } = statement(sql).run(JSON.stringify(request), generation, position);
  if (changes === 0) throw new NotFound('parked event', position);
}
