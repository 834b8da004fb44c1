import type { Position } from '../event.ts';
import type { ParkedEvent, ReadModelStore } from '../read-model-store.ts';

/** Tells since when an event that parks in a new build was parked in the one that serves, and what was decided there. */
export type ParkedBefore = (key: string, position: Position) => Partial<Pick<ParkedEvent, 'parkedAt' | 'decided'>>;

/** Reads what is parked in the build of a projection that serves. */
export async function parkedBefore(readModels: ReadModelStore, projection: string): Promise<ParkedBefore> {
  const { serving } = await readModels.generations(projection);
  const parked = serving ? await readModels.parked(serving) : [];
  const known = new Map(parked.map((one) => [placeOf(one.key, one.position), one]));
  return (key, position) => {
    const before = known.get(placeOf(key, position));
    if (!before) return {};
    const { parkedAt, discarded } = before;
    const decided = discarded ? { action: 'discard' as const, ...discarded } : before.decided;
    return { parkedAt, ...(decided && { decided }) };
  };
}

function placeOf(key: string, position: Position): string {
  return `${position} ${key}`;
}
