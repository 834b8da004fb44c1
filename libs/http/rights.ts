import { Forbidden } from '../eventsourcing/errors.ts';
import type { Actor } from '../eventsourcing/event.ts';

/** Who may do what beyond reading deals and reports, by what the API calls the right. */
const ROLES_WITH = {
  /** Every command on deals and pipelines but those below. */
  change: ['rep', 'manager', 'admin'],
  /** Reopen won and lost deals, withdraw ended ones. */
  undo_endings: ['manager', 'admin'],
  read_audit: ['auditor', 'manager', 'admin'],
  read_imports: ['auditor', 'manager', 'admin'],
  /** Import, and undo imports. */
  import: ['manager', 'admin'],
  /** Rebuild and roll back projections, retry and discard parked events. */
  operate: ['admin'],
} as const satisfies Record<string, readonly string[]>;

export type Right = keyof typeof ROLES_WITH;

/** Everything there is a right to. */
export const rights = Object.keys(ROLES_WITH) as Right[];

/** Whether the actor's role has a right. */
export function may({ role }: Pick<Actor, 'role'>, right: Right): boolean {
  return ROLES_WITH[right].some((one) => one === role);
}

/** Throws `Forbidden` where the actor's role has no such right; `what` completes "may …". */
export function requireRight(actor: Actor, right: Right, what: string): void {
  if (!may(actor, right)) throw new Forbidden(`Only the roles ${ROLES_WITH[right].join(', ')} may ${what}.`);
}
