import type { AttributeValue, ResponseRow } from './attribute-values.ts';
import { attributeOf, isMissing } from './attribute-values.ts';
import type { ResponseCount } from './response-count.ts';
import { countResponses } from './response-count.ts';
import { requireNumber, requireSome, StatisticsError } from '../statistics-error.ts';

/** The response of those who share one value. The value is null for those who have none. */
export interface ResponseOfValue extends ResponseCount {
  readonly value: string | number | boolean | null;
  readonly rate: number;
}

/**
 * The response for each value of one attribute: numbers ascending, then texts by code unit, then booleans, those without
 * a value last. The counts sum to the rows. Throws `empty` without rows, `unknown` where no row has the
 * attribute, and `not_finite` for NaN and the infinities.
 */
export function responseBy(rows: readonly ResponseRow[], attribute: string): readonly ResponseOfValue[] {
  requireSome('rows', rows);
  if (rows.every(({ attributes }) => isMissing(attributeOf(attributes, attribute)))) {
    throw new StatisticsError('unknown', 'attribute', `No row has a value of ${attribute}.`);
  }
  const groups = Map.groupBy(rows, ({ attributes }, index) => {
    const value = attributeOf(attributes, attribute);
    if (typeof value === 'number') requireNumber(`rows[${index}].attributes.${attribute}`, value);
    return isMissing(value) ? null : value;
  });
  return [...groups]
    .toSorted(([left], [right]) => compareValues(left, right))
    .map(([value, group]) => {
      const { rows: size, responses } = countResponses(group.map(({ responded }) => responded));
      return { value, rows: size, responses, rate: responses / size };
    });
}

function compareValues(left: AttributeValue, right: AttributeValue): number {
  const byKind = kindRank(left) - kindRank(right);
  if (byKind !== 0) return byKind;
  return left! < right! ? -1 : 1;
}

function kindRank(value: AttributeValue): number {
  return ['number', 'string', 'boolean', 'object'].indexOf(typeof value);
}
