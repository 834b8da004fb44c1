import { code } from 'currency-codes';
import { InvalidArgumentError, type Command } from 'commander';
import { instantOf, whyNotPast } from '../../../libs/statistics/calendar.ts';
import { board } from '../../../libs/opportunities/reports/board.query.ts';
import { dimensions, type Cut, type Dimension } from '../../../libs/opportunities/reports/cut.ts';
import { forecast } from '../../../libs/opportunities/reports/forecast.query.ts';
import { funnel } from '../../../libs/opportunities/reports/funnel.query.ts';
import { opportunities } from '../../../libs/opportunities/reports/opportunities.query.ts';
import { stalled } from '../../../libs/opportunities/reports/stalled.query.ts';
import { winLoss } from '../../../libs/opportunities/reports/win-loss.query.ts';
import type { Money } from '../../../libs/eventsourcing/schema.ts';
import { given } from '../../../libs/http/given.ts';
import { answer } from '../answer.ts';
import { UsageError, addCommand, choice, day, wholeNumber } from '../command-line.ts';
import { boardText, dealsText, forecastText, funnelText, stalledText, winLossText } from '../report-texts.ts';
import { withReadModels, type ReadingOptions } from '../up-to-date.ts';

type CutOptions = ReadingOptions &
  Readonly<Partial<Record<Dimension, string>>> & {
    readonly pipeline?: string;
    readonly without?: readonly Dimension[];
  };

interface PeriodOptions {
  readonly from?: string;
  readonly to?: string;
  readonly by?: Dimension;
}

interface FunnelOptions extends PeriodOptions {
  readonly asOf?: string;
  readonly fromStage?: string;
}

/** The questions about deals. */
export function registerReports(program: Command): void {
  const funnels = withPeriod(addReport(program, 'funnel', 'deals, amounts and weighted amounts per stage'))
    .option('--as-of <moment>', 'a past business moment: a day for its end, or a time with its offset', moment)
    .option('--from-stage <stage>', 'for velocity, count only deals from this stage on');
  funnels.action(async (options: CutOptions & FunnelOptions) => {
    const { from, to, by, asOf, fromStage } = options;
    const asked = from !== undefined || to !== undefined;
    const question = {
      ...cutOf(options),
      ...given({ groupBy: by, asOf, fromStage, period: asked ? given({ from, to }) : undefined }),
    };
    const found = await withReadModels(options, (store, now) => funnel(store, { now, ...question }));
    await answer(options, found, () => funnelText(found));
  });

  addReport(program, 'forecast', 'what the open deals are expected to bring, and when')
    .option('--target <money>', 'what is to be won, "CNY 540000": also tells where the funnel starves', amountOfMoney)
    .action(async (options: CutOptions & { readonly target?: Money }) => {
      const question = { ...cutOf(options), ...given({ target: options.target }) };
      const found = await withReadModels(options, (store, now) => forecast(store, { now, ...question }));
      await answer(options, found, () => forecastText(found, options.target?.currency));
    });

  withPeriod(addReport(program, 'win-loss', 'won and lost deals, why they were lost and to whom')).action(
    async (options: CutOptions & PeriodOptions) => {
      const { from, to, by } = options;
      const question = { ...cutOf(options), ...given({ from, to, groupBy: by }) };
      const found = await withReadModels(options, (store, now) => winLoss(store, { now, ...question }));
      await answer(options, found, () => winLossText(found));
    },
  );

  addReport(program, 'stalled', 'open deals longer in their stage than its limit')
    .option('--limit <number>', 'most deals', wholeNumber(), 100)
    .action(async (options: CutOptions & { readonly limit: number }) => {
      const question = { ...cutOf(options), limit: options.limit };
      const found = await withReadModels(options, (store, now) => stalled(store, { now, ...question }));
      await answer(options, found, () => stalledText(found));
    });

  addReport(program, 'board', 'the open deals of each stage')
    .option('--cards <number>', 'most deals of a stage', wholeNumber(), 10)
    .action(async (options: CutOptions & { readonly cards: number }) => {
      const question = { ...cutOf(options), cards: options.cards };
      const found = await withReadModels(options, (store, now) => board(store, { now, ...question }));
      await answer(options, found, () => boardText(found));
    });

  addReport(program, 'deals', 'a list of deals, the latest change first')
    .option('--stage <stage>', 'only deals in this stage')
    .option('--limit <number>', 'most deals', wholeNumber(), 50)
    .option('--after <cursor>', 'the page after: `next` of the page before')
    .action(
      async (options: CutOptions & { readonly stage?: string; readonly limit: number; readonly after?: string }) => {
        const { stage, limit, after } = options;
        const question = { ...cutOf(options), limit, ...given({ stageId: stage, after }) };
        const found = await withReadModels(options, (store, now) => opportunities(store, { now, ...question }));
        await answer(options, found, () => dealsText(found));
      },
    );
}

