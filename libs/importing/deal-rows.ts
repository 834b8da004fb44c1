import { join } from 'node:path';
import { Value } from '@sinclair/typebox/value';
import { stableId } from '../eventsourcing/command-handler.ts';
import { Identifier } from '../eventsourcing/schema.ts';
import type { OpportunityDetails } from '../opportunities/opportunity.events.ts';
import { brokenRule } from './broken-rule.ts';
import { CellRefused, readDay, readInstant, readMoney } from './cell-reading.ts';
import { csvRows } from './csv-rows.ts';
import type { DealRecord, StepContent } from './deal-record.ts';
import { stageMeaning, type DealsMap } from './import-map.ts';

type Cells = Readonly<Record<string, string>>;
type Field = keyof DealsMap['columns'];

/** Reads rows of deals by a map. */
export interface DealReader {
  /** The id of a row's deal; throws `CellRefused` where it is no identifier. */
  id(cells: Cells): string;
  /** Everything of the row that is not its course; throws `CellRefused`. */
  details(cells: Cells): OpportunityDetails;
  /** How a deal that has ended did so; throws `CellRefused`. */
  ending(cells: Cells, outcome: 'won' | 'lost'): StepContent;
  /** When the row says the deal was opened, as an instant and as the day it names; throws `CellRefused`. */
  openedAt(cells: Cells): string | undefined;
  openedOn(cells: Cells): string | undefined;
  /** What the row leaves open or contradicts. */
  notes(cells: Cells): readonly string[];
  /** The row as a deal with the course that a single row can tell; throws `CellRefused`. */
  record(cells: Cells, file: string, line: number): DealRecord;
}

const WON_FOR_NOTHING = 'was won with no amount known: it counts with zero';
const WON_AS_EXPECTED = 'was won with no amount of its own: what it was expected to bring counts';
const UNDATED = 'has no date: it is opened by being imported, and is in no past moment before';
const DATED_BY_END = 'has no date of its opening: it is opened when it ended';

