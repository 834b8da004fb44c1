export function FunnelPage() {
  return <h1 className="p-4 text-base font-semibold">FunnelPage</h1>;
}
