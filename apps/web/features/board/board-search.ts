import { choiceParameter, given, textParameter } from '../../api/search-params.ts';
import { dealFilterSearch, type DealFilterSearch } from '../../filters/cut-search.ts';

/** What the address says about the board and the list of deals. */
export interface BoardSearch extends DealFilterSearch {
  readonly status?: string;
  readonly sort?: string;
}

export function boardSearch(search: Readonly<Record<string, unknown>>): BoardSearch {
  return {
    ...dealFilterSearch(search),
    ...given({
      status: choiceParameter(search['status'], [
        'open',
        'suspended',
        'won',
        'lost',
        'terminated',
        'closed',
        'archived',
      ]),
      sort: textParameter(search['sort']),
    }),
  };
}
