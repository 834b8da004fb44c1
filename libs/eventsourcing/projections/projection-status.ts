import { setTimeout as wait } from 'node:timers/promises';
import { ProjectionBehind } from '../errors.ts';
import type { Position } from '../event.ts';
import type { EventStore } from '../event-store.ts';
import type { Projection } from './projection.ts';
import type { ProjectionReport, ReadModelStore } from '../read-model-store.ts';

/** What operators see of one projection. */
export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  readonly generation?: string;
  readonly previousGeneration?: string;
  readonly state: 'running' | 'rebuilding' | 'stopped' | 'missing';
  /** Who leads it, and who stands by. */
  readonly owner?: string;
  readonly standby: readonly string[];
  readonly position: Position;
  readonly head: Position;
  /** Events, or bytes of the log where the store counts those, that are not in the read model yet. */
  readonly lag: number;
  readonly lagUnit: 'events' | 'bytes';
  /** Age of the oldest event that is not in the read model yet. */
  readonly lagSeconds: number;
  readonly eventsPerSecond: number;
  readonly parked: number;
  readonly discarded: number;
  readonly lastError?: string;
  readonly rebuild?: RebuildReport & { readonly secondsLeft: number };
  /** The last that was reported done, as long as no later one of the same process began. */
  readonly lastRebuild?: LastRebuild;
  /** The head moves and the position does not, or the log has lost what read models contain: somebody must look. */
  readonly alarm: boolean;
}

/** How a rebuild went, when, and who asked for it. */
export interface LastRebuild extends Pick<RebuildReport, 'startedAt' | 'asked' | 'compared' | 'differences'> {
  readonly endedAt: string;
}

type RebuildReport = NonNullable<ProjectionReport['rebuild']>;

/** A report older than this says nothing of now. */
const REPORT_VALID_MILLISECONDS = 15_000;
const ALARM_SECONDS = 30;

/** The status of every projection, as any process sees it through the stores. */
export async function projectionStatuses(
  projections: readonly Projection[],
  eventStore: EventStore,
  readModels: ReadModelStore,
  now: number,
): Promise<readonly ProjectionStatus[]> {
  const head = await eventStore.head();
  const everything = await readModels.reports();
  const recent = everything.filter((report) => now - Date.parse(report.reportedAt) < REPORT_VALID_MILLISECONDS);
  return Promise.all(
    projections.map(async ({ name, version }): Promise<ProjectionStatus> => {
      const { serving, previous } = await readModels.generations(name);
      const position = serving ? await readModels.checkpoint(serving) : '';
      const parked = serving ? await readModels.parked(serving) : [];
      const waiting = position < head ? (await eventStore.readAll(position, 1))[0] : undefined;
      const lagSeconds = waiting ? Math.max(0, (now - Date.parse(waiting.recordedAt)) / 1_000) : 0;
      const reports = recent.filter((report) => report.projection === name);
      const leading =
        reports.find(({ state }) => state === 'running') ?? reports.find(({ state }) => state === 'stopped');
      const catchingUp = (leading?.eventsPerSecond ?? 0) > 0;
      const rebuilding = reports.find((report) => report.rebuild && report.state === 'rebuilding');
      return {
        name,
        version,
        ...(serving ? { generation: serving.id } : {}),
        ...(previous ? { previousGeneration: previous.id } : {}),
        state: rebuilding ? 'rebuilding' : leading?.state === 'stopped' ? 'stopped' : leading ? 'running' : 'missing',
        ...(leading ? { owner: leading.owner } : {}),
        standby: reports.filter(({ state }) => state === 'waiting').map(({ owner }) => owner),
        position,
        head,
        lag: eventStore.ordinal(head) - eventStore.ordinal(position),
        lagUnit: eventStore.ordinalUnit,
        lagSeconds,
        eventsPerSecond: leading?.eventsPerSecond ?? 0,
        parked: parked.filter((one) => !one.discarded).length,
        discarded: parked.filter((one) => one.discarded).length,
        ...(leading?.lastError ? { lastError: leading.lastError } : {}),
        ...(rebuilding?.rebuild
          ? { rebuild: { ...rebuilding.rebuild, secondsLeft: secondsLeft(rebuilding.rebuild, now) } }
          : {}),
        ...lastRebuild(everything, name),
        alarm: position > head || (lagSeconds > ALARM_SECONDS && !(leading?.state === 'running' && catchingUp)),
      };
    }),
  );
}

function lastRebuild(reports: readonly ProjectionReport[], projection: string): Pick<ProjectionStatus, 'lastRebuild'> {
  const [last] = reports
    .filter((report) => report.projection === projection && report.state === 'rebuilt')
    .toSorted((left, right) => (left.reportedAt > right.reportedAt ? -1 : 1));
  if (!last?.rebuild) return {};
  const { startedAt, asked, compared, differences } = last.rebuild;
  return {
    lastRebuild: {
      startedAt,
      endedAt: last.reportedAt,
      ...(asked && { asked }),
      ...(compared !== undefined && { compared }),
      ...(differences !== undefined && { differences }),
    },
  };
}

function secondsLeft({ done, total, startedAt }: NonNullable<ProjectionReport['rebuild']>, now: number): number {
  if (done === 0) return 0;
  return Math.round((((now - Date.parse(startedAt)) / 1_000) * (total - done)) / done);
}

/**
 * Waits until a projection contains a position, so that people read their own writes. Throws `ProjectionBehind` where
 * it has not come that far after `milliseconds`.
 */
export async function waitForProjection(
  readModels: ReadModelStore,
  projection: string,
  position: Position,
  milliseconds: number,
): Promise<void> {
  const deadline = performance.now() + milliseconds;
  for (let pause = 2; (await readModels.servingCheckpoint(projection)) < position; pause = Math.min(pause + 1, 20)) {
    if (performance.now() > deadline) throw new ProjectionBehind(projection, position);
    await wait(pause);
  }
}
