/** Waits until a condition holds; fails after ten seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`Waited too long for ${String(condition)}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
