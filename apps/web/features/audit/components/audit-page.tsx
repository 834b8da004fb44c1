export function AuditPage() {
  return <h1 className="p-4 text-base font-semibold">AuditPage</h1>;
}
