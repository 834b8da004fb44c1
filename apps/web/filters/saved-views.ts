import { useSyncExternalStore } from 'react';
import { watchers } from '../ui/watchers.ts';
import type { DealFilterSearch } from './cut-search.ts';

const PAGES = ['/board', '/deals'] as const;
export type ViewPage = (typeof PAGES)[number];

/** An address under a name: a page with all that stands in its search. */
export interface SavedView {
  readonly name: string;
  readonly page: ViewPage;
  readonly search: DealFilterSearch;
}

const KEY = 'dealtrail.views';
const { watch, tell } = watchers();
let views = readViews();
addEventListener('storage', (event) => event.key === KEY && become(readViews()));

/** The views of this browser, by name. */
export function useSavedViews(): readonly SavedView[] {
  return useSyncExternalStore(watch, () => views);
}

/** Keeps an address under a name; a view of the same name is replaced. */
export function saveView(view: SavedView): void {
  keep([...views.filter(({ name }) => name !== view.name), view]);
}

export function deleteView(name: string): void {
  keep(views.filter((view) => view.name !== name));
}

function keep(next: readonly SavedView[]): void {
  localStorage.setItem(KEY, JSON.stringify(next));
  become(next);
}

function become(next: readonly SavedView[]): void {
  views = next.toSorted((left, right) => left.name.localeCompare(right.name));
  tell();
}

function readViews(): readonly SavedView[] {
  const kept: unknown = parsed(localStorage.getItem(KEY) ?? '[]');
  if (!Array.isArray(kept)) return [];
  // What the page cannot mean is dropped as from any address.
  return kept.flatMap(({ name, page, search }: { name?: unknown; page?: unknown; search?: object }) => {
    const known = PAGES.find((each) => each === page);
    return typeof name === 'string' && name !== '' && known ? [{ name, page: known, search: { ...search } }] : [];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whatever else was written there is no list of views.
    return [];
  }
}
