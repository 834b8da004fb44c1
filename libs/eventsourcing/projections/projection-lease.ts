import { hostname } from 'node:os';
import type { Lease, ReadModelStore } from '../read-model-store.ts';

/**
 * Takes or renews a lease as `acquireLease` does, and besides takes over at once what a process of this host left
 * behind when it was killed: nobody waits for a lease to expire after a crash. Owners are told apart as `<host>:<pid>`,
 * with anything behind a slash; of others nothing is assumed.
 */
export async function takeLease(
  store: ReadModelStore,
  name: string,
  owner: string,
  milliseconds: number,
): Promise<Lease | { readonly heldBy: string }> {
  const held = await store.acquireLease(name, owner, milliseconds);
  if ('token' in held || !hasEnded(held.heldBy)) return held;
  // Given back in its name, so that the store counts its token up as after any release.
  const left = await store.acquireLease(name, held.heldBy, milliseconds);
  if ('token' in left) await store.releaseLease(left);
  return store.acquireLease(name, owner, milliseconds);
}

function hasEnded(owner: string): boolean {
  const [, host, pid] = /^([^/]+):(\d+)(?:\/.*)?$/.exec(owner) ?? [];
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
