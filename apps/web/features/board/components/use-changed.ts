import { useState } from 'react';
import type { DealCard } from '../api/board.ts';

/** Which deals are at another revision than when they were read before, or came since. */
export function useChanged(cards: readonly DealCard[]): ReadonlySet<string> {
  const [seen, setSeen] = useState(() => ({ cards, latest: latestOf(cards), changed: new Set<string>() }));
  if (seen.cards === cards) return seen.changed;
  const before = new Map(seen.cards.map(({ id, revision }) => [id, revision]));
  const changed = new Set(
    cards
      .filter(({ id, revision, changedAt }) => {
        const known = before.get(id);
        // What was loaded by scrolling is old; what came into the column is not.
        return known === undefined ? changedAt > seen.latest : known < revision;
      })
      .map(({ id }) => id),
  );
  setSeen({ cards, latest: latestOf(cards), changed });
  return changed;
}

function latestOf(cards: readonly DealCard[]): string {
  return cards.reduce((latest, { changedAt }) => (changedAt > latest ? changedAt : latest), '');
}
