import { Command, InvalidArgumentError, Option } from 'commander';
import { configFrom, environment, type Config } from '../server/config.ts';

/** What every command can be given. */
export interface SharedOptions {
  /** Answer with one JSON document on the standard output. */
  readonly json?: true;
  /** Directory of the embedded stores; wins over DEALTRAIL_DATA. */
  readonly data?: string;
}

/** Adds a command that answers as text or JSON. */
export function addAnsweringCommand(parent: Command, nameAndArguments: string, description: string): Command {
  return parent
    .command(nameAndArguments)
    .description(description)
    .option('--json', 'answer with one JSON document on the standard output');
}

/** Adds a command that answers from the stores, or works on them. */
export function addCommand(parent: Command, nameAndArguments: string, description: string): Command {
  return addAnsweringCommand(parent, nameAndArguments, description).option(
    '--data <directory>',
    'where the embedded stores are (default: $DEALTRAIL_DATA or ./data)',
  );
}

/** The environment, with what the command line says instead of it. */
export function configOf({ data }: SharedOptions, instead: NodeJS.ProcessEnv = {}): Config {
  return configFrom({ ...environment(), ...(data === undefined ? {} : { DEALTRAIL_DATA: data }), ...instead });
}

/** An option of which only some values make sense. */
export function choice(flags: string, description: string, values: readonly string[]): Option {
  return new Option(flags, description).choices(values);
}

/** Reads a whole number from 1, or another lowest one, on. */
export function wholeNumber(lowest = 1, highest = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= lowest && number <= highest)) {
      throw new InvalidArgumentError(
        `It must be a whole number from ${lowest}${highest < 1e9 ? ` to ${highest}` : ''}.`,
      );
    }
    return number;
  };
}

/** Reads a calendar day. */
export function day(text: string): string {
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant) || !new Date(instant).toISOString().startsWith(text)) {
    throw new InvalidArgumentError('It must be a day such as 2026-01-31.');
  }
  return text;
}

/** What was asked for cannot be meant, as only the command itself can tell; ends like any other wrong usage. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
