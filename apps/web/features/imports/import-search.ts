import { given, textParameter } from '../../api/search-params.ts';

/** What the address says about imports: the one that is shown, none for a new one and the list of all. */
export interface ImportSearch {
  readonly import?: string;
}

export function importSearch(search: Readonly<Record<string, unknown>>): ImportSearch {
  return given({ import: textParameter(search['import']) });
}
