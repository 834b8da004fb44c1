import type { TObject, TSchema } from '../libs/eventsourcing/schema.ts';

/** What a property may hold, in a few words: `text of 1 to 500`, `"open" or "won"`, `list of money`. */
export function typeText(schema: TSchema): string {
  const union = schema['anyOf'] as readonly TSchema[] | undefined;
  if (union) return unionText(union);
  if (schema['const'] !== undefined) return JSON.stringify(schema['const']);
  switch (schema['type']) {
    case 'string':
      return stringText(schema);
    case 'integer':
      return schema['maximum'] === 10_000 ? 'basis points' : rangeText('whole number', schema);
    case 'array':
      return `list of ${typeText(schema['items'] as TSchema).replace(/^object$/, 'objects')}`;
    case 'object':
      return objectText(schema);
    default:
      return String(schema['type']);
  }
}

export interface Property {
  /** A path: `amount`, `stages[].name`, `summary.reason`. */
  readonly path: string;
  readonly type: TSchema;
  readonly required: boolean;
}

/** The properties of an object, with those of nested objects behind each. */
export function propertiesOf(schema: TObject, prefix = ''): readonly Property[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties).flatMap(([name, type]) => {
    const path = prefix + name;
    const inner = innerObjectOf(type);
    const inside = inner ? propertiesOf(inner.object, `${path}${inner.listed ? '[]' : ''}.`) : [];
    return [{ path, type, required: required.has(name) }, ...inside];
  });
}

function innerObjectOf(type: TSchema): { readonly object: TObject; readonly listed: boolean } | undefined {
  const union = type['anyOf'] as readonly TSchema[] | undefined;
  const [only, ...others] = union?.filter(({ type: kind }) => kind !== 'null') ?? [type];
  if (!only || others.length > 0) return undefined;
  const listed = only['type'] === 'array';
  const object = (listed ? only['items'] : only) as TSchema;
  return object['properties'] && !isMoney(object) ? { object: object as TObject, listed } : undefined;
}

/** A table of Markdown; bars within cells are escaped. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function unionText(union: readonly TSchema[]): string {
  const known = union.flatMap((each) => (each['anyOf'] as readonly TSchema[] | undefined) ?? [each]);
  const values = known.filter(({ type }) => type !== 'null').map(typeText);
  return [...new Set(values), ...(values.length < known.length ? ['null'] : [])].join(' or ');
}

const patterns: Readonly<Record<string, string>> = {
  '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$': 'timestamp',
  '^\\d{4}-\\d{2}-\\d{2}$': 'day',
  '^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$': 'identifier',
  '^[A-Z]{3}$': 'currency',
};

function stringText(schema: TSchema): string {
  const pattern = schema['pattern'] as string | undefined;
  if (pattern !== undefined) return patterns[pattern] ?? `text like \`${pattern}\``;
  const longest = schema['maxLength'] as number | undefined;
  if (longest === undefined) return 'text';
  return `text of ${Number(schema['minLength'] ?? 0)} to ${longest.toLocaleString('en')}`;
}

function rangeText(what: string, { minimum, maximum }: TSchema): string {
  const unbounded = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER;
  if (minimum === undefined) return what;
  return unbounded ? `${what} from ${minimum}` : `${what} from ${minimum} to ${maximum}`;
}

function objectText(schema: TSchema): string {
  if (isMoney(schema)) return 'money';
  return schema['properties'] ? 'object' : 'object of texts';
}

function isMoney(schema: TSchema): boolean {
  return Object.keys((schema['properties'] as object | undefined) ?? {}).join() === 'minorUnits,currency';
}
