import { given, textParameter } from '../../api/search-params.ts';

/** What the address says about operations: the projection whose parked events are shown, none for all. */
export interface OperationsSearch {
  readonly projection?: string;
}

export function operationsSearch(search: Readonly<Record<string, unknown>>): OperationsSearch {
  return given({ projection: textParameter(search['projection']) });
}
