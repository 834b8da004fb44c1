import type { AttributeValue, ResponseRow } from './attribute-values.ts';
import { attributeOf, isMissing } from './attribute-values.ts';
import type { ResponseCount } from './response-count.ts';
import { countResponses } from './response-count.ts';
import { requireSome, StatisticsError } from '../statistics-error.ts';

/** The response of those who share one value. The value is null for those who have none. */
export interface ResponseOfValue extends ResponseCount {
  readonly value: string | number | boolean | null;
  readonly rate: number;
}

/**
 * The response for each value of one attribute: numbers ascending, then texts by code unit, then booleans, those without
 * a value last. The counts sum to the rows. Throws `empty` without rows, and `unknown` where no row has the attribute.
 */
export function responseBy(rows: readonly ResponseRow[], attribute: string): readonly ResponseOfValue[] {
  requireSome('rows', rows);
  if (rows.every(({ attributes }) => isMissing(attributeOf(attributes, attribute)))) {
    throw new StatisticsError('unknown', 'attribute', `No row has a value of ${attribute}.`);
  }
  const groups = Map.groupBy(rows, ({ attributes }) => valueOrNull(attributeOf(attributes, attribute)));
  return [...groups]
    .toSorted(([left], [right]) => compareValues(left, right))
    .map(([value, group]) => {
      const { rows: size, responses } = countResponses(group.map(({ responded }) => responded));
      return { value, rows: size, responses, rate: responses / size };
    });
}

function valueOrNull(value: AttributeValue): string | number | boolean | null {
  return isMissing(value) ? null : value;
}

function compareValues(left: AttributeValue, right: AttributeValue): number {
  const byKind = kindRank(left) - kindRank(right);
  if (byKind !== 0) return byKind;
  return left! < right! ? -1 : 1;
}

function kindRank(value: AttributeValue): number {
  return ['number', 'string', 'boolean', 'object'].indexOf(typeof value);
}
