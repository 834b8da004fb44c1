export function BoardPage() {
  return <h1 className="p-4 text-base font-semibold">BoardPage</h1>;
}