const flags: Readonly<Record<Dimension, string>> = {
  owner: '--owner <name>',
  team: '--team <name>',
  region: '--region <name>',
  product: '--product <name>',
  productLabel: '--product-label <name>',
  channel: '--channel <name>',
  campaign: '--campaign <name>',
  customerId: '--customer-id <id>',
};

function addReport(program: Command, name: string, description: string): Command {
  const command = addCommand(program, name, description)
    .option('--replayed <directory>', 'ask a replay, as `audit replay` told its directory, in place of the present')
    .option('--pipeline <id>', 'which pipeline (default: "default")');
  for (const dimension of dimensions) command.option(flags[dimension], `only deals of this ${dimension}`);
  const without = choice('--without <dimension...>', 'only deals that have none of these', dimensions);
  return command.addOption(without);
}

function withPeriod(command: Command): Command {
  return command
    .option('--from <day>', 'what happened from this day on', day)
    .option('--to <day>', 'what happened up to this day, included', day)
    .addOption(choice('--by <dimension>', 'one report for each value', dimensions))
    .hook('preAction', (_, asked) => {
      const { from, to } = asked.opts<PeriodOptions>();
      if (from !== undefined && to !== undefined && to < from) throw new UsageError('--to must not lie before --from.');
    });
}

function cutOf(options: CutOptions): Cut {
  const chosen = dimensions.map((dimension) => [dimension, options[dimension]]);
  const absent = (options.without ?? []).map((dimension) => [dimension, null]);
  return given({ pipelineId: options.pipeline, ...Object.fromEntries([...chosen, ...absent]) });
}

function moment(text: string): string {
  const instant = instantOf(text);
  if (instant === undefined)
    throw new InvalidArgumentError('It must be a day, or a time such as 2026-01-31T09:30:00Z.');
  const why = whyNotPast('It', instant, new Date().toISOString());
  if (why !== undefined) throw new InvalidArgumentError(why);
  return instant;
}

/** Reads an amount of money with its currency before or behind it, in whole units or with decimals. */
function amountOfMoney(text: string): Money {
  const match = /^(?<before>[A-Z]{3})?\s*(?<whole>\d{1,15})(\.(?<fraction>\d{1,4}))?\s*(?<behind>[A-Z]{3})?$/.exec(
    text,
  );
  const { before, whole = '', fraction = '', behind } = match?.groups ?? {};
  const currency = before ?? behind;
  const digits = currency === undefined ? undefined : code(currency)?.digits;
  const minorUnits = Number(whole + fraction.padEnd(digits ?? 0, '0'));
  if (
    !match ||
    currency === undefined ||
    (before && behind) ||
    digits === undefined ||
    fraction.length > digits ||
    !Number.isSafeInteger(minorUnits)
  ) {
    throw new InvalidArgumentError('It must be an amount with its currency, such as "CNY 540000" or "540000.50 EUR".');
  }
  return { minorUnits, currency };
}
