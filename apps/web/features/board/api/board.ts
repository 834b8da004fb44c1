import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { longListInterval } from '../../../api/long-lists.ts';
import { queryClient } from '../../../api/query-client.ts';
import { given } from '../../../api/search-params.ts';
import type { components } from '../../../api/schema.d.ts';
import type { DealFilterSearch } from '../../../filters/cut-search.ts';
import { dealFilterQuery } from '../../../filters/deal-filter-query.ts';

type Schemas = components['schemas'];
export type DealCard = Schemas['DealCardDto'];
export type BoardColumnAnswer = Schemas['BoardColumnAnswerDto'];
export type Stage = BoardColumnAnswer['stage'] & Partial<Pick<Schemas['StageDto'], 'rottingAfterDays'>>;

const FIRST_CARDS = 30;
const MORE_CARDS = 200;

/** Every column with its totals and its first cards. */
export function boardQuery(filters: DealFilterSearch) {
  return queryOptions({
    queryKey: ['opportunities', 'board', filters],
    queryFn: ({ signal }) => readBoard(filters, signal),
    placeholderData: keepPreviousData,
  });
}

/** Whether filters leave out a deal that was just opened; read by itself, as what is kept may be from before. */
export async function hides(filters: DealFilterSearch, deal: string): Promise<boolean> {
  const { columns } = await readBoard(filters);
  return !columns.some(({ cards }) => cards.some(({ id }) => id === deal));
}

function readBoard(filters: DealFilterSearch, signal?: AbortSignal): Promise<Schemas['BoardAnswerDto']> {
  const query = { ...dealFilterQuery(filters), cards: FIRST_CARDS };
  return dataOf(api.GET('/api/v1/board', { params: { query }, ...given({ signal }) }));
}

/** The cards of a column, page by page; the first page is the board's, so that both never disagree. */
export function columnQuery(filters: DealFilterSearch, stage: string) {
  return infiniteQueryOptions({
    queryKey: ['opportunities', 'column', filters, stage],
    queryFn: async ({ pageParam, signal }): Promise<Schemas['BoardPageAnswerDto']> => {
      if (pageParam !== undefined) {
        const query = { ...dealFilterQuery(filters), cards: MORE_CARDS, cursor: pageParam };
        return dataOf(api.GET('/api/v1/board/{stage}', { params: { path: { stage }, query }, signal }));
      }
      const { columns } = await queryClient.fetchQuery({ ...boardQuery(filters), staleTime: Infinity });
      const column = columns.find((one) => one.stage.id === stage);
      return pageOf(column);
    },
    initialPageParam: firstPage(),
    getNextPageParam: ({ next }) => next,
    refetchInterval: longListInterval,
  });
}

/** The first page of a column, as the board answered it. */
export function pageOf(column: BoardColumnAnswer | undefined): Schemas['BoardPageAnswerDto'] {
  return { cards: column?.cards ?? [], ...(column?.next === undefined ? {} : { next: column.next }) };
}

function firstPage(): string | undefined {
  return undefined;
}
