import { given, textParameter } from '../../api/search-params.ts';

/** What the address says about a deal: the past moment it is shown at, none for now. */
export interface DealSearch {
  readonly asOf?: string;
}

export function dealSearch(search: Readonly<Record<string, unknown>>): DealSearch {
  return given({ asOf: textParameter(search['asOf']) });
}
