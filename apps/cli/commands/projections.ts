import { hostname } from 'node:os';
import type { Command } from 'commander';
import { eventCatalogue } from '../../../libs/composition/event-catalogue.ts';
import { projections } from '../../../libs/composition/projections.ts';
import type { Stores } from '../../../libs/composition/stores.ts';
import { LeaseLost } from '../../../libs/eventsourcing/errors.ts';
import { rebuildProjections } from '../../../libs/eventsourcing/projections/projection-rebuild.ts';
import {
  projectionStatuses,
  type ProjectionStatus,
} from '../../../libs/eventsourcing/projections/projection-status.ts';
import { answer, count, table } from '../answer.ts';
import { UsageError, addCommand, type SharedOptions } from '../command-line.ts';
import { interruption } from '../interruption.ts';
import { progressBar } from '../progress.ts';
import { withStores } from '../up-to-date.ts';

const LEASE_MILLISECONDS = 10_000;

/** What operators ask of projections. */
export function registerProjections(program: Command): void {
  const names = projections.map(({ name }) => name).join(', ');
  addCommand(program, 'rebuild [name...]', `build read models anew beside those that serve, then swap: ${names}`)
    .option('--rollback', 'serve the build before again instead')
    .action(async (wanted: readonly string[], options: SharedOptions & { readonly rollback?: true }) => {
      const unknown = wanted.find((name) => !projections.some((projection) => projection.name === name));
      if (unknown !== undefined) throw new UsageError(`There is no projection ${unknown}; there are ${names}.`);
      const chosen = projections.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
      await withStores(options, (stores) =>
        options.rollback ? rollback(stores, chosen, options) : rebuild(stores, chosen, options),
      );
    });

  addCommand(program, 'status', 'how every projection is doing').action((options: SharedOptions) =>
    withStores(options, async ({ eventStore, readModels }) => {
      const statuses = await projectionStatuses(projections, eventStore, readModels, Date.now());
      await answer(options, { projections: statuses }, () => statusText(statuses));
    }),
  );
}

type Projections = typeof projections;

async function rebuild({ eventStore, readModels }: Stores, chosen: Projections, options: SharedOptions): Promise<void> {
  const bar = progressBar('Rebuild', eventStore.ordinalUnit);
  const startedAt = performance.now();
  try {
    const comparisons = await rebuildProjections(chosen, {
      eventStore,
      readModels,
      catalogue: eventCatalogue,
      owner: owner(),
      now: Date.now,
      signal: interruption(),
      onProgress: ({ done, total }) => bar.show(done, total),
    });
    bar.stop();
    const seconds = Math.round(performance.now() - startedAt) / 1_000;
    await answer(options, { rebuilt: comparisons, seconds }, () =>
      [
        table(
          ['Projection', '>Compared', '>Different', 'First that differ'],
          comparisons.map(({ projection, compared, differences, different }) => [
            projection,
            compared,
            differences,
            different.join(', '),
          ]),
        ),
        `Took ${seconds} s. \`rebuild --rollback\` serves the build before again.`,
      ].join('\n\n'),
    );
  } finally {
    bar.stop();
  }
}

async function rollback({ readModels }: Stores, chosen: Projections, options: SharedOptions): Promise<void> {
  const serving: Record<string, string> = {};
  for (const { name } of chosen) {
    const lease = await readModels.acquireLease(`rebuild:${name}`, owner(), LEASE_MILLISECONDS);
    if (!('token' in lease)) throw new LeaseLost(`rebuild:${name}`);
    try {
      await readModels.rollback(name, lease);
    } finally {
      await readModels.releaseLease(lease);
    }
    serving[name] = (await readModels.generations(name)).serving!.id;
  }
  await answer(options, { serving }, () =>
    table(
      ['Projection', 'Serves'],
      Object.entries(serving).map(([name, id]) => [name, id]),
    ),
  );
}

function owner(): string {
  return `${hostname()}:${process.pid}/cli`;
}

function statusText(statuses: readonly ProjectionStatus[]): string {
  const rows = statuses.map((status) => [
    status.name,
    status.generation,
    status.rebuild ? `${status.state}, ${count(status.rebuild.secondsLeft)} s left` : status.state,
    status.owner,
    status.position || '–',
    `${count(status.lag)} ${status.lagUnit}`,
    `${count(Math.round(status.lagSeconds))} s`,
    status.eventsPerSecond,
    status.parked,
    status.alarm ? 'ALARM' : '',
  ]);
  const head = ['Projection', 'Serves', 'State', 'Led by', 'Position', '>Lag', '>Oldest', '>Events/s', '>Parked', ''];
  const errors = statuses.flatMap(({ name, lastError }) => (lastError === undefined ? [] : [`${name}: ${lastError}`]));
  return [table(head, rows), ...errors].join('\n');
}
