import type { AuditProgress, AuditResult, AuditTask } from '../../libs/audit/audit-jobs.ts';
import { summaryOf, type Replay } from '../../libs/audit/audit-replay.ts';
import { verifyStream } from '../../libs/audit/audit-verify-stream.ts';
import { verifyLog } from '../../libs/audit/audit-verify.ts';
import { findMoment, ordinalIn } from '../../libs/audit/moment.ts';
import { projections } from '../../libs/composition/projections.ts';
import { compareReplays, momentOf, replayOf, withReplay } from '../../libs/composition/replays.ts';
import { RuleViolation } from '../../libs/eventsourcing/errors.ts';
import type { EventStore } from '../../libs/eventsourcing/event-store.ts';
import type { ReadModelStore } from '../../libs/eventsourcing/read-model-store.ts';
import { funnel } from '../../libs/opportunities/reports/funnel.query.ts';
import { pipelines } from '../../libs/pipelines/pipelines.query.ts';

export interface AuditTaskOptions {
  readonly eventStore: EventStore;
  /** A directory for replays; whoever made it removes it. */
  readonly scratch: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: AuditProgress) => void;
}

/** Does what a task asks for. Throws what verifying and replaying throw, and where the signal ends it. */
export async function auditResult(task: AuditTask, options: AuditTaskOptions): Promise<AuditResult> {
  const { eventStore, scratch: cache, signal } = options;
  switch (task.kind) {
    case 'verification': {
      if (task.stream !== undefined) return verifyStream(eventStore, task.stream, task.expect);
      const tell = pace(options);
      return verifyLog(eventStore, {
        ...(task.expect ? { expect: task.expect } : {}),
        signal,
        onProgress: ({ done, total }) => tell(done, total),
      });
    }
    case 'replay': {
      const moment = await findMoment(eventStore, task.at);
      const tell = pace(options);
      const onProgress = ({ done, total }: { done: number; total: number }): void => tell(done, total);
      const replay = await replayOf(moment, { eventStore, cache, signal, onProgress });
      return { ...momentOf(moment), ...(await withReplay(replay, (store) => stateOf(store, replay))) };
    }
    case 'comparison': {
      const [before, after] = [await findMoment(eventStore, task.from), await findMoment(eventStore, task.to)];
      if (before.events > after.events) {
        throw new RuleViolation('moments_reversed', 'The first moment lies behind the second.');
      }
      const first = ordinalIn(eventStore, before.position) ?? 0;
      const total = first + (ordinalIn(eventStore, after.position) ?? 0);
      const tell = pace(options);
      const replays: Replay[] = [];
      for (const [moment, offset] of [[before, 0] as const, [after, first] as const]) {
        const onProgress = ({ done }: { done: number }): void => tell(Math.min(offset + done, total), total);
        replays.push(await replayOf(moment, { eventStore, cache, signal, onProgress }));
      }
      return compareReplays(replays[0]!, replays[1]!, task.limit);
    }
  }
}

async function stateOf(store: ReadModelStore, { at }: Replay) {
  const funnels = [];
  for (const { id } of await pipelines(store)) funnels.push(await funnel(store, { pipelineId: id, now: at }));
  return { ...(await summaryOf(store, projections)), funnels };
}

function pace({ eventStore, onProgress }: AuditTaskOptions): (done: number, total: number) => void {
  const startedAt = performance.now();
  return (done, total) => {
    const perSecond = Math.round((done * 1_000) / Math.max(1, performance.now() - startedAt));
    const secondsLeft = perSecond === 0 ? null : Math.max(0, Math.round((total - done) / perSecond));
    onProgress({ done, total, unit: eventStore.ordinalUnit, perSecond, secondsLeft });
  };
}
