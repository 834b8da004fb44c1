import type { Happened } from '../../libs/eventsourcing/event.ts';
import { opportunityDecider } from '../../libs/opportunities/rules/opportunity.decider.ts';
import type { OpportunityEvent } from '../../libs/opportunities/opportunity.events.ts';
import { opportunityFold } from '../../libs/opportunities/rules/opportunity.state.ts';
import { defaultPipeline } from '../../libs/pipelines/default-pipeline.ts';
import { dealsToCarryOut } from '../deals-to-carry-out.ts';
import { percentiles } from '../figures.ts';
import { loadEmmettSqlite, openConnection } from './emmett-sqlite.ts';

export interface EmmettCommandsResult {
  readonly commands: number;
  readonly seconds: number;
  readonly latency: ReturnType<typeof percentiles>;
}

/**
 * The commands of the append measure by the same rules, read, folded and appended by emmett. One at a time: its
 * transactions on one connection would mix otherwise, and a connection a command was slower.
 */
export async function run({ file, commands }: { file: string; commands: number }): Promise<EmmettCommandsResult> {
  const emmett = await loadEmmettSqlite();
  const connection = await openConnection(emmett, file);
  await emmett.createEventStoreSchema(connection);
  const decider = opportunityDecider({ id: 'default', ...defaultPipeline });
  const latencies: number[] = [];

  async function carryOut(name: string, count: number): Promise<void> {
    for (const { id, steps } of dealsToCarryOut(name, count)) {
      const stream = `opportunity-${id}`;
      for (const { command, context } of steps) {
        const startedAt = performance.now();
        const { currentStreamVersion, events } = await emmett.readStream(connection, stream);
        const state = events.reduce(
          (before, { type, data, metadata: { occurredAt } }) =>
            opportunityFold.evolve(before, { type, data, occurredAt } as Happened<OpportunityEvent>),
          opportunityFold.initial,
        );
        const { actor, reason, occurredAt = '', commandId, source } = context;
        const circumstances = { id, occurredAt, actor, ...(reason === undefined ? {} : { reason }) };
        const decided = decider.decide(command, state, circumstances);
        const metadata = { occurredAt, recordedAt: new Date().toISOString(), actor, source, reason, commandId };
        if (decided.length > 0) {
          const { success } = await emmett.appendToStream(
            connection,
            stream,
            'opportunity',
            decided.map(({ type, data }) => ({ type, data, metadata })),
            { expectedStreamVersion: currentStreamVersion },
          );
          if (!success) throw new Error(`emmett refused to append to ${stream}.`);
        }
        latencies.push(performance.now() - startedAt);
      }
    }
  }

  await carryOut('warm', 500);
  latencies.length = 0;
  const startedAt = performance.now();
  await carryOut('run', commands);
  const seconds = (performance.now() - startedAt) / 1_000;
  connection.close();
  return { commands: latencies.length, seconds, latency: percentiles(latencies) };
}
