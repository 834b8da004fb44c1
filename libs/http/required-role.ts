import { Forbidden } from '../eventsourcing/errors.ts';
import type { Actor } from '../eventsourcing/event.ts';

/** Throws `Forbidden` where the actor has none of the roles; `what` completes "may …". */
export function requireRole({ role }: Actor, roles: readonly string[], what: string): void {
  if (!roles.includes(role)) throw new Forbidden(`Only the roles ${roles.join(', ')} may ${what}.`);
}
