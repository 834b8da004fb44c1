import { CUT_DIMENSIONS, type DealFilterSearch } from './cut-search.ts';

/** What becomes of filters; undefined removes one. */
export type FilterChanges = { readonly [Name in keyof DealFilterSearch]?: DealFilterSearch[Name] | undefined };

const filterNames = [
  ...CUT_DIMENSIONS,
  ...(['customerId', 'q', 'amountFrom', 'amountTo', 'currency'] as const),
  ...(['expectedCloseFrom', 'expectedCloseTo', 'stalled'] as const),
];

/** Every filter of the bar removed; the pipeline stays. */
export const NO_FILTERS: FilterChanges = Object.fromEntries(filterNames.map((name) => [name, undefined]));

/** What is typed letter by letter, or digit by digit. */
const TYPED = ['q', 'expectedCloseFrom', 'expectedCloseTo'] as const;

/** Whether changes only go on with what is being typed: nobody wants to go back through every letter. */
export function isTypedOn(before: DealFilterSearch, changes: FilterChanges): boolean {
  return Object.keys(changes).every((name) => TYPED.some((typed) => typed === name && before[typed] !== undefined));
}

/** Whether anything is filtered out. */
export function isFiltered(search: DealFilterSearch): boolean {
  return filterNames.some((name) => search[name] !== undefined);
}
