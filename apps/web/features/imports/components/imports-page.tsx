export function ImportsPage() {
  return <h1 className="p-4 text-base font-semibold">ImportsPage</h1>;
}
