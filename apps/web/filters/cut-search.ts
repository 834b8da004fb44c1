import { choiceParameter, dayParameter, given, textParameter, textsParameter } from '../api/search-params.ts';

/** What every report and list of deals can be narrowed to, by what it is called in the address and in the API. */
export const CUT_DIMENSIONS = ['owner', 'team', 'region', 'product', 'channel', 'campaign'] as const;
export type CutDimension = (typeof CUT_DIMENSIONS)[number];

/** The cut as it stands in the address; several values of one dimension mean any of them, `''` deals without one. */
export type CutSearch = { readonly [Dimension in CutDimension]?: readonly string[] } & {
  readonly pipeline?: string;
  readonly customerId?: string;
};

/** Filters that only lists of deals have, on top of the cut. Amounts are minor units. */
export interface DealFilterSearch extends CutSearch {
  readonly q?: string;
  readonly amountFrom?: number;
  readonly amountTo?: number;
  /** What the amounts are in, where a pipeline has deals in several currencies. */
  readonly currency?: string;
  readonly expectedCloseFrom?: string;
  readonly expectedCloseTo?: string;
  readonly stalled?: true;
}

export function cutSearch(search: Readonly<Record<string, unknown>>): CutSearch {
  const dimensions = Object.fromEntries(
    CUT_DIMENSIONS.map((dimension) => [dimension, textsParameter(search[dimension])]),
  );
  return given({
    ...dimensions,
    pipeline: textParameter(search['pipeline']),
    customerId: textParameter(search['customerId']),
  });
}

export function dealFilterSearch(search: Readonly<Record<string, unknown>>): DealFilterSearch {
  return {
    ...cutSearch(search),
    ...given({
      q: textParameter(search['q']),
      amountFrom: amountParameter(search['amountFrom']),
      amountTo: amountParameter(search['amountTo']),
      currency: currencyParameter(search['currency']),
      expectedCloseFrom: dayParameter(search['expectedCloseFrom']),
      expectedCloseTo: dayParameter(search['expectedCloseTo']),
      stalled: choiceParameter(String(search['stalled']), ['true']) && (true as const),
    }),
  };
}

function amountParameter(value: unknown): number | undefined {
  const number = Number(value);
  return value !== undefined && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

function currencyParameter(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Z]{3}$/.test(value) ? value : undefined;
}
