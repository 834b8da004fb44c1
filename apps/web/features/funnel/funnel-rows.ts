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

interface Line<Of> {
  readonly key: string;
  readonly name: string;
  readonly of: Of | undefined;
  readonly was: Of | undefined;
}

/** A line, and beneath it what it is compared with, whose deals are those of the other period. Either may be missing. */
export function withCompared<Of>(
  search: ReportSearch,
  { key, name, of, was }: Line<Of>,
  comparedName: (name: string) => string,
): readonly ReportRow<Of>[] {
  const other = reportComparison(search);
  const row = of === undefined ? [] : [{ key, name, of, was, search }];
  if (was === undefined || !other) return row;
  const compared = { key: `${key} compared`, name: comparedName(name), of: was, search: { ...search, ...other } };
  return [...row, { ...compared, compared: true }];
}

/** What two answers say of each value: first of those in the one, then of those in the other alone. */
export function withBoth<Entry extends { readonly value: string | null }>(
  now: readonly Entry[],
  then: readonly Entry[] = [],
): readonly (readonly [value: string | null, now: Entry | undefined, then: Entry | undefined])[] {
  const valuesOf = (entries: readonly Entry[]) => entries.map(({ value }) => value);
  const values = [...new Set([...valuesOf(now), ...valuesOf(then)])];
  const entryOf = (entries: readonly Entry[], value: string | null) => entries.find((entry) => entry.value === value);
  return values.map((value) => [value, entryOf(now, value), entryOf(then, value)] as const);
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
