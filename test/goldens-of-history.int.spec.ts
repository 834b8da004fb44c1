/** A real stage history through import, projections and queries, against its file counted anew and a published answer. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { funnel } from '../libs/opportunities/reports/funnel.query.ts';
import { opportunityTimeline } from '../libs/opportunities/read-models/opportunity-history.ts';
import type { OpportunityDocument } from '../libs/opportunities/read-models/opportunity.document.ts';
import type { StagePeriod } from '../libs/opportunities/read-models/stage-periods.ts';
import { eventCatalogue } from '../libs/composition/event-catalogue.ts';
import type { ImportReport } from '../libs/importing/import-run.ts';
import { stageHistorySource } from '../libs/importing/import-sources.ts';
import { salesforceHistoryMap } from '../libs/importing/known-maps.ts';
import { describeOnRealData, readCsv, readGolden } from './real-data.ts';
import { importedStore, type ImportedStore } from './testing/imported-store.ts';

interface Golden {
  readonly opportunities: number;
  readonly history_rows: number;
  readonly current_stage: Readonly<Record<string, number>>;
  readonly history_rows_per_stage: Readonly<Record<string, number>>;
  readonly stage_sort_order: Readonly<Record<string, number>>;
  readonly published_week23_answer: { readonly rows: number };
}

interface Row {
  readonly deal: string;
  readonly day: string;
  readonly stage: string;
  readonly order: number;
}

const MILLISECONDS_OF_A_DAY = 86_400_000;
const WON = 'Closed Won';
const LOST = 'Closed Lost';

/** `31/12/2022` as `2022-12-31`. */
function isoDay(text: string): string {
  return text.split('/').toReversed().join('-');
}

function counted(values: Iterable<string>): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

