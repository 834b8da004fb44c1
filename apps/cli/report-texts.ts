import type { Board } from '../../libs/opportunities/reports/board.query.ts';
import type { Slice } from '../../libs/opportunities/reports/cut.ts';
import type { DealCard } from '../../libs/opportunities/reports/deal-card.ts';
import type { Forecast } from '../../libs/opportunities/reports/forecast.query.ts';
import type { FunnelPeriod, FunnelReport } from '../../libs/opportunities/reports/funnel-report.ts';
import type { FunnelAnswer } from '../../libs/opportunities/reports/funnel.query.ts';
import type { OpportunitiesPage } from '../../libs/opportunities/reports/opportunities.query.ts';
import type { Stalled } from '../../libs/opportunities/reports/stalled.query.ts';
import type { WinLossAnswer, WinLossReport } from '../../libs/opportunities/reports/win-loss.query.ts';
import { amounts, count, figure, money, percent, table } from './answer.ts';

export function funnelText(answer: FunnelAnswer): string {
  return `${answer.pipelineName} at ${answer.at}\n\n${sections(answer, funnelReportText)}`;
}

/** The whole, then the parts it was split into. */
function sections<Report>(
  { total, groups }: { readonly total: Report; readonly groups: readonly Slice<Report>[] },
  text: (report: Report) => string,
): string {
  const parts = groups.map(({ value, report }) => `${value ?? '(none)'}\n${text(report)}`);
  return [text(total), ...parts].join('\n\n');
}

function funnelReportText({ open, suspended, worth, stages, period }: FunnelReport): string {
  const weighted = worth.map(({ currency, weightedAmount }) => ({ currency, amount: weightedAmount }));
  const now = table(
    ['Stage', '>Open', '>Suspended', '>Amount', '>Weighted', '>Median age', '>Oldest', '>Stalled'],
    [
      ...stages.map((stage) => [
        stage.name,
        stage.open,
        stage.suspended,
        amounts(stage.worth),
        amounts(stage.worth.map(({ currency, weightedAmount }) => ({ currency, amount: weightedAmount }))),
        figure(stage.age?.medianDays),
        figure(stage.age?.oldestDays),
        stage.stalled,
      ]),
      ['Total', open, suspended, amounts(worth), amounts(weighted), '', '', ''],
    ],
  );
  if (!period) return now;
  const flow = table(
    [
      'Stage',
      '>Entered',
      '>Left',
      '>Forward',
      '>Back',
      '>Skipped',
      '>Won',
      '>Lost',
      '>To next',
      '>To won',
      '>Days',
      '>p90',
    ],
    stages.flatMap(({ name, period: of }) =>
      of
        ? [
            [
              name,
              of.entered,
              of.left,
              of.movedForward,
              of.movedBack,
              of.skipped,
              of.won,
              of.lost,
              percent(of.conversionToNext),
              percent(of.conversionToWon),
              figure(of.days.median),
              figure(of.days.p90),
            ],
          ]
        : [],
    ),
  );
  return [now, flow, periodText(period)].join('\n\n');
}

function periodText(period: FunnelPeriod): string {
  const { opened, won, lost, terminated, winRate, wonAmounts, cycleDaysOfWon, velocity } = period;
  const lines = [
    `Opened ${count(opened)}, won ${count(won)}, lost ${count(lost)}, terminated ${count(terminated)}; ` +
      `win rate ${percent(winRate)}; cycle of won deals ${figure(cycleDaysOfWon.mean)} days on average`,
    ...wonAmounts.map(({ currency, total, mean, median }) => {
      const [sum, average, middle] = [total, mean, median].map((amount) => money(amount, currency));
      return `Won ${sum}, on average ${average}, median ${middle}`;
    }),
    ...velocity.map(({ currency, minorUnitsPerDay }) => `Velocity ${money(minorUnitsPerDay, currency)} a day`),
  ];
  return lines.join('\n');
}

