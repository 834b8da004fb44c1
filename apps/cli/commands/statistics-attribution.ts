import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  attribution,
  USUAL_HALF_LIFE_DAYS,
  type Attribution,
  type AttributionModel,
  type AttributionOptions,
} from '../../../libs/statistics/attribution/attribution.ts';
import {
  conversionRateShapley,
  type ConversionRateShapley,
} from '../../../libs/statistics/attribution/conversion-rate-shapley.ts';
import type { MarkovOrder } from '../../../libs/statistics/attribution/markov-chain.ts';
import type { MarkovAttribution, Transition } from '../../../libs/statistics/attribution/markov.ts';
import { answer, count, percent, table } from '../answer.ts';
import { addAnsweringCommand, choice, UsageError, wholeNumber, type SharedOptions } from '../command-line.ts';
import { FileFault } from '../statistics-files.ts';
import {
  CONVERSION,
  journeyOptions,
  NULL,
  readJourneyFile,
  START,
  type JourneyFile,
  type JourneyOptions,
} from '../statistics-journeys.ts';

interface AttributionCommandOptions extends SharedOptions, JourneyOptions {
  readonly order?: readonly string[];
  readonly direct?: readonly string[];
  readonly halfLife?: number;
  readonly position: NonNullable<AttributionOptions['position']>;
  readonly rateShares?: true;
  readonly permutations: number;
  readonly seed: number;
}

/** Conversions and their value shared out to channels, by all models side by side. */
export function registerStatisticsAttribution(statistics: Command): void {
  journeyOptions(addAnsweringCommand(statistics, 'attribution <file.csv>', 'what each channel brought, by every model'))
    .addOption(choice('--order <order...>', 'orders of the Markov chains (default: all)', ['1', '2', '3']))
    .option('--direct <channel...>', 'channels that the last non-direct touch leaves out')
    .addOption(
      new Option('--position <first/last>', 'percent for the first and the last touch')
        .argParser(position)
        .default({ first: 0.4, last: 0.4 }, '40/40'),
    )
    .option(
      '--half-life <number>',
      'of decay: days where touches have times, else steps (default: 7 days, 1 step)',
      positive,
    )
    .option('--rate-shares', 'also what each channel adds to the conversion rate (Shapley)')
    .option('--permutations <number>', 'orders of channels to sample for it beyond 20 channels', wholeNumber(2), 1_000)
    .option('--seed <number>', 'of that sample', wholeNumber(0, 2 ** 31 - 1), 1)
    .action(async (path: string, options: AttributionCommandOptions) => {
      const file = await readJourneyFile(path, options);
      if (options.rateShares && !file.columns.nulls) throw new UsageError('--rate-shares needs a column of nulls.');
      const settings = settingsOf(file, options);
      const found = attribution(file.journeys, settings);
      const unknown = options.direct?.find((channel) => !found.totals.channels.includes(channel));
      if (unknown !== undefined) throw new FileFault(path, `no path has the channel ${unknown}.`);
      const { permutations, seed } = options;
      const rates = options.rateShares
        ? conversionRateShapley(file.journeys, { sampling: { permutations, seed } })
        : undefined;
      const document = documentOf(file, found, settings, rates);
      await answer(options, document, () => textOf(file, found, rates));
    });
}

function settingsOf({ columns }: JourneyFile, options: AttributionCommandOptions) {
  const { direct = [], halfLife } = options;
  return {
    direct,
    position: options.position,
    decay: columns.times ? { halfLifeDays: halfLife ?? USUAL_HALF_LIFE_DAYS } : { halfLifeSteps: halfLife ?? 1 },
    orders: (options.order ?? ['1', '2', '3']).map((order) => Number(order) as MarkovOrder),
  };
}

function documentOf(
  { rows, journeys, columns }: JourneyFile,
  { totals, credits, markov }: Attribution,
  settings: object,
  rates: ConversionRateShapley | undefined,
) {
  const by = (what: 'conversions' | 'value') =>
    Object.fromEntries(
      Object.entries(credits).map(([model, given]) => [
        model,
        Object.fromEntries(given.map((credit) => [credit.channel, credit[what]])),
      ]),
    );
  return {
    input: {
      rows,
      differentPaths: new Set(journeys.map(({ channels }) => channels.join('\0'))).size,
      journeys: totals.conversions + totals.nulls,
      conversions: totals.conversions,
      value: columns.value ? totals.value : null,
      nulls: columns.nulls ? totals.nulls : null,
      channels: totals.channels.toSorted(),
      columns,
    },
    settings,
    conversions: by('conversions'),
    value: columns.value ? by('value') : null,
    markov: Object.fromEntries(markov.map((chain) => [`order${chain.order}`, chainDocument(chain)])),
    ...(rates && {
      conversionRate: {
        ...rates,
        shares: Object.fromEntries(rates.shares.map(({ channel, ...share }) => [channel, share])),
      },
    }),
  };
}

