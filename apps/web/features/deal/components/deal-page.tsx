export function DealPage() {
  return <h1 className="p-4 text-base font-semibold">DealPage</h1>;
}
