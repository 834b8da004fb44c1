import { join } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { streamLog, wholeLog, type AuditSources } from '../../../libs/audit/audit-log.ts';
import { summaryOf, type Replay } from '../../../libs/audit/audit-replay.ts';
import { verifyLog, type NotedDigest } from '../../../libs/audit/audit-verify.ts';
import { findMoment, requirePastMoment } from '../../../libs/audit/moment.ts';
import { eventCatalogue } from '../../../libs/composition/event-catalogue.ts';
import { projections } from '../../../libs/composition/projections.ts';
import { compareReplays, replayOf, withReplay } from '../../../libs/composition/replays.ts';
import { streamChanges } from '../../../libs/composition/stream-changes.ts';
import type { EventStore } from '../../../libs/eventsourcing/event-store.ts';
import { instantOf } from '../../../libs/statistics/calendar.ts';
import { answer, note } from '../answer.ts';
import { diffText, logText, proofText, replayText } from '../audit-texts.ts';
import { UsageError, addCommand, configOf, wholeNumber, type SharedOptions } from '../command-line.ts';
import { interruption } from '../interruption.ts';
import { progressBar } from '../progress.ts';
import { withStores } from '../up-to-date.ts';

interface LogOptions extends SharedOptions {
  readonly all?: true;
  readonly actor?: string;
  readonly type?: string;
  readonly from?: string;
  readonly to?: string;
  readonly after?: string;
  readonly limit: number;
}

interface VerifyCommandOptions extends SharedOptions {
  readonly expect?: NotedDigest;
}

interface ReplayCommandOptions extends SharedOptions {
  readonly to: string;
  readonly out?: string;
}

const MOMENT = 'a recorded moment: a position, a time with its offset, or a day for its end in UTC';

/** What auditors ask; none of it changes the log. */
export function registerAudit(program: Command): void {
  const audit = program.command('audit').description('what was recorded, the proof of it, and the past as it stood');

  addCommand(audit, 'log [stream]', 'every event with who, when, why, from where and what it changed')
    .option('--all', 'of all streams, narrowed by the options below')
    .option('--actor <id>', 'only what this person did or had done')
    .option('--type <name>', 'only events of this type, such as OpportunityWon')
    .option('--from <moment>', 'recorded at this time or later', recordedFrom)
    .option('--to <moment>', 'recorded at this time or earlier; a day is included', recordedTo)
    .option('--after <position>', 'the page after: `next` of the page before')
    .option('--limit <number>', 'most events of a page', wholeNumber(1, 10_000), 100)
    .action(async (stream: string | undefined, options: LogOptions) => {
      if ((stream === undefined) === (options.all === undefined)) throw new UsageError('Name a stream or say --all.');
      await withStores(options, async ({ eventStore }) => {
        const sources: AuditSources = { eventStore, catalogue: eventCatalogue, changesOf: streamChanges };
        const { json: _json, data: _data, all: _all, ...question } = options;
        const page =
          stream === undefined ? await wholeLog(sources, question) : { entries: await streamLog(sources, stream) };
        await answer(options, page, () => logText(page));
      });
    });

  addCommand(audit, 'verify', 'prove that nothing was altered, dropped or inserted since it was recorded')
    .option(
      '--expect <position:digest>',
      'also that the log up to there is the one an earlier proof told: finds a missing end as well',
      notedDigest,
    )
    .action((options: VerifyCommandOptions) =>
      withStores(options, async ({ eventStore }) => {
        const bar = progressBar('Verify', eventStore.ordinalUnit);
        try {
          const proof = await verifyLog(eventStore, {
            ...(options.expect ? { expect: options.expect } : {}),
            signal: interruption(),
            onProgress: ({ done, total }) => bar.show(done, total),
          });
          bar.stop();
          await answer(options, proof, () => proofText(proof));
          if (!proof.intact) {
            note('The log is not what was recorded.');
            process.exitCode = 1;
          }
        } finally {
          bar.stop();
        }
      }),
    );

  addCommand(audit, 'replay', 'build every read model as it stood at a moment; reports then take --replayed')
    .requiredOption('--to <moment>', MOMENT)
    .option('--out <directory>', 'build it there (default: kept under the data directory for the next time)')
    .action((options: ReplayCommandOptions) =>
      withStores(options, async ({ eventStore }) => {
        const replay = await replayAt(eventStore, options.to, options);
        const summary = await withReplay(replay, (readModels) => summaryOf(readModels, projections));
        await answer(options, { ...replay, ...summary }, () => replayText(replay, summary));
      }),
    );

  addCommand(audit, 'diff <from> <to>', `what became of the deals between two moments, each ${MOMENT}`)
    .option('--limit <number>', 'most deals of each list; all are counted', wholeNumber(), 100)
    .action((from: string, to: string, options: SharedOptions & { readonly limit: number }) =>
      withStores(options, async ({ eventStore }) => {
        const before = await replayAt(eventStore, from, options);
        const after = await replayAt(eventStore, to, options);
        if (before.events > after.events) throw new UsageError('The first moment must not lie behind the second.');
        const document = await compareReplays(before, after, options.limit);
        await answer(options, document, () => diffText(document));
      }),
    );
}

async function replayAt(
  eventStore: EventStore,
  moment: string,
  options: SharedOptions & { readonly out?: string },
): Promise<Replay> {
  await requirePastMoment(eventStore, moment, new Date().toISOString());
  const found = await findMoment(eventStore, moment);
  const bar = progressBar('Replay', eventStore.ordinalUnit);
  try {
    return await replayOf(found, {
      eventStore,
      cache: join(configOf(options).data, 'replays'),
      ...(options.out === undefined ? {} : { out: options.out }),
      signal: interruption(),
      onProgress: ({ done, total }) => bar.show(done, total),
    });
  } finally {
    bar.stop();
  }
}

function notedDigest(text: string): NotedDigest {
  const match = /^(?<position>.+):(?<digest>[0-9a-f]{64})$/.exec(text);
  if (!match) throw new InvalidArgumentError('It must be <position>:<digest> as a proof told it.');
  return match.groups as unknown as NotedDigest;
}

function recordedFrom(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? recordedTo(`${text}T00:00:00.000Z`) : recordedTo(text);
}

function recordedTo(text: string): string {
  const instant = instantOf(text);
  if (instant === undefined)
    throw new InvalidArgumentError('It must be a day, or a time such as 2026-01-31T09:30:00Z.');
  return instant;
}
