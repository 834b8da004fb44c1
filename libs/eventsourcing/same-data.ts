/** Whether two plain JSON values say the same; a property that is absent equals one that is undefined. */
export function sameData(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => sameData(Reflect.get(left, key), Reflect.get(right, key)));
}

/** As `sameData`, but for what has the same fields nearly always: asked of every detail after every event. */
export function sameDocument(left: object, right: object): boolean {
  if (Object.keys(left).length !== Object.keys(right).length) return sameData(left, right);
  for (const name in right) {
    const one: unknown = Reflect.get(left, name);
    const other: unknown = Reflect.get(right, name);
    if (one !== other && !sameData(one, other)) return false;
  }
  return true;
}