/** A reader with its lookup files loaded from a folder. */
export async function dealReader(map: DealsMap, folder: string): Promise<DealReader> {
  const { columns, values = {}, defaults = {} } = map;
  const lookups = await Promise.all(
    (map.lookups ?? []).map(async (lookup) => ({
      ...lookup,
      rows: await lookupRows(join(folder, lookup.file), lookup.key, map.delimiter ?? ','),
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

  function translated(column: string, label: string): string {
    const translations = Object.hasOwn(values, column) ? values[column]! : {};
    return Object.hasOwn(translations, label) ? translations[label]! : label;
  }

  function text(cells: Cells, field: Field): string | undefined {
    const column = columns[field];
    if (column === undefined) return undefined;
    return translated(column, cells[column] ?? '') || undefined;
  }

  function id(cells: Cells): string {
    const value: string = cells[columns.id] ?? '';
    const fits: boolean = Value.Check(Identifier, value);
    if (!fits) throw new CellRefused(columns.id, brokenRule('identifier', `"${value}" is not an identifier`));
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
    if (!owner) throw new CellRefused(columns.owner ?? 'owner', brokenRule('owner_missing', 'a deal needs an owner'));
    const more = attributes(cells);
    const optional = {
      customer: customer ? { id: slug(customer), name: customer } : undefined,
      team: text(cells, 'team') ?? defaults.team,
      region: text(cells, 'region') ?? defaults.region,
      product,
      channel: text(cells, 'channel') ?? defaults.channel,
      campaign: text(cells, 'campaign') ?? defaults.campaign,
      amount: amount === undefined ? undefined : readMoney(columns.amount!, amount, map.currency, map.decimalMark),
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

  function openedOn(cells: Cells): string | undefined {
    const value = text(cells, 'openedAt');
    return value === undefined ? undefined : readDay(columns.openedAt!, value, map);
  }

  function ending(narrow: Cells, outcome: 'won' | 'lost'): StepContent {
    const cells = widen(narrow);
    if (outcome === 'won') {
      const field = text(cells, 'wonAmount') === undefined ? 'amount' : 'wonAmount';
      const amount = text(cells, field) ?? '0';
      return { kind: 'win', amount: readMoney(columns[field] ?? field, amount, map.currency, map.decimalMark) };
    }
    const competitor = text(cells, 'competitor');
    const reasonCode = slug(text(cells, 'lossReason') ?? defaults.lossReason ?? 'unknown');
    return { kind: 'lose', reasonCode, ...(competitor ? { competitor } : {}) };
  }

  function notes(narrow: Cells): readonly string[] {
    const cells = widen(narrow);
    const unknown = lookups.filter(({ by, rows }) => {
      const value = translated(by, cells[by] ?? '');
      return value !== '' && !rows.has(value);
    });
    const meaning = stageMeaning(map, cells[columns.stage ?? ''] ?? '');
    const forNothing = meaning?.outcome === 'won' && text(cells, 'wonAmount') === undefined;
    return [
      ...unknown.map(({ by, file }) => `names a ${by} that is not in ${file}`),
      ...(forNothing && text(cells, 'amount') === undefined ? [WON_FOR_NOTHING] : []),
      ...(forNothing && columns.wonAmount !== undefined && text(cells, 'amount') !== undefined
        ? [WON_AS_EXPECTED]
        : []),
    ];
  }

  function record(narrow: Cells, file: string, line: number): DealRecord {
    const stageColumn = columns.stage ?? '';
    const label = narrow[stageColumn] ?? '';
    const { stage, outcome } = stageMeaning(map, label) ?? {};
    if (!stage) throw unknownStage(stageColumn, label);
    const openedAt = instant(narrow, 'openedAt');
    const endedAt = instant(narrow, 'endedAt');
    if (outcome && !endedAt) {
      const broken = brokenRule('end_missing', 'a deal that has ended needs the date it did');
      throw new CellRefused(columns.endedAt ?? 'endedAt', broken);
    }
    if (outcome && openedAt && endedAt! < openedAt) {
      const broken = brokenRule('end_before_opening', 'a deal cannot end before it was opened');
      throw new CellRefused(columns.endedAt!, broken);
    }
    const at = openedAt ?? (outcome ? endedAt : undefined);
    return {
      file,
      line,
      id: id(narrow),
      pipelineId: map.pipeline.id,
      details: details(narrow),
      opening: { stageId: stage, ...(at ? { at } : {}) },
      steps: outcome ? [{ file, line, at: endedAt!, ...ending(narrow, outcome) }] : [],
      standing: outcome ? {} : { stageId: stage },
      notes: [...notes(narrow), ...(openedAt ? [] : [outcome ? DATED_BY_END : UNDATED])],
    };
  }

  return { id, details, ending, openedAt: (cells) => instant(cells, 'openedAt'), openedOn, notes, record };
}

/** The refusal of a stage that the map does not say the meaning of. */
export function unknownStage(column: string, stage: string): CellRefused {
  const rule = `the map does not say what stage "${stage}" is`;
  return new CellRefused(column, brokenRule('stage_unmapped', rule, { value: stage }));
}

/**
 * A name as an identifier: `Acme Corporation` is `acme-corporation`. Names that would lose letters by that get an end
 * that keeps them apart.
 */
export function slug(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const readable = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  if (readable !== '' && readable.length <= 100 && !/[^\p{ASCII}]/u.test(plain)) return readable;
  return [readable.slice(0, 80), stableId('name', name.normalize('NFC')).slice(0, 8)].filter(Boolean).join('-');
}

async function lookupRows(path: string, key: string, delimiter: string): Promise<ReadonlyMap<string, Cells>> {
  const rows = new Map<string, Cells>();
  for await (const { values } of csvRows(path, delimiter, () => undefined)) rows.set(values[key] ?? '', values);
  return rows;
}
