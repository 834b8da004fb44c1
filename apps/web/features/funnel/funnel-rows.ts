import type { FunnelReport, FunnelStage } from './api/funnel.ts';
import { reportComparison, type ReportSearch } from './report-search.ts';
import type { ReportRow } from './components/figure-column.tsx';

/** Both answers line by line: each stage, and beneath it the same stage in the period of comparison. */
export function stageRows(
  search: ReportSearch,
  report: FunnelReport,
  compared: FunnelReport | undefined,
  names: { readonly of: (stage: FunnelStage) => string; readonly compared: (name: string) => string },
): readonly ReportRow<FunnelStage>[] {
  return report.stages.flatMap((stage) => {
    const was = compared?.stages.find(({ id }) => id === stage.id);
    return withCompared(search, { key: stage.id, name: names.of(stage), of: stage, was }, names.compared);
  });
}

/** A line, and beneath it what it is compared with, whose deals are those of the other period. */
export function withCompared<Of>(
  search: ReportSearch,
  line: Pick<ReportRow<Of>, 'key' | 'name' | 'of' | 'was'>,
  comparedName: (name: string) => string,
): readonly ReportRow<Of>[] {
  const { key, name, was } = line;
  const other = reportComparison(search);
  if (was === undefined || !other) return [{ ...line, search }];
  const compared = { key: `${key} compared`, name: comparedName(name), of: was, search: { ...search, ...other } };
  return [
    { ...line, search },
    { ...compared, compared: true },
  ];
}

/** Every currency a report has amounts in, in the order of their codes. */
export function currenciesOf(
  ...lists: readonly (readonly { readonly currency: string }[] | undefined)[]
): readonly string[] {
  return [...new Set(lists.flatMap((list) => (list ?? []).map(({ currency }) => currency)))].toSorted();
}

/** The entry of a list in a currency, where it has one. */
export function inCurrency<Entry extends { readonly currency: string }>(
  list: readonly Entry[] | undefined,
  currency: string,
): Entry | undefined {
  return list?.find((entry) => entry.currency === currency);
}
