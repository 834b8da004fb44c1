import type { DealList, PipelineDifference, StageDifference } from '../../libs/audit/audit-diff.ts';
import type { AuditEntry, LogPage } from '../../libs/audit/audit-log.ts';
import type { Replay, ReplaySummary } from '../../libs/audit/audit-replay.ts';
import type { LogProof } from '../../libs/audit/audit-verify.ts';
import type { Moment } from '../../libs/audit/moment.ts';
import type { FieldChange } from '../../libs/eventsourcing/field-changes.ts';
import { count, money, table } from './answer.ts';

export function logText({ entries, next }: LogPage): string {
  const parts = entries.map(entryText);
  return (next === undefined ? parts : [...parts, `More: --after ${next}`]).join('\n\n') || 'Nothing was recorded.';
}

function entryText(entry: AuditEntry): string {
  const { position, type, stream, revision, recordedAt, occurredAt, actor, source, reason, hash, faults } = entry;
  const behalf = actor?.onBehalfOf === undefined ? '' : ` on behalf of ${actor.onBehalfOf}`;
  const lines = [
    `${position}  ${type}  ${stream}@${revision}`,
    `  recorded ${recordedAt}, became true ${occurredAt}`,
    actor
      ? `  by ${actor.id} (${actor.role})${behalf}, from ${source}${reason === undefined ? '' : `, because: ${reason}`}`
      : '',
    entry.commandId === undefined
      ? ''
      : `  event ${entry.id}, command ${entry.commandId}, correlation ${entry.correlationId}, cause ${entry.causationId}`,
    `  ${faults.length === 0 ? 'as recorded' : `NOT AS RECORDED: ${faults.join('; ')}`}, hash ${hash}`,
    entry.unreadable === undefined ? '' : `  cannot be opened: ${entry.unreadable}`,
    ...changeLines(entry.changes ?? []),
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function changeLines(changes: readonly FieldChange[]): readonly string[] {
  return changes.map(({ field, from, to }) => `    ${field}: ${valueText(from)} → ${valueText(to)}`);
}

function valueText(value: unknown): string {
  if (value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function proofText({
  intact,
  events,
  streams,
  position,
  digest,
  faults,
  faultCount,
  complete,
}: LogProof): string {
  const listed = faults.map(({ fault, position: at, stream, revision }) => [
    at ?? '–',
    stream === undefined ? '–' : `${stream}@${revision}`,
    fault,
  ]);
  return [
    intact ? `Nothing wrong with ${count(events)} events in ${count(streams)} streams.` : '',
    faultCount > 0 ? `${count(faultCount)} faults in ${count(events)} events of ${count(streams)} streams.` : '',
    complete ? '' : 'What lies behind the place that cannot be read was not looked at.',
    faultCount > 0 ? table(['Position', 'Event', 'Fault'], listed) : '',
    faultCount > faults.length ? `… and ${count(faultCount - faults.length)} more` : '',
    `Note this elsewhere to prove the log later:\n  audit verify --expect ${position}:${digest}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

export function replayText({ directory, cached, ...moment }: Replay, { documents, stages }: ReplaySummary): string {
  return [
    `${momentText(moment)}${cached ? ', built before' : ''}`,
    table(['Read model', '>Documents'], Object.entries(documents)),
    table(
      ['Pipeline', 'Stage', 'Status', '>Deals', '>Amount'],
      stages.map(({ pipelineId, stageId, status, currency, count: deals, amount }) => [
        pipelineId,
        stageId,
        status,
        deals,
        currency === null ? '–' : money(amount, currency),
      ]),
    ),
    `Ask it with --replayed, for example:\n  funnel --replayed ${directory}`,
  ].join('\n\n');
}

function momentText({ position, at, events }: Pick<Moment, 'position' | 'at' | 'events'>): string {
  return `${at || 'The beginning'}: ${count(events)} events, up to position ${position || '–'}`;
}

interface Difference extends PipelineDifference {
  readonly before: Pick<Moment, 'position' | 'at' | 'events'>;
  readonly after: Pick<Moment, 'position' | 'at' | 'events'>;
}

export function diffText(difference: Difference): string {
  const { before, after, opened, moved, ended, reopened, withdrawn, changed, stages } = difference;
  return [
    `${momentText(before)}\n${momentText(after)}`,
    stagesText(stages),
    section('Opened', opened, ({ id, title, owner }) => `  ${id}  ${title}, ${owner}`),
    section('Moved', moved, ({ id, title, from, to }) => `  ${id}  ${title}: ${from} → ${to}`),
    section('Ended', ended, ({ id, title, outcome, amount, currency }) => {
      const worth = amount === null || currency === null ? '' : `, ${money(amount, currency)}`;
      return `  ${id}  ${title}: ${outcome}${worth}`;
    }),
    section('Reopened', reopened, ({ id, title }) => `  ${id}  ${title}`),
    section('Withdrawn', withdrawn, ({ id, title }) => `  ${id}  ${title}`),
    section('Changed', changed, ({ id, title, changes }) => [`  ${id}  ${title}`, ...changeLines(changes)].join('\n')),
  ].join('\n\n');
}

function section<Deal>(title: string, { count: all, deals }: DealList<Deal>, line: (deal: Deal) => string): string {
  const rest = all > deals.length ? [`  … and ${count(all - deals.length)} more`] : [];
  return [`${title}: ${count(all)}`, ...deals.map(line), ...rest].join('\n');
}

function stagesText(stages: readonly StageDifference[]): string {
  const worth = (amount: number, currency: string | null) => (currency === null ? '–' : money(amount, currency));
  return table(
    ['Pipeline', 'Stage', 'Status', '>Deals before', '>after', '>Amount before', '>after'],
    stages.map(({ pipelineId, stageId, status, currency, before, after }) => [
      pipelineId,
      stageId,
      status,
      before.count,
      after.count,
      worth(before.amount, currency),
      worth(after.amount, currency),
    ]),
  );
}
