import { useFormat } from '../i18n/format.ts';
import { useTexts } from '../i18n/texts.ts';
import { CUT_DIMENSIONS, type CutDimension, type DealFilterSearch } from './cut-search.ts';
import type { FilterChanges } from './filter-changes.ts';
import { filterTexts } from './filters.texts.ts';

interface FilteredSearch {
  readonly search: DealFilterSearch;
  /** What amounts are shown in, where the filters do not say. */
  readonly currency: string;
  /** Of the customer in the address, where it is known. */
  readonly customerName?: string | undefined;
}

/** A filter in words, and what removes it. */
export interface ActiveFilter {
  readonly text: string;
  readonly without: FilterChanges;
}

/** Every active filter, each value by itself; but the text, which stands in its own field. */
export function useActiveFilters({ search, ...known }: FilteredSearch): readonly ActiveFilter[] {
  const cutText = useCutText();
  const others = useOtherFilters({ search, ...known });
  return [
    ...CUT_DIMENSIONS.flatMap((dimension) =>
      (search[dimension] ?? []).map((value) => {
        const rest = search[dimension]?.filter((other) => other !== value) ?? [];
        return { text: cutText(dimension, [value]), without: { [dimension]: rest.length === 0 ? undefined : rest } };
      }),
    ),
    ...others,
  ];
}

/** Every active filter as it is told on paper: the values of a dimension together, and the text. */
export function useFilterWords({ search, ...known }: FilteredSearch): readonly string[] {
  const t = useTexts(filterTexts);
  const cutText = useCutText();
  const others = useOtherFilters({ search, ...known });
  return [
    ...CUT_DIMENSIONS.flatMap((dimension) => (search[dimension] ? [cutText(dimension, search[dimension])] : [])),
    ...others.map(({ text }) => text),
    ...(search.q === undefined ? [] : [t('is', { name: t('text'), value: search.q })]),
  ];
}

function useCutText(): (dimension: CutDimension, values: readonly string[]) => string {
  const t = useTexts(filterTexts);
  return (dimension, values) =>
    t('is', { name: t(dimension), value: values.map((value) => value || t('none')).join(t('listed')) });
}

function useOtherFilters({ search, currency: usual, customerName }: FilteredSearch): readonly ActiveFilter[] {
  const t = useTexts(filterTexts);
  const format = useFormat();
  const { currency = usual } = search;
  const range = (name: string, from: string | undefined, to: string | undefined) =>
    from !== undefined && to !== undefined
      ? t('between', { name, from, to })
      : from !== undefined
        ? t('atLeast', { name, value: from })
        : t('atMost', { name, value: to });
  const money = (units: number | undefined) => (units === undefined ? undefined : format.money(units, currency));
  const day = (text: string | undefined) => (text === undefined ? undefined : format.day(text));
  const { amountFrom, amountTo, expectedCloseFrom, expectedCloseTo, customerId } = search;
  const hasAmount = amountFrom !== undefined || amountTo !== undefined;
  const hasCloseDate = expectedCloseFrom !== undefined || expectedCloseTo !== undefined;
  return [
    ...(customerId === undefined
      ? []
      : [
          {
            text: t('is', { name: t('customer'), value: customerName ?? customerId }),
            without: { customerId: undefined },
          },
        ]),
    ...(hasAmount
      ? [
          {
            text: range(t('amount'), money(amountFrom), money(amountTo)),
            without: { amountFrom: undefined, amountTo: undefined, currency: undefined },
          },
        ]
      : []),
    ...(search.currency !== undefined && !hasAmount
      ? [{ text: search.currency, without: { currency: undefined } }]
      : []),
    ...(hasCloseDate
      ? [
          {
            text: range(t('closeDate'), day(expectedCloseFrom), day(expectedCloseTo)),
            without: { expectedCloseFrom: undefined, expectedCloseTo: undefined },
          },
        ]
      : []),
    ...(search.stalled ? [{ text: t('stalled'), without: { stalled: undefined } }] : []),
  ];
}
