import type { Where } from '../../eventsourcing/read-model-store.ts';
import type { Stage } from '../../pipelines/pipeline.events.ts';
import { addMonthsAndDays } from '../../statistics/calendar.ts';
import type { PipelineOfDeals } from './deal-pipeline.ts';

/** What remains from a stage on until the money of its deals lands. */
export interface Landing {
  readonly months: number;
  readonly days: number;
  readonly on: string;
}

/** When the deals of each stage land, from a day on: after the durations of that stage and of those behind it. */
export function landingsOf(stages: readonly Stage[], today: string): ReadonlyMap<string, Landing> {
  const landings = new Map<string, Landing>();
  let [months, days] = [0, 0];
  for (const { id, expectedDuration } of stages.toReversed()) {
    if (expectedDuration.unit === 'months') months += expectedDuration.count;
    else days += expectedDuration.count;
    landings.set(id, { months, days, on: addMonthsAndDays(today, months, days) });
  }
  return landings;
}

/**
 * The stages whose deals land in a month, `2026-11`, as the forecast has it: those the pipeline does not have any more
 * land at once.
 */
export function stagesLandingIn(
  month: string,
  { revisions }: Pick<PipelineOfDeals, 'revisions'>,
  stages: readonly Stage[],
  today: string,
): readonly string[] {
  const landings = landingsOf(stages, today);
  const ever = [...stages, ...revisions.flatMap((revision) => revision.stages)].map(({ id }) => id);
  return [...new Set(ever)].filter((id) => (landings.get(id)?.on ?? today).startsWith(month));
}

/**
 * The alternatives that together find the deals that land in a month by the reps' own judgement, as the forecast has it:
 * by their close dates, those without one with their stages, and without those they omitted.
 */
export function landingByReps(month: string, stageIds: readonly string[]): readonly Where[] {
  const judged: Where = { forecastCategory: { not: 'omitted' } };
  return [
    { ...judged, expectedCloseDate: { gte: `${month}-01`, lte: `${month}-31` } },
    ...stageIds.map((stageId) => ({ ...judged, expectedCloseDate: null, stageId })),
  ];
}
