import type { DealFilterSearch } from './cut-search.ts';

/** The filters of an address as the API is asked for them. */
export function dealFilterQuery(search: DealFilterSearch) {
  const { owner, team, region, product, channel, campaign, customerId, ...rest } = search;
  const dimensions = { owner, team, region, product, channel, campaign };
  const lists = Object.entries(dimensions).flatMap(([name, values]) =>
    values === undefined ? [] : [[name, [...values]] as const],
  );
  const filters: { [Name in keyof typeof dimensions]?: string[] } = Object.fromEntries(lists);
  return { ...filters, ...(customerId === undefined ? {} : { customerId: [customerId] }), ...rest };
}
