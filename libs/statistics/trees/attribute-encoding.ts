import type { AttributeKind, Attributes, AttributeValue, ResponseRow } from './attribute-values.ts';
import { attributeOf, isMissing, valueOfKind } from './attribute-values.ts';

/** A number is told apart by at most this many steps, each holding about as many training rows as another. */
const MOST_STEPS = 32;

/**
 * How numbers become places: place i holds what is above `upper[i − 1]` and at most `upper[i]`. The last has no upper
 * end.
 */
export interface NumberEncoding {
  readonly kind: 'number';
  readonly name: string;
  readonly upper: readonly number[];
  /** The place of a missing number: −1, below all; or the median's place where none was missing in training. */
  readonly missing: number;
  readonly missingSeen: boolean;
}

/** How categories become places: ordered by their response in training, the worst first. */
export interface CategoryEncoding {
  readonly kind: 'category' | 'boolean';
  readonly name: string;
  /** The category of each place; null where the missing values have a place of their own. */
  readonly places: readonly (string | null)[];
  readonly missing: number;
  /** The place of rare and unseen categories: beside the one whose response is nearest to that of all. */
  readonly others: number;
  /** Whether training had missing values, and rare categories. */
  readonly missingSeen: boolean;
  readonly othersSeen: boolean;
}

export type AttributeEncoding = NumberEncoding | CategoryEncoding;

/**
 * Learns from training rows how an attribute becomes an ordered place. A category with fewer rows than `rare` gets none
 * of its own: the response of a handful would only be learned by heart.
 */
export function learnEncoding(
  name: string,
  kind: AttributeKind,
  rows: readonly ResponseRow[],
  rare: number,
): AttributeEncoding {
  return kind === 'number' ? numberEncoding(name, rows) : categoryEncoding(name, kind, rows, rare);
}

/** Where a value stands, and whether training knew its like. */
export interface Place {
  readonly place: number;
  readonly familiar: boolean;
}

/** Finds the place of an attribute's values. Throws `unknown` or `not_finite` for a value of another kind. */
export function placing(encoding: AttributeEncoding): (attributes: Attributes, field: string) => Place {
  const { name, kind } = encoding;
  const find = encoding.kind === 'number' ? findNumber(encoding) : findCategory(encoding);
  return (attributes, field) => find(valueOfKind(kind, attributeOf(attributes, name), `${field}.${name}`));
}

function findNumber({ upper, missing, missingSeen }: NumberEncoding): (value: AttributeValue) => Place {
  return (value) => {
    if (typeof value !== 'number') return { place: missing, familiar: missingSeen };
    let [low, high] = [0, upper.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value <= upper[middle]!) high = middle;
      else low = middle + 1;
    }
    return { place: low, familiar: true };
  };
}

function findCategory({ places, missing, others }: CategoryEncoding): (value: AttributeValue) => Place {
  const known = new Map(places.map((category, place) => [category, place]));
  return (value) => {
    if (isMissing(value)) return { place: missing, familiar: known.has(null) };
    const place = known.get(String(value));
    return place === undefined ? { place: others, familiar: false } : { place, familiar: true };
  };
}

function numberEncoding(name: string, rows: readonly ResponseRow[]): NumberEncoding {
  const values = rows
    .map(({ attributes }) => attributeOf(attributes, name))
    .filter((value) => typeof value === 'number')
    .toSorted((left, right) => left - right);
  const distinct = [...new Set(values)];
  const steps =
    distinct.length <= MOST_STEPS
      ? distinct
      : Array.from(
          { length: MOST_STEPS },
          (_, step) => values[Math.ceil((values.length * (step + 1)) / MOST_STEPS) - 1]!,
        );
  const upper = [...new Set(steps)].filter((value) => value < values.at(-1)!);
  const median = values[values.length >> 1];
  const medianPlace = upper.filter((value) => median !== undefined && value < median).length;
  const missingSeen = values.length < rows.length;
  return { kind: 'number', name, upper, missing: missingSeen ? -1 : medianPlace, missingSeen };
}

function categoryEncoding(
  name: string,
  kind: 'category' | 'boolean',
  rows: readonly ResponseRow[],
  rare: number,
): CategoryEncoding {
  const groups = Map.groupBy(rows, ({ attributes }) => {
    const value = attributeOf(attributes, name);
    return isMissing(value) ? null : String(value);
  });
  const tallies = [...groups]
    .filter(([category, group]) => group.length >= rare || (kind === 'boolean' && category !== null))
    .map(([category, group]) => {
      const rate = group.filter(({ responded }) => responded).length / group.length;
      return { category, rows: group.length, rate };
    })
    .toSorted(
      (left, right) =>
        left.rate - right.rate || left.rows - right.rows || compareTexts(left.category ?? '', right.category ?? ''),
    );
  const overall = rows.filter(({ responded }) => responded).length / rows.length;
  const distances = tallies.map(({ rate }) => Math.abs(rate - overall));
  const others = Math.max(0, distances.indexOf(Math.min(...distances)));
  const places = tallies.map(({ category }) => category);
  const missing = places.indexOf(null);
  return {
    kind,
    name,
    places,
    missing: missing === -1 ? others : missing,
    others,
    missingSeen: groups.has(null),
    othersSeen: [...groups.keys()].some((category) => category !== null && !places.includes(category)),
  };
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
