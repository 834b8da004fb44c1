export function OperationsPage() {
  return <h1 className="p-4 text-base font-semibold">OperationsPage</h1>;
}
