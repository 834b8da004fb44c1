import { choiceParameter, dayParameter, given, textParameter } from '../../api/search-params.ts';
import { CUT_DIMENSIONS, cutSearch, type CutDimension, type CutSearch } from '../../filters/cut-search.ts';

/** What the address says about a report: its cut, its period, the one it is compared with, and the day it is as of. */
export interface ReportSearch extends CutSearch {
  readonly from?: string;
  readonly to?: string;
  readonly compareFrom?: string;
  readonly compareTo?: string;
  readonly asOf?: string;
  readonly by?: CutDimension;
  readonly fromStage?: string;
}

export function reportSearch(search: Readonly<Record<string, unknown>>): ReportSearch {
  return {
    ...cutSearch(search),
    ...given({
      from: dayParameter(search['from']),
      to: dayParameter(search['to']),
      compareFrom: dayParameter(search['compareFrom']),
      compareTo: dayParameter(search['compareTo']),
      asOf: dayParameter(search['asOf']),
      by: choiceParameter(search['by'], CUT_DIMENSIONS),
      fromStage: textParameter(search['fromStage']),
    }),
  };
}
