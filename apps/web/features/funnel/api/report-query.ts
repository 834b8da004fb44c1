import { cutSearch } from '../../../filters/cut-search.ts';
import { dealFilterQuery } from '../../../filters/deal-filter-query.ts';
import type { ReportSearch } from '../report-search.ts';

/** What every report is asked with: its cut, and the day it is as of. */
export function reportQuery(search: ReportSearch) {
  const { asOf } = search;
  return { ...dealFilterQuery(cutSearch({ ...search })), ...(asOf === undefined ? {} : { asOf }) };
}
