import type { ClientSession, Db } from 'mongodb';
import { LeaseLost } from '../errors.ts';
import type { Lease } from '../read-model-store.ts';
import { checkpointsOf, inSession } from './mongodb-registry.ts';

interface StoredLease {
  readonly _id: string;
  readonly owner: string | null;
  readonly token: number;
  readonly expiresAt: Date;
}

const leasesOf = (database: Db) => database.collection<StoredLease>('_leases');

/** Takes or renews a lease, by the server's clock, in one step. */
export async function acquireLease(
  database: Db,
  name: string,
  owner: string,
  milliseconds: number,
): Promise<Lease | { readonly heldBy: string }> {
  const mine = { $eq: ['$owner', { $literal: owner }] };
  // Missing sorts before every date, so a lease never held is free as well.
  const free = { $lte: ['$expiresAt', '$$NOW'] };
  const expiresAt = { $add: ['$$NOW', milliseconds] };
  const held = await leasesOf(database).findOneAndUpdate(
    { _id: name },
    [
      {
        $set: {
          owner: { $cond: [{ $or: [mine, free] }, { $literal: owner }, '$owner'] },
          token: { $cond: [mine, '$token', { $cond: [free, { $add: [{ $ifNull: ['$token', 0] }, 1] }, '$token'] }] },
          expiresAt: { $cond: [{ $or: [mine, free] }, expiresAt, '$expiresAt'] },
        },
      },
    ],
    { upsert: true, returnDocument: 'after' },
  );
  if (held?.owner !== owner) return { heldBy: String(held?.owner) };
  // Whoever held it before can move no checkpoint from here on, even with a write that has passed its check.
  await checkpointsOf(database).updateMany(
    { 'lease.name': name, 'lease.token': { $lt: held.token } },
    { $set: { 'lease.token': held.token } },
  );
  return { name, owner, token: held.token };
}

export async function releaseLease(database: Db, lease: Lease): Promise<void> {
  await leasesOf(database).updateOne(filterOf(lease), { $set: { owner: null, expiresAt: new Date(0) } });
}

/** Throws `LeaseLost` where the lease was given back or somebody else has come; one merely expired is still held. */
export async function checkLease(database: Db, lease: Lease, session?: ClientSession): Promise<void> {
  const held = await leasesOf(database).findOne(filterOf(lease), inSession(session));
  if (!held) throw new LeaseLost(lease.name);
}

const filterOf = ({ name, owner, token }: Lease) => ({ _id: name, owner, token });
