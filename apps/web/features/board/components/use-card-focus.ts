import { useCallback, useEffect, useMemo, useRef, type FocusEvent } from 'react';

/** What the board tells a column to do. */
export interface ColumnHandle {
  /** Puts the focus on the card at that place, or the last one; says whether there is one. */
  focusCard(index: number): boolean;
  /** Puts the focus on the card of a deal; says whether it is here. */
  focusDeal(deal: string): boolean;
}

/** Where a card is that has the focus. */
export interface CardPlace {
  readonly deal: string;
  readonly stage: string;
  readonly index: number;
}

export interface CardFocus {
  readonly onFocus: (place: CardPlace) => void;
  readonly onBlur: (event: FocusEvent) => void;
  /** Lets a deal have the focus once it is on the board, unless something else has it then. */
  readonly follow: (deal: string) => void;
  /** Gives the focus back where what had it is gone; to be called whenever cards were drawn. */
  readonly restore: () => void;
}

/**
 * Keeps the focus on the board: it follows a card that is drawn anew elsewhere, and goes to the next one at the place
 * of a card that left. While `isBusy`, by a drag, a menu or a dialog, it stays where it is. At first it goes to the deal
 * that was opened from here.
 */
export function useCardFocus(
  columns: { readonly current: ReadonlyMap<string, ColumnHandle> },
  isBusy: { readonly current: boolean },
  opened: string | undefined,
): CardFocus {
  const kept = useRef<Partial<CardPlace>>(undefined);
  // Not only at first: the board is still drawn for whoever comes back before the deal was.
  useEffect(() => {
    if (opened !== undefined) kept.current ??= { deal: opened };
  }, [opened]);
  const onFocus = useCallback((place: CardPlace) => {
    kept.current = place;
  }, []);
  const onBlur = useCallback(({ target, relatedTarget }: FocusEvent) => {
    // The whole window lost it, or what was asked for the card has it: it will come back.
    if (target === document.activeElement || relatedTarget?.closest('[role=dialog], [role=menu]')) return;
    kept.current = undefined;
  }, []);
  const follow = useCallback((deal: string) => {
    kept.current = { deal };
  }, []);
  const restore = useCallback(() => {
    const { deal, stage, index = 0 } = kept.current ?? {};
    if (deal === undefined || isBusy.current || !isLost(document.activeElement)) return;
    const handles = [...columns.current.values()];
    if (handles.some((column) => column.focusDeal(deal)) || stage === undefined) return;
    if (!columns.current.get(stage)?.focusCard(index) && !handles.some((column) => column.focusCard(index)))
      document.querySelector('main')?.focus();
  }, [columns, isBusy]);
  return useMemo(() => ({ onFocus, onBlur, follow, restore }), [onFocus, onBlur, follow, restore]);
}

/** Whether nothing has the focus, or only the page as a whole, or a toast that is about to vanish. */
function isLost(focused: Element | null): boolean {
  return focused === null || focused.matches('body, main') || focused.closest('[data-sonner-toaster]') !== null;
}
