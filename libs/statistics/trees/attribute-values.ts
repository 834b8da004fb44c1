import { StatisticsError } from '../statistics-error.ts';

/** What is known of a customer in one respect. Null, undefined, an empty text and an absent name all mean: no value. */
export type AttributeValue = string | number | boolean | null | undefined;
export type Attributes = Readonly<Record<string, AttributeValue>>;
export type AttributeKind = 'number' | 'category' | 'boolean';

/** Somebody who was asked before, and whether they answered. */
export interface ResponseRow {
  readonly attributes: Attributes;
  readonly responded: boolean;
}

const KINDS: Readonly<Record<string, AttributeKind>> = { number: 'number', string: 'category', boolean: 'boolean' };

/** The value of one attribute; nothing inherited counts. */
export function attributeOf(attributes: Attributes, name: string): AttributeValue {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

/** Whether there is no value. */
export function isMissing(value: AttributeValue): value is '' | null | undefined {
  return value === undefined || value === null || value === '';
}

/**
 * The value of an attribute of a known kind, undefined where it is missing. `field` names its place for errors: `unknown`
 * for a value of another kind, `not_finite` for NaN and the infinities.
 */
export function valueOfKind(
  kind: AttributeKind,
  value: AttributeValue,
  field: string,
): string | number | boolean | undefined {
  if (isMissing(value)) return undefined;
  if (KINDS[typeof value] !== kind) {
    const wanted = kind === 'category' ? 'text' : kind;
    throw new StatisticsError(
      'unknown',
      field,
      `${field} must be a ${wanted} or missing, not ${JSON.stringify(value)}.`,
    );
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new StatisticsError('not_finite', field, `${field} must be a finite number or missing, not ${value}.`);
  }
  return value;
}

/**
 * The kinds of all attributes that have a value in some row, by name in the order of code units. Throws `unknown` for an
 * attribute that mixes kinds, `not_finite` for NaN and the infinities.
 */
export function attributeKinds(
  rows: readonly { readonly attributes: Attributes }[],
): ReadonlyMap<string, AttributeKind> {
  const kinds = new Map<string, AttributeKind>();
  rows.forEach(({ attributes }, index) => {
    for (const name of Object.keys(attributes)) {
      const value = attributes[name];
      if (isMissing(value)) continue;
      const field = `rows[${index}].attributes.${name}`;
      const kind = kinds.get(name) ?? KINDS[typeof value];
      if (kind === undefined) {
        throw new StatisticsError('unknown', field, `${field} must be a text, a number, a boolean or missing.`);
      }
      valueOfKind(kind, value, field);
      kinds.set(name, kind);
    }
  });
  return new Map([...kinds].toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