describeOnRealData('salesforce-history', 'a history of stages', (folder) => {
  const golden = readGolden<Golden>(folder);
  const deals = readCsv(folder, 'Opportunity.csv');
  const rows: readonly Row[] = readCsv(folder, 'Opportunity History.csv')
    .map((row) => ({
      deal: row['OppID']!,
      day: isoDay(row['CreatedDate']!),
      stage: row['StageName']!,
      order: Number(row['SortOrder']),
    }))
    // Stable: within a day the order of the file.
    .toSorted((left, right) => (left.day < right.day ? -1 : left.day > right.day ? 1 : 0));
  const courses = Map.groupBy(rows, ({ deal }) => deal);
  const moves = [...courses.values()].flatMap((course) =>
    course.slice(1).map((to, index) => [course[index]!, to] as const),
  );
  const source = stageHistorySource(join(folder, 'Opportunity History.csv'), salesforceHistoryMap);
  const names = new Map(salesforceHistoryMap.pipeline.stages!.map(({ id, name }) => [id, name]));
  let imported: ImportedStore;
  let report: ImportReport;
  let documents: readonly OpportunityDocument[];
  let periods: readonly StagePeriod[];

  /** Whether something comes from the history and not from a deal's current stage, which has no date but that of the import. */
  let importedOn: string;
  const isDated = (at: string) => at < importedOn;

  beforeAll(async () => {
    importedOn = new Date().toISOString().slice(0, 10);
    imported = await importedStore();
    report = await imported.import(source);
    await imported.project();
    const { readModels } = imported.stores;
    documents = (await readModels.find<OpportunityDocument>('opportunities', {})).documents;
    periods = (await readModels.find<StagePeriod>('stage_periods', {})).documents;
  });
  afterAll(() => imported.close());

  test('comes in whole, with its contradictions listed', () => {
    const created = new Map(deals.map((deal) => [deal['Id']!, isoDay(deal['CreatedDate']!)]));
    const current = new Map(deals.map((deal) => [deal['Id']!, deal['StageName']]));
    const all = [...courses];
    expect(report).toMatchObject({ deals: golden.opportunities, opened: golden.opportunities, refusals: [] });
    expect(Object.fromEntries(report.notes.map(({ note, deals: count }) => [note.slice(0, 25), count]))).toEqual({
      'has no history before its': all.filter(([, [first]]) => [WON, LOST].includes(first!.stage)).length,
      'has history before the da': all.filter(([deal, [first]]) => first!.day < created.get(deal)!).length,
      'is in another stage than ': all.filter(([deal, course]) => course.at(-1)!.stage !== current.get(deal)).length,
      'was won with no amount kn': deals.filter((deal) => deal['StageName'] === WON && deal['Amount'] === '').length,
    });
  });

  test('appends nothing when it comes in again', async () => {
    const again = await imported.import(source);
    expect(again).toMatchObject({ opened: 0, changed: 0, unchanged: golden.opportunities, events: 0, refusals: [] });
  });

  test('has every deal in its current stage', () => {
    const stages = documents.map(
      ({ outcome, stageId }) => ({ won: WON, lost: LOST })[outcome as string] ?? names.get(stageId)!,
    );
    expect(counted(stages)).toEqual(golden.current_stage);
  });

  test('has one entry for each row of the history', () => {
    // A stage passed over has no row.
    const entries = periods.filter(({ entry, fromAt }) => !['unstaged', 'skipped'].includes(entry) && isDated(fromAt));
    const ends = documents.flatMap(({ outcome }) => (outcome === null ? [] : [outcome === 'won' ? WON : LOST]));
    expect(counted([...entries.map(({ stageId }) => names.get(stageId)!), ...ends])).toEqual(
      golden.history_rows_per_stage,
    );
    expect(entries.length + ends.length).toBe(golden.history_rows);
  });

  test('moves forward, back and not at all as the order of the stages says', async () => {
    const way = ([from, to]: (typeof moves)[number]) =>
      to.stage === WON || to.stage === LOST
        ? to.stage
        : to.order > from.order
          ? 'forward'
          : to.order < from.order
            ? 'back'
            : 'same';
    const expected = Object.fromEntries(
      [...names.values()].map((name) => [
        name,
        {
          forward: 0,
          back: 0,
          same: 0,
          [WON]: 0,
          [LOST]: 0,
          ...counted(moves.filter(([from]) => from.stage === name).map(way)),
        },
      ]),
    );
    const { total } = await ask({ period: { to: dayBefore(importedOn) } });
    const entries = total.stages.map(({ name, period }) => {
      const { movedForward: forward, movedBack: back, repeated: same, won, lost } = period!;
      return [name, { forward, back, same, [WON]: won, [LOST]: lost }] as const;
    });
    expect(Object.fromEntries(entries)).toEqual(expected);
  });

  test('spends in each stage the days until the next row', () => {
    const days = ([from, to]: (typeof moves)[number]) =>
      (Date.parse(to.day) - Date.parse(from.day)) / MILLISECONDS_OF_A_DAY;
    for (const [id, name] of names) {
      const expected = moves.filter(([from]) => from.stage === name).map(days);
      const stays = periods.filter((period) => period.stageId === id && period.days !== null && isDated(period.toAt));
      const actual = stays.map((stay) => stay.days!);
      expect([name, actual.toSorted((a, b) => a - b)]).toEqual([name, expected.toSorted((a, b) => a - b)]);
    }
  });

  test.each(['2022-02-28', '2022-03-31', '2022-05-15', '2022-07-31', '2022-10-01', '2022-12-31'])(
    'stands as of %s where the last rows until then left it',
    async (day) => {
      const last = [...courses.values()].flatMap((course) => course.findLast((row) => row.day <= day) ?? []);
      const { total } = await ask({ asOf: day, period: {} });
      const standing = Object.fromEntries(total.stages.map(({ name, open }) => [name, open]));
      const everywhere = Object.fromEntries([...names.values(), WON, LOST].map((name) => [name, 0]));
      expect({ ...standing, [WON]: total.period!.won, [LOST]: total.period!.lost }).toEqual({
        ...everywhere,
        ...counted(last.map(({ stage }) => stage)),
      });
    },
  );

  test('gives the published answer: openings, stages entered and expected closings', async () => {
    const { eventStore } = imported.stores;
    const read = async (stream: string) =>
      (await eventStore.readStream(stream)).map((stored) => eventCatalogue.open(stored));
    const answer: string[] = [];
    const add = (deal: string, day: string, stage: string) =>
      answer.push(`${deal},${day.split('-').toReversed().join('/')},${stage}`);
    const unstaged = new Set(
      periods.filter(({ entry }) => entry === 'unstaged').map(({ opportunityId }) => opportunityId),
    );
    for (const { id, attributes, outcome, expectedCloseDate } of documents) {
      add(id, attributes['createdOn']!, 'Opened');
      let stage = '';
      for (const { type, occurredAt, changes } of await opportunityTimeline(read, id)) {
        stage = (changes.find(({ field }) => field === 'stageId')?.to as string | undefined) ?? stage;
        const end = { OpportunityWon: WON, OpportunityLost: LOST }[type as string];
        if (isDated(occurredAt) && !(type === 'OpportunityOpened' && unstaged.has(id))) {
          add(id, occurredAt.slice(0, 10), end ?? names.get(stage)!);
        }
      }
      if (outcome === null) add(id, expectedCloseDate!, 'ExpectedCloseDate');
    }
    const published = readCsv(folder, 'Cleaned Salesforce Data.csv').map((row) =>
      [row['OppID'], row['Date'], row['Stage']].join(),
    );
    expect(answer.length).toBe(golden.published_week23_answer.rows);
    expect(answer.toSorted()).toEqual(published.toSorted());
  });

  function ask(question: Partial<Parameters<typeof funnel>[1]>) {
    return funnel(imported.stores.readModels, { now: new Date().toISOString(), pipelineId: 'salesforce', ...question });
  }
});

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 1).toISOString().slice(0, 10);
}
