import type { Command } from 'commander';
import { instantOf } from '../../libs/statistics/calendar.ts';
import type { Journey } from '../../libs/statistics/attribution/journey.ts';
import { UsageError } from './command-line.ts';
import { delimiterOption, FileFault, fileRows, findColumns, numberIn, type ColumnsFound } from './statistics-files.ts';

/** How a file of journeys is to be read. */
export interface JourneyOptions {
  readonly path?: string;
  readonly conversions?: string;
  readonly value?: string;
  readonly nulls?: string;
  readonly times?: string;
  readonly delimiter?: string;
  readonly separator: string;
}

type Column = 'path' | 'conversions' | 'value' | 'nulls' | 'times';

/** What a file of journeys held. */
export interface JourneyFile {
  /** Rows with the same path are one, unless they have times. */
  readonly journeys: readonly Journey[];
  readonly rows: number;
  /** The headings that were read; value, nulls and times may be missing. */
  readonly columns: ColumnsFound<Column>;
}

/** How states are named that are no channels. */
export const START = '(start)';
export const CONVERSION = '(conversion)';
export const NULL = '(null)';

/** Adds the options that say how a file of journeys is read. */
export function journeyOptions(command: Command): Command {
  return command
    .option('--path <column>', 'the channels touched, the earliest first (default: path)')
    .option('--conversions <column>', 'how many such journeys converted (default: conversions or total_conversions)')
    .option('--value <column>', 'what that was worth (default: value or total_conversion_value)')
    .option('--nulls <column>', 'how many did not convert (default: nulls, total_null or null)')
    .option('--times <column>', 'when each channel was touched, separated as the path is (default: times)')
    .option('--separator <text>', 'what stands between the channels of a path, with or without spaces', '>')
    .addOption(delimiterOption());
}

/**
 * Reads a file of journeys. Throws `FileFault` at the first cell that is no path, number or list of times, `UsageError`
 * for a separator that separates nothing.
 */
export async function readJourneyFile(file: string, options: JourneyOptions): Promise<JourneyFile> {
  const { delimiter = ',' } = options;
  const separator = options.separator.trim() || options.separator;
  if (separator === '') throw new UsageError('--separator must not be empty.');
  const columns = await findColumns<Column>(
    file,
    {
      path: { names: ['path'], asked: options.path },
      conversions: { names: ['conversions', 'total_conversions'], asked: options.conversions },
      value: { names: ['value', 'total_conversion_value'], asked: options.value, optional: true },
      nulls: { names: ['nulls', 'total_null', 'null'], asked: options.nulls, optional: true },
      times: { names: ['times'], asked: options.times, optional: true },
    },
    delimiter,
  );
  const journeys = new Map<string | number, { -readonly [Field in keyof Journey]: Journey[Field] } & Counts>();
  let rows = 0;
  for await (const row of fileRows(file, delimiter)) {
    const fault = (column: string, rule: string) => new FileFault(file, rule, row.line, column);
    const numberOf = (column: string | undefined) =>
      column === undefined ? 0 : numberIn(file, row, column, { atLeast: 0 });
    const counts = {
      conversions: numberOf(columns.conversions),
      value: numberOf(columns.value),
      nulls: numberOf(columns.nulls),
    };
    if (counts.value > 0 && counts.conversions === 0) throw fault(columns.value!, 'has a value without a conversion.');
    const text = row.values[columns.path!]!;
    const known = columns.times === undefined ? journeys.get(text) : undefined;
    if (known) {
      for (const count of ['conversions', 'value', 'nulls'] as const) known[count] += counts[count];
    } else {
      const channels = channelsOf(text, separator, (rule) => fault(columns.path!, rule));
      const times = columns.times && timesOf(row.values[columns.times]!, separator, channels.length);
      if (typeof times === 'string') throw fault(columns.times!, times);
      journeys.set(times ? rows : text, { channels, ...(times && { times }), ...counts });
    }
    rows += 1;
  }
  return { journeys: [...journeys.values()], rows, columns };
}

type Counts = Record<'conversions' | 'value' | 'nulls', number>;

function channelsOf(text: string, separator: string, fault: (rule: string) => FileFault): readonly string[] {
  if (text === '') throw fault('has no channel.');
  const channels = text.split(separator).map((channel) => channel.trim());
  if (channels.includes('')) throw fault(`"${text}" has a channel without a name.`);
  const reserved = channels.find((channel) => [START, CONVERSION, NULL].includes(channel));
  if (reserved) throw fault(`no channel can be named ${reserved}.`);
  return channels;
}

/** The times in milliseconds, or what is wrong with them. */
function timesOf(text: string, separator: string, channels: number): readonly number[] | string {
  const instants = text.split(separator).map((time) => instantOf(time.trim()));
  if (instants.length !== channels) return `has ${instants.length} times for ${channels} channels.`;
  const wrong = instants.indexOf(undefined);
  if (wrong >= 0) return `"${text}" has no day or time with its offset at place ${wrong + 1}.`;
  const times = instants.map((instant) => Date.parse(instant!));
  return times.some((time, index) => index > 0 && time < times[index - 1]!) ? `"${text}" goes back in time.` : times;
}
