import type { Position } from '../event.ts';
import type { ParkedEvent, ReadModelStore } from '../read-model-store.ts';

/** Tells what a person decided, in the build that serves, about an event that parks again in a new one. */
export type EarlierDecisions = (key: string, position: Position) => ParkedEvent['decided'];

/** Reads what people decided in the build of a projection that serves. */
export async function earlierDecisions(readModels: ReadModelStore, projection: string): Promise<EarlierDecisions> {
  const { serving } = await readModels.generations(projection);
  const parked = serving ? await readModels.parked(serving) : [];
  return (key, position) => {
    const before = parked.find((one) => one.key === key && one.position === position);
    return before?.discarded ? { action: 'discard', ...before.discarded } : before?.decided;
  };
}