/** @param target the currency of the target, where one was asked for */
export function forecastText(
  { pipelineName, stages, totals, months, categories }: Forecast,
  target: string | undefined,
): string {
  const perStage = table(
    [
      'Stage',
      '>Open',
      '>Chance',
      'Lands on',
      '>Amount',
      '>Expected',
      '>By reps',
      ...(target === undefined ? [] : ['>Missing']),
    ],
    stages.flatMap(({ name, open, chanceToWin, landsOn, expectations, need }) => {
      const missing =
        need && target !== undefined
          ? [need.missing === null ? 'never won from here' : money(need.missing, target)]
          : [];
      const rows = expectations.map((of) => [
        money(of.amount, of.currency),
        money(of.expectedAmount, of.currency),
        money(of.expectedByReps, of.currency),
      ]);
      return (rows.length > 0 ? rows : [['–', '–', '–']]).map((cells, index) =>
        index === 0
          ? [name, open, percent(chanceToWin), landsOn, ...cells, ...missing]
          : ['', '', '', '', ...cells, ...missing.map(() => '')],
      );
    }),
  );
  const figures = ['>Deals', '>Amount', '>Expected', '>By reps'];
  const cells = (of: Forecast['totals'][number]) => [
    of.count,
    money(of.amount, of.currency),
    money(of.expectedAmount, of.currency),
    money(of.expectedByReps, of.currency),
  ];
  return [
    pipelineName,
    perStage,
    table(
      ['Month', ...figures],
      months.map((of) => [of.month, ...cells(of)]),
    ),
    table(
      ['Category', ...figures],
      [...categories.map((of) => [of.category, ...cells(of)]), ...totals.map((of) => ['Total', ...cells(of)])],
    ),
  ].join('\n\n');
}

export function winLossText(answer: WinLossAnswer): string {
  return sections(answer, winLossReportText);
}

function winLossReportText({
  won,
  lost,
  terminated,
  winRate,
  wonAmounts,
  lostAmounts,
  reasons,
  competitors,
}: WinLossReport): string {
  const shares = (title: string, of: WinLossReport['reasons']) =>
    table(
      [title, '>Deals', '>Share', '>Amount'],
      of.map(({ value, count: deals, share, amounts: lostIn }) => [
        value ?? '(none)',
        deals,
        percent(share),
        amounts(lostIn),
      ]),
    );
  return [
    `Won ${count(won)} (${amounts(wonAmounts)}), lost ${count(lost)} (${amounts(lostAmounts)}), ` +
      `terminated ${count(terminated)}; win rate ${percent(winRate)}`,
    shares('Lost because', reasons),
    shares('Lost to', competitors),
  ].join('\n\n');
}

export function stalledText({ total, deals }: Stalled): string {
  const rows = deals.map((deal) => [
    deal.id,
    deal.title,
    deal.owner,
    deal.stageId,
    deal.daysInStage,
    deal.limitDays,
    worthOf(deal),
    deal.cause.replaceAll('_', ' '),
  ]);
  return `${count(total)} stalled\n\n${table(['Deal', 'Title', 'Owner', 'Stage', '>Days', '>Limit', '>Amount', 'Cause'], rows)}`;
}

export function boardText({ pipelineName, columns }: Board): string {
  const parts = columns.map(({ stage, count: deals, suspended, worth, cards }) => {
    const paused = suspended === 0 ? '' : `, ${count(suspended)} suspended`;
    const rows = cards.map((card) => [
      card.id,
      card.title,
      card.owner,
      worthOf(card),
      card.daysInStage,
      card.stalled ? 'stalled' : '',
    ]);
    const list = cards.length === 0 ? '' : `\n${table(['Deal', 'Title', 'Owner', '>Amount', '>Days', ''], rows)}`;
    return `${stage.name}: ${count(deals)} open${paused}, ${amounts(worth)}${list}`;
  });
  return [pipelineName, ...parts].join('\n\n');
}

export function dealsText({ opportunities, next }: OpportunitiesPage): string {
  const rows = opportunities.map((deal) => [
    deal.id,
    deal.title,
    deal.owner,
    deal.stageId,
    deal.status,
    worthOf(deal),
    deal.openedAt.slice(0, 10),
    deal.endedAt?.slice(0, 10),
  ]);
  const list = table(['Deal', 'Title', 'Owner', 'Stage', 'Status', '>Amount', 'Opened', 'Ended'], rows);
  return next === undefined ? list : `${list}\n\nMore: --after ${next}`;
}

function worthOf({ amount, currency }: Pick<DealCard, 'amount' | 'currency'>): string {
  return amount === null || currency === null ? '–' : money(amount, currency);
}
