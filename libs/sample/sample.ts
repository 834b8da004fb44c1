import { commandHandler, stableId } from '../eventsourcing/command-handler.ts';
import type { EventStore } from '../eventsourcing/event-store.ts';
import type { EventCatalogue } from '../eventsourcing/catalogue.ts';
import { opportunityCommands } from '../opportunities/rules/opportunity.handlers.ts';
import { defaultPipeline, defaultPipelineId } from '../pipelines/default-pipeline.ts';
import { pipelineCommands, pipelineReader } from '../pipelines/pipeline.handlers.ts';
import { seasonality } from './company.ts';
import { dealLife, type Step } from './deal-life.ts';
import { random, type Random } from './random.ts';

export interface SampleOptions {
  readonly deals: number;
  readonly seed: number;
  /** The day the history ends, exclusive; the company is three years old then. */
  readonly until: string;
  readonly onProgress?: (done: { readonly days: number; readonly ofDays: number; readonly commands: number }) => void;
}

const DAY = 86_400_000;
const DAYS = 3 * 365;

/**
 * Fills a store with a plausible company by carrying out, day by day, the commands its people would have given.
 * The same options give the same log, byte for byte: ids, order and recorded times follow from the seed.
 * @returns how many commands were carried out
 */
export async function fillWithSample(
  eventStore: EventStore,
  catalogue: EventCatalogue,
  { deals, seed, until, onProgress }: SampleOptions,
): Promise<number> {
  const end = Date.parse(`${until}T00:00:00.000Z`);
  const begin = end - DAYS * DAY;
  const draw = random(seed);
  let clock = begin;
  const handler = commandHandler(eventStore, catalogue, () => clock);
  const readPipeline = pipelineReader(handler);
  const opportunities = opportunityCommands(handler, readPipeline);
  const context = { actor: { id: 'sample', role: 'admin' }, source: 'sample' } as const;
  await pipelineCommands(handler)(defaultPipelineId, defaultPipeline, {
    ...context,
    commandId: stableId('sample', String(seed), 'pipeline'),
  });
  const { stages } = (await readPipeline(defaultPipelineId))!;

  const openings = openingsPerDay(draw, deals, begin);
  const calendar = new Map<number, { deal: string; number: number; step: Step }[]>();
  let deal = 0;
  let commands = 0;
  for (let today = 0; today < DAYS; today += 1) {
    for (let opened = 0; opened < openings[today]!; opened += 1) {
      deal += 1;
      const openedAt = begin + today * DAY + draw.whole(8 * 3_600_000, 17 * 3_600_000);
      for (const [number, step] of dealLife(draw, openedAt, stages).entries()) {
        const on = Math.floor((step.at - begin) / DAY);
        const entry = { deal: `s${seed}-${deal}`, number, step };
        const known = calendar.get(on);
        if (known) known.push(entry);
        else if (on < DAYS) calendar.set(on, [entry]);
      }
    }
    const due = calendar.get(today) ?? [];
    calendar.delete(today);
    due.sort((a, b) => a.step.at - b.step.at || a.number - b.number);
    // Steps of different deals go together, so that they share commits; those of one deal one after the other.
    for (let rest = due; rest.length > 0;) {
      const round: typeof due = [];
      const next: typeof due = [];
      const busy = new Set<string>();
      for (const entry of rest) {
        if (busy.has(entry.deal)) next.push(entry);
        else round.push(entry);
        busy.add(entry.deal);
      }
      clock = round.reduce((latest, { step }) => Math.max(latest, step.at), clock);
      await Promise.all(
        round.map(({ deal: id, number, step: { at, command, actor, reason } }) =>
          opportunities(id, command, {
            commandId: stableId('sample', id, String(number)),
            actor,
            source: 'sample',
            occurredAt: new Date(at).toISOString(),
            ...(reason === undefined ? {} : { reason }),
          }),
        ),
      );
      commands += round.length;
      rest = next;
    }
    onProgress?.({ days: today + 1, ofDays: DAYS, commands });
  }
  return commands;
}

/** How many deals begin on each day: by month as the seasons go, growing a third a year, on working days. */
function openingsPerDay(draw: Random, deals: number, begin: number): readonly number[] {
  const weights = Array.from({ length: DAYS }, (_, index) => {
    const date = new Date(begin + index * DAY);
    const weekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
    return [index, weekend ? 0 : seasonality[date.getUTCMonth()]! * 1.33 ** (index / 365)] as const;
  });
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  const counts = weights.map(([, weight]) => Math.floor((deals * weight) / total));
  for (let missing = deals - counts.reduce((sum, count) => sum + count, 0); missing > 0; missing -= 1) {
    counts[draw.weighted(weights)]! += 1;
  }
  return counts;
}
