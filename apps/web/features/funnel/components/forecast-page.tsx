export function ForecastPage() {
  return <h1 className="p-4 text-base font-semibold">ForecastPage</h1>;
}
