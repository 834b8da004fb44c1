export function WinLossPage() {
  return <h1 className="p-4 text-base font-semibold">WinLossPage</h1>;
}
