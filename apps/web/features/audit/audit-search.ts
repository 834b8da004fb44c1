/** What the address says about the page. */
export type AuditSearch = Readonly<Record<never, never>>;

export function auditSearch(): AuditSearch {
  return {};
}
