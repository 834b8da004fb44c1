/** One field that differs; absent sides are undefined. */
export interface FieldChange {
  /** A path with dots; parts of an array that differs are not told apart. */
  readonly field: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** Field by field, what differs between two plain states. A record that is not there is one without fields. */
export function fieldChanges(before: object, after: object, path = ''): FieldChange[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].flatMap((name) => {
    const from: unknown = Reflect.get(before, name);
    const to: unknown = Reflect.get(after, name);
    const field = path + name;
    const [left, right] = [from === undefined ? to : from, to === undefined ? from : to];
    if (isRecord(left) && isRecord(right)) return fieldChanges(from ?? {}, to ?? {}, `${field}.`);
    if (JSON.stringify(from) === JSON.stringify(to)) return [];
    return [{ field, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
  });
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
