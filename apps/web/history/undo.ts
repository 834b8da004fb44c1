import { createContext, useContext } from 'react';
import type { DealPipeline } from './deal-words.ts';

/** Something done to a deal that can be taken back. */
export interface Undoable {
  readonly deal: DealPipeline & { readonly id: string; readonly currency: string | null };
  /** Where the deal is now that it was done. */
  readonly revision: number;
  /**
   * Takes it back on the deal at a revision. Throws the problem where that is refused; called again, it goes on where it
   * was stopped.
   */
  readonly takeBack: (revision: number) => Promise<void>;
}

/** Says that something was done, and offers for a while to take it back. */
export type OfferUndo = (said: string, undoable: Undoable) => void;

export const UndoContext = createContext<OfferUndo | undefined>(undefined);

/** The one who offers to take things back, by the button of a toast or by Ctrl Z, on whatever page somebody is by then. */
export function useOfferUndo(): OfferUndo {
  const offer = useContext(UndoContext);
  if (!offer) throw new Error('Nobody offers to take things back here.');
  return offer;
}

/** Carries out what takes something back, one after the other, and goes on where it was stopped. */
export function inTurn<Step>(
  steps: readonly Step[],
  carryOut: (revision: number, step: Step) => Promise<{ readonly revision: number }>,
): Undoable['takeBack'] {
  const left = [...steps];
  return async (revision) => {
    let at = revision;
    for (let step = left[0]; step !== undefined; step = left[0]) {
      ({ revision: at } = await carryOut(at, step));
      left.shift();
    }
  };
}
