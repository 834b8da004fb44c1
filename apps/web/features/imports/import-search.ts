/** What the address says about the page. */
export type ImportSearch = Readonly<Record<never, never>>;

export function importSearch(): ImportSearch {
  return {};
}
