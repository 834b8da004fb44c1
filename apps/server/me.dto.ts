import type { ACTOR_ROLES } from './config.ts';

/** Whoever holds the token of a request. */
export class MeDto {
  id!: string;
  /** What it may do. */
  role!: (typeof ACTOR_ROLES)[number];
}
