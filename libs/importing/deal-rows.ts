import { join } from 'node:path';
import { Value } from '@sinclair/typebox/value';
import { Identifier } from '../eventsourcing/schema.ts';
import type { OpportunityDetails } from '../opportunities/opportunity.events.ts';
import { CellRefused, readDay, readInstant, readMoney } from './cell-reading.ts';
import { csvRows } from './csv-rows.ts';
import type { DealRecord, DealStep } from './deal-record.ts';
import type { DealsMap } from './import-map.ts';

type Cells = Readonly<Record<string, string>>;
type Field = keyof DealsMap['columns'];

/** Reads rows of deals by a map. */
export interface DealReader {
  /** The id of a row's deal; throws `CellRefused` where it is no identifier. */
  id(cells: Cells): string;
  /** Everything of the row that is not its course; throws `CellRefused`. */
  details(cells: Cells): OpportunityDetails;
  /** The row as a deal with the course that a single row can tell; throws `CellRefused`. */
  record(cells: Cells, file: string, line: number): DealRecord;
}

export const WON_FOR_NOTHING = 'was won with no amount known: it counts with zero';

/** A reader with its lookup files loaded from a folder. */
export async function dealReader(map: DealsMap, folder: string): Promise<DealReader> {
  const { columns, values = {}, defaults = {} } = map;
  const lookups = await Promise.all(
    (map.lookups ?? []).map(async (lookup) => ({
      ...lookup,
      rows: await lookupRows(join(folder, lookup.file), lookup.key),
    })),
  );

  function widen(cells: Cells): Cells {
    const wide: Record<string, string> = { ...cells };
    for (const { by, take, rows } of lookups) {
      const found = rows.get(translated(by, wide[by] ?? ''));
      if (found) for (const [to, from] of Object.entries(take)) wide[to] = found[from] ?? '';
    }
    return wide;
  }

  function translated(column: string, text: string): string {
    return values[column]?.[text] ?? text;
  }

  function text(cells: Cells, field: Field): string | undefined {
    const column = columns[field];
    if (column === undefined) return undefined;
    return translated(column, cells[column] ?? '') || undefined;
  }

  function id(cells: Cells): string {
    const value = cells[columns.id] ?? '';
    if (!Value.Check(Identifier, value)) throw new CellRefused(columns.id, `"${value}" is not an identifier`);
    return value;
  }

  function attributes(cells: Cells): Record<string, string> {
    const kept = Object.entries(map.attributes ?? {}).flatMap(([name, column]) => {
      const value = translated(column, cells[column] ?? '');
      return value ? [[name, value] as const] : [];
    });
    const labels = (Object.entries(columns) as [Field, string][]).flatMap(([field, column]) => {
      const label = cells[column] ?? '';
      return translated(column, label) === label ? [] : [[`${field}Label`, label] as const];
    });
    return Object.fromEntries([...kept, ...labels]);
  }

  function details(narrow: Cells): OpportunityDetails {
    const cells = widen(narrow);
    const customer = text(cells, 'customer');
    const product = text(cells, 'product');
    const amount = text(cells, 'amount');
    const expected = text(cells, 'expectedCloseDate');
    const owner = text(cells, 'owner') ?? defaults.owner;
    if (!owner) throw new CellRefused(columns.owner ?? 'owner', 'a deal needs an owner');
    const more = attributes(cells);
    const optional = {
      customer: customer ? { id: slug(customer), name: customer } : undefined,
      team: text(cells, 'team') ?? defaults.team,
      region: text(cells, 'region') ?? defaults.region,
      product,
      channel: text(cells, 'channel') ?? defaults.channel,
      campaign: text(cells, 'campaign') ?? defaults.campaign,
      amount: amount === undefined ? undefined : readMoney(columns.amount!, amount, map.currency),
      expectedCloseDate: expected === undefined ? undefined : readDay(columns.expectedCloseDate!, expected, map),
      attributes: Object.keys(more).length > 0 ? more : undefined,
    };
    return {
      title: text(cells, 'title') ?? [product ?? 'Deal', customer ?? id(cells)].join(' for '),
      owner,
      ...(Object.fromEntries(
        Object.entries(optional).filter(([, value]) => value !== undefined),
      ) as Partial<OpportunityDetails>),
    };
  }

  function instant(cells: Cells, field: 'openedAt' | 'endedAt'): string | undefined {
    const value = text(cells, field);
    return value === undefined ? undefined : readInstant(columns[field]!, value, map);
  }

  function record(narrow: Cells, file: string, line: number): DealRecord {
    const cells = widen(narrow);
    const stageColumn = columns.stage ?? '';
    const stage = map.stages[cells[stageColumn] ?? ''];
    if (!stage?.stage)
      throw new CellRefused(stageColumn, `the map does not say what stage "${cells[stageColumn] ?? ''}" is`);
    const at = instant(cells, 'openedAt');
    const endedAt = instant(cells, 'endedAt');
    const steps: DealStep[] = [];
    if (stage.outcome) {
      if (!endedAt) throw new CellRefused(columns.endedAt ?? 'endedAt', 'a deal that has ended needs the date it did');
      if (at && endedAt < at) throw new CellRefused(columns.endedAt!, 'a deal cannot end before it was opened');
      const wonAmount = text(cells, 'wonAmount') ?? text(cells, 'amount');
      const competitor = text(cells, 'competitor');
      const ended = { file, line, at: endedAt };
      steps.push(
        stage.outcome === 'won'
          ? {
              ...ended,
              kind: 'win',
              amount: readMoney(columns.wonAmount ?? columns.amount ?? '', wonAmount ?? '0', map.currency),
            }
          : {
              ...ended,
              kind: 'lose',
              reasonCode: slug(text(cells, 'lossReason') ?? defaults.lossReason ?? 'unknown'),
              ...(competitor ? { competitor } : {}),
            },
      );
    }
    return {
      file,
      line,
      id: id(cells),
      pipelineId: map.pipeline.id,
      details: details(narrow),
      opening: { stageId: stage.stage, ...(at ? { at } : {}) },
      steps,
      notes: [
        ...(at ? [] : ['has no date: it is opened by being imported, and is in no past moment before']),
        ...(stage.outcome === 'won' && !(text(cells, 'wonAmount') ?? text(cells, 'amount')) ? [WON_FOR_NOTHING] : []),
      ],
    };
  }

  return { id, details, record };
}

/** A name as an identifier: `Acme Corporation` is `acme-corporation`. */
export function slug(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 100) || encodeURIComponent(name).replaceAll('%', '.').replace(/^\.+/, '').slice(0, 100)
  );
}

async function lookupRows(path: string, key: string): Promise<ReadonlyMap<string, Cells>> {
  const rows = new Map<string, Cells>();
  for await (const { values } of csvRows(path, ',', () => undefined)) rows.set(values[key] ?? '', values);
  return rows;
}
