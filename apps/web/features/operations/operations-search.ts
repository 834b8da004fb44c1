/** What the address says about the page. */
export type OperationsSearch = Readonly<Record<never, never>>;

export function operationsSearch(): OperationsSearch {
  return {};
}
