import { LeaseLost } from '../errors.ts';
import type { Lease } from '../read-model-store.ts';
import type { Connection } from './read-model-connection.ts';

/** Takes or renews a lease; a released one keeps its row without an owner, so that its tokens go on rising. */
export function acquireLease(
  { statement }: Connection,
  name: string,
  owner: string,
  milliseconds: number,
): Lease | { readonly heldBy: string } {
  const now = Date.now();
  const taken = statement(
    `INSERT INTO read_model_leases AS held VALUES (?, ?, 1, ?)
     ON CONFLICT DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at,
       token = held.token + (held.owner IS NOT excluded.owner)
     WHERE held.owner IS NULL OR held.owner = excluded.owner OR held.expires_at <= ?
     RETURNING token`,
  ).get(name, owner, now + milliseconds, now) as unknown as [number] | undefined;
  if (taken) return { name, owner, token: taken[0] };
  const holder = statement('SELECT owner FROM read_model_leases WHERE name = ?').get(name) as unknown as [string];
  return { heldBy: holder[0] };
}

export function releaseLease({ statement }: Connection, { name, owner, token }: Lease): void {
  const sql = 'UPDATE read_model_leases SET owner = NULL WHERE name = ? AND owner = ? AND token = ?';
  statement(sql).run(name, owner, token);
}

/** Throws `LeaseLost` where the lease is not this holder's any more. An expired lease nobody has taken still holds. */
export function checkLease({ statement }: Connection, { name, owner, token }: Lease): void {
  const sql = 'SELECT 1 FROM read_model_leases WHERE name = ? AND owner = ? AND token = ?';
  if (!statement(sql).get(name, owner, token)) throw new LeaseLost(name);
}