function chainDocument({ states, conversionProbability, removalEffects, transitions }: MarkovAttribution) {
  return {
    states,
    conversionProbability,
    removalEffects: Object.fromEntries(removalEffects.map(({ channel, conversions }) => [channel, conversions])),
    removalEffectsOnValue: Object.fromEntries(removalEffects.map(({ channel, value }) => [channel, value])),
    transitions: transitions.map(({ from, to, probability }) => ({
      from: stateName(from),
      to: stateName(to),
      probability,
    })),
  };
}

function stateName(state: Transition['to']): string {
  if (typeof state === 'string') return state === 'conversion' ? CONVERSION : NULL;
  return state.join(' > ') || START;
}

const titles: Readonly<Record<AttributionModel, string>> = {
  firstTouch: 'First',
  lastTouch: 'Last',
  lastNonDirect: 'Last non-direct',
  linear: 'Linear',
  position: 'Position',
  timeDecay: 'Decay',
  markov1: 'Markov 1',
  markov2: 'Markov 2',
  markov3: 'Markov 3',
  shapley: 'Shapley',
};

function textOf({ rows, columns }: JourneyFile, found: Attribution, rates: ConversionRateShapley | undefined): string {
  const { totals, markov } = found;
  const channels = totals.channels.toSorted();
  const nulls = columns.nulls ? ` and ${amount(totals.nulls)} without (${percent(rateOf(found))} converted)` : '';
  const worth = columns.value ? ` worth ${amount(totals.value)}` : '';
  return [
    `${count(rows)} rows: ${amount(totals.conversions)} conversions${worth}${nulls}, over ${channels.length} channels.`,
    '',
    'Conversions',
    creditTable(found, channels, 'conversions'),
    ...(columns.value ? ['', 'Value', creditTable(found, channels, 'value')] : []),
    '',
    'Share of the conversions that would be lost without the channel',
    table(
      ['Channel', ...markov.map(({ order }) => `>Order ${order}`)],
      channels.map((channel, index) => [
        channel,
        ...markov.map(({ removalEffects }) => percent(removalEffects[index]!.conversions)),
      ]),
    ),
    ...(rates ? ['', rateText(rates)] : []),
  ].join('\n');
}

function rateOf({ totals }: Attribution): number {
  return totals.conversions / (totals.conversions + totals.nulls);
}

function creditTable({ credits }: Attribution, channels: readonly string[], what: 'conversions' | 'value'): string {
  const models = Object.entries(credits);
  const sums = models.map(([, given]) => amount(given.reduce((sum, credit) => sum + credit[what], 0)));
  return table(
    ['Channel', ...models.map(([model]) => `>${titles[model as AttributionModel]}`)],
    [
      ...channels.map((channel, index) => [channel, ...models.map(([, given]) => amount(given[index]![what]))]),
      ['All', ...sums],
    ],
  );
}

function rateText({ rate, permutations, shares }: ConversionRateShapley): string {
  const how = permutations === null ? 'exact' : `sampled from ${count(permutations)} orders of the channels`;
  const points = (share: number | null) => (share === null ? '–' : (share * 100).toPrecision(3));
  return [
    `What each channel adds to the conversion rate of ${percent(rate)}, in points (${how})`,
    table(
      ['Channel', '>Points', '>Standard error'],
      shares.map((share) => [share.channel, points(share.rate), points(share.standardError)]),
    ),
  ].join('\n');
}

/** With two decimals where it is not whole but for rounding, and thousands apart. */
function amount(number: number): string {
  const digits = Math.abs(number - Math.round(number)) <= 1e-9 * number ? 0 : 2;
  return number.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function position(text: string): NonNullable<AttributionOptions['position']> {
  const match = /^(\d{1,3})\/(\d{1,3})$/.exec(text);
  const [first, last] = [Number(match?.[1]), Number(match?.[2])];
  if (!(first + last <= 100)) throw new InvalidArgumentError('It must be two percentages such as 40/40.');
  return { first: first / 100, last: last / 100 };
}

function positive(text: string): number {
  const number = /^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(number > 0)) throw new InvalidArgumentError('It must be a positive number.');
  return number;
}
