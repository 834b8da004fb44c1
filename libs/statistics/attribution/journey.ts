import { StatisticsError, requireNumber, requireSome } from '../statistics-error.ts';

/** Journeys of customers over the same channels in the same order, counted together. */
export interface Journey {
  /** The channels touched, the earliest first; one may come more than once. */
  readonly channels: readonly string[];
  /** When each was touched, in milliseconds since 1970 UTC. Only decay by time asks for it. */
  readonly times?: readonly number[];
  /** How many of them ended in a conversion. Touches after it are to be left out. */
  readonly conversions: number;
  /** What these conversions were worth together, in the caller's unit; 0 where left out. */
  readonly value?: number;
  /** How many of them ended without; 0 where left out. */
  readonly nulls?: number;
}

/** A journey that was checked, with each channel's number in the order in which channels first appear. */
export interface CheckedJourney extends Required<Omit<Journey, 'times'>> {
  readonly times: readonly number[] | undefined;
  /** The same array for every journey, filled anew: not to be kept. */
  readonly path: readonly number[];
}

/** Something that is computed from journeys one after the other. */
export interface JourneyTally {
  add(journey: CheckedJourney): void;
}

/** What all journeys make together. */
export interface JourneyTotals {
  /** In the order in which they first appear. */
  readonly channels: readonly string[];
  /** Entries that were read, each of which may count many journeys. */
  readonly rows: number;
  readonly conversions: number;
  readonly value: number;
  readonly nulls: number;
}

/** What a channel is given, in conversions and in the unit of the journeys' value. */
export interface ChannelCredit {
  readonly channel: string;
  readonly conversions: number;
  readonly value: number;
}

/**
 * Reads journeys once, in any number, gives each to every tally, and keeps none of them. Throws a `StatisticsError` that
 * names the place, as in `journeys[3].value`: `empty` without journeys, without channels or for a channel without a
 * name; `not_finite` or `out_of_range` for figures that are not finite or negative, and for value without a conversion;
 * `unequal_lengths` and `not_sorted` for times; `too_few` where nothing was converted at all.
 */
export function readJourneys(journeys: Iterable<Journey>, tallies: readonly JourneyTally[]): JourneyTotals {
  const numbers = new Map<string, number>();
  const path: number[] = [];
  const totals = { rows: 0, conversions: 0, value: 0, nulls: 0 };
  // From the start to a touch, from touch to touch, and to the end.
  let steps = 0;
  for (const journey of journeys) {
    const checked = checkedJourney(journey, totals.rows, path);
    path.length = 0;
    for (const channel of journey.channels) {
      let number = numbers.get(channel);
      if (number === undefined) {
        if (channel.trim() === '') throw nameless(totals.rows);
        numbers.set(channel, (number = numbers.size));
      }
      path.push(number);
    }
    totals.rows += 1;
    totals.conversions += checked.conversions;
    totals.value += checked.value;
    totals.nulls += checked.nulls;
    steps += (checked.conversions + checked.nulls) * (path.length + 1);
    for (const tally of tallies) tally.add(checked);
  }
  requireSome('journeys', { length: totals.rows });
  requireTotals(totals, steps);
  return { channels: [...numbers.keys()], ...totals };
}

/** What was added up for each channel by its number, in the order of the channels' names. */
export function creditsOf(
  { channels }: JourneyTotals,
  conversions: readonly number[],
  value: readonly number[],
): readonly ChannelCredit[] {
  return channels
    .map((channel, number) => ({
      channel,
      conversions: conversions[number] ?? 0,
      value: value[number] ?? 0,
    }))
    .toSorted((one, other) => (one.channel < other.channel ? -1 : 1));
}

function checkedJourney(journey: Journey, index: number, path: readonly number[]): CheckedJourney {
  const { channels, times, conversions, value = 0, nulls = 0 } = journey;
  if (!isCount(conversions) || !isCount(value) || !isCount(nulls)) {
    requireNumber(`journeys[${index}].conversions`, conversions, { atLeast: 0 });
    requireNumber(`journeys[${index}].value`, value, { atLeast: 0 });
    requireNumber(`journeys[${index}].nulls`, nulls, { atLeast: 0 });
  }
  if (channels.length === 0) requireSome(`journeys[${index}].channels`, channels);
  if (value > 0 && conversions === 0) {
    const field = `journeys[${index}].value`;
    throw new StatisticsError('out_of_range', field, `${field} must be 0 where nothing was converted, not ${value}.`);
  }
  if (value / conversions === Infinity) {
    const field = `journeys[${index}].value`;
    throw new StatisticsError('not_finite', field, `${field} must be a finite number for each conversion.`);
  }
  if (times) requireTimes(`journeys[${index}].times`, times, channels.length);
  return { channels, times, conversions, value, nulls, path };
}

function isCount(value: number): boolean {
  return value >= 0 && value < Infinity;
}

/** Throws `StatisticsError` unless there are so many times, finite and none before the one before it. */
export function requireTimes(field: string, times: readonly number[], length: number): void {
  if (times.length !== length) {
    throw new StatisticsError('unequal_lengths', field, `${field} must be ${length}, as the channels are.`);
  }
  for (const [index, time] of times.entries()) {
    requireNumber(`${field}[${index}]`, time);
    if (index > 0 && time < times[index - 1]!) {
      throw new StatisticsError('not_sorted', field, `${field} must not go back, as at ${index}.`);
    }
  }
}

function nameless(index: number): StatisticsError {
  const field = `journeys[${index}].channels`;
  return new StatisticsError('empty', field, `${field} must not contain a channel without a name.`);
}

function requireTotals(totals: Omit<JourneyTotals, 'channels'>, steps: number): void {
  requireNumber('conversions', totals.conversions);
  requireNumber('value', totals.value);
  requireNumber('conversions and nulls', steps);
  if (totals.conversions === 0) {
    throw new StatisticsError('too_few', 'conversions', 'conversions are all zero: there is nothing to attribute.');
  }
}
