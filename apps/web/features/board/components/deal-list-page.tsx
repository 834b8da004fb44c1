export function DealListPage() {
  return <h1 className="p-4 text-base font-semibold">DealListPage</h1>;
}
