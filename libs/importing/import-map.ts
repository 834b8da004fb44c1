import { Value } from '@sinclair/typebox/value';
import currencyCodes from 'currency-codes';
import { IANAZone } from 'luxon';
import { RuleViolation } from '../eventsourcing/errors.ts';
import { Identifier, Text, Type, type Static, closed } from '../eventsourcing/schema.ts';
import { Stage } from '../pipelines/pipeline.events.ts';

const Column = Type.String({ minLength: 1 });

/** What a value of the stage column means: a stage, or an outcome reached from a stage. */
const StageMeaning = Type.Object(
  {
    stage: Type.Optional(Column),
    outcome: Type.Optional(Type.Union([Type.Literal('won'), Type.Literal('lost')])),
  },
  closed,
);
export type StageMeaning = Static<typeof StageMeaning>;

const shared = {
  /** Goes through this pipeline; with stages, it is set up where it does not exist. */
  pipeline: Type.Object(
    {
      id: Identifier,
      name: Type.Optional(Text),
      stages: Type.Optional(Type.Array(Stage, { minItems: 1 })),
    },
    closed,
  ),
  /** Luxon's tokens, tried in order: `yyyy-MM-dd`, `dd/MM/yyyy`, `dd/MM/yyyy HH:mm`. */
  dateFormats: Type.Array(Type.String(), { minItems: 1 }),
  /** IANA zone in which dates without an offset are meant. */
  timeZone: Type.String(),
  delimiter: Type.Optional(Type.String({ minLength: 1, maxLength: 1 })),
  /** What each value of the stage column means; a value that is not listed is refused. */
  stages: Type.Record(Type.String(), StageMeaning),
};

const DealColumns = Type.Object(
  {
    id: Column,
    title: Type.Optional(Column),
    customer: Type.Optional(Column),
    owner: Type.Optional(Column),
    team: Type.Optional(Column),
    region: Type.Optional(Column),
    product: Type.Optional(Column),
    channel: Type.Optional(Column),
    campaign: Type.Optional(Column),
    amount: Type.Optional(Column),
    /** What a won deal brought, where that is another column than the amount. */
    wonAmount: Type.Optional(Column),
    stage: Type.Optional(Column),
    openedAt: Type.Optional(Column),
    endedAt: Type.Optional(Column),
    expectedCloseDate: Type.Optional(Column),
    lossReason: Type.Optional(Column),
    competitor: Type.Optional(Column),
  },
  closed,
);

const dealFields = {
  /** ISO 4217; amounts are decimal numbers in whole units of it. */
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  /** What stands before the decimals; thousands may then be set apart. Left out: a point, and they may not. */
  decimalMark: Type.Optional(Type.Union([Type.Literal('.'), Type.Literal(',')])),
  columns: DealColumns,
  /** Further columns to keep as text, by attribute name. */
  attributes: Type.Optional(Type.Record(Type.String(), Column)),
  /** Values to read as others, by column; the text as it stood is kept as an attribute `<column>Label`. */
  values: Type.Optional(Type.Record(Type.String(), Type.Record(Type.String(), Type.String()))),
  /** Columns added to each row from another file of the same folder, where `key` of that file equals `by` of the row. */
  lookups: Type.Optional(
    Type.Array(
      Type.Object({ file: Column, key: Column, by: Column, take: Type.Record(Type.String(), Column) }, closed),
    ),
  ),
  /** Used where a row has no value. */
  defaults: Type.Optional(
    Type.Object(
      {
        owner: Type.Optional(Type.String()),
        team: Type.Optional(Type.String()),
        region: Type.Optional(Type.String()),
        channel: Type.Optional(Type.String()),
        campaign: Type.Optional(Type.String()),
        lossReason: Type.Optional(Type.String()),
      },
      closed,
    ),
  ),
};

/** How the columns of a file of deals are to be read: one row a deal, as it stands. */
export const DealsMap = Type.Object({ ...shared, ...dealFields }, closed);
export type DealsMap = Static<typeof DealsMap>;

/** How a file of stage changes is to be read: one row each time a deal entered a stage, in order within a day. */
export const StageHistoryMap = Type.Object(
  {
    ...shared,
    columns: Type.Object({ id: Column, stage: Column, at: Column }, closed),
    /** The deals themselves, from another file of the same folder. */
    deals: Type.Object({ file: Column, ...dealFields }, closed),
  },
  closed,
);
export type StageHistoryMap = Static<typeof StageHistoryMap>;

/** A map with the sort of files it is for. */
export type MappedKind =
  | { readonly kind: 'deals'; readonly map: DealsMap }
  | { readonly kind: 'stage-history'; readonly map: StageHistoryMap };

/** What a map says that a value of the stage column means, if anything. A value may be called as anything, `constructor` too. */
export function stageMeaning({ stages }: Pick<DealsMap, 'stages'>, label: string): StageMeaning | undefined {
  return Object.hasOwn(stages, label) ? stages[label] : undefined;
}

/** Checks a map read from a file; throws `RuleViolation` that names the first fault. */
export function parseDealsMap(value: unknown): DealsMap {
  requireFit(DealsMap, value);
  const map = value as DealsMap;
  requireSense(map, map.currency, '/currency');
  for (const [label, { stage }] of Object.entries(map.stages)) {
    if (stage === undefined)
      throw fault(`/stages/${label}/stage`, 'a row of deals needs a stage, also where it has ended');
  }
  if (map.columns.stage === undefined) throw fault('/columns/stage', 'a row of deals needs a column of the stage');
  return map;
}

/** As `parseDealsMap`, for stage histories. */
export function parseStageHistoryMap(value: unknown): StageHistoryMap {
  requireFit(StageHistoryMap, value);
  const map = value as StageHistoryMap;
  requireSense(map, map.deals.currency, '/deals/currency');
  for (const [label, { stage, outcome }] of Object.entries(map.stages)) {
    if (stage === undefined && outcome === undefined) throw fault(`/stages/${label}`, 'needs a stage or an outcome');
  }
  return map;
}

/** Everything in which a map differs from the form of its kind, by path with dots; at most the first 50. */
export function mapMisfits(
  schema: typeof DealsMap | typeof StageHistoryMap,
  value: unknown,
): readonly { readonly path: string; readonly message: string }[] {
  return [...Value.Errors(schema, value)].slice(0, 50).map(({ path, message }) => ({ path: dotted(path), message }));
}

/** A path as a JSON pointer with dots in the place of slashes. */
export function dotted(pointer: string): string {
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
}

function requireFit(schema: typeof DealsMap | typeof StageHistoryMap, value: unknown): void {
  const first = Value.Errors(schema, value).First();
  if (first) throw fault(first.path, first.message);
}

/** What a schema cannot say. */
function requireSense(map: DealsMap | StageHistoryMap, currency: string, currencyAt: string): void {
  if (!currencyCodes.code(currency)) throw fault(currencyAt, `${currency} is not an ISO 4217 currency`);
  if (!IANAZone.isValidZone(map.timeZone)) throw fault('/timeZone', `${map.timeZone} is not a time zone`);
  const ids = map.pipeline.stages?.map(({ id }) => id);
  for (const [label, { stage }] of Object.entries(map.stages)) {
    if (ids === undefined || stage === undefined || ids.includes(stage)) continue;
    throw fault(`/stages/${label}/stage`, `the pipeline has no stage ${stage}, but ${ids.join(', ')}`);
  }
}

function fault(path: string, message: string): RuleViolation {
  return new RuleViolation('invalid_import_map', `The map is wrong at ${path || '/'}: ${message}.`, path);
}
