import { useState } from 'react';
import { toast } from 'sonner';
import { useMay } from '../../../api/me.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { useRebuild, useRollback, type BegunRebuild, type ProjectionStatus } from '../api/projections.ts';
import { operationsTexts } from '../operations.texts.ts';
import { LastRebuild } from './last-rebuild.tsx';
import { RebuildProgress } from './rebuild-progress.tsx';

const TONES: Readonly<Record<ProjectionStatus['state'], Tone>> = {
  running: 'good',
  rebuilding: 'accent',
  stopped: 'bad',
  missing: 'bad',
};

interface ProjectionTableProps {
  readonly projections: readonly ProjectionStatus[];
  readonly readAt: number;
  readonly begun: readonly BegunRebuild[];
  readonly onBegun: (rebuild: BegunRebuild) => void;
}

/** Every projection with how it does, and its rebuilds. */
export function ProjectionTable({ projections, readAt, begun, onBegun }: ProjectionTableProps) {
  const t = useTexts(operationsTexts);
  const format = useFormat();
  const [asked, setAsked] = useState<{ readonly kind: 'rebuild' | 'rollback'; readonly status: ProjectionStatus }>();
  const may = useMay();
  const rebuild = useRebuild();
  const rollback = useRollback();
  const close = () => {
    setAsked(undefined);
    rebuild.reset();
    rollback.reset();
  };
  const confirm = (reason: string) => {
    if (asked === undefined) return;
    const { name, generation } = asked.status;
    if (asked.kind === 'rebuild') {
      const onSuccess = () => {
        onBegun({ name, generation, at: Date.now() });
        close();
      };
      rebuild.mutate({ name, reason }, { onSuccess });
    } else {
      const onSuccess = (now: ProjectionStatus) => {
        toast.success(t('rolledBack', { name, build: now.generation }));
        close();
      };
      rollback.mutate({ name, reason }, { onSuccess });
    }
  };
  const columns: readonly Column<ProjectionStatus>[] = [
    {
      id: 'name',
      header: t('projection'),
      cell: ({ name, version }) => (
        <>
          <span className="font-medium">{name}</span>{' '}
          <span className="text-muted text-xs whitespace-nowrap">
            {t('version')} {version}
          </span>
        </>
      ),
      csv: ({ name }) => name,
    },
    {
      id: 'build',
      header: t('build'),
      cell: ({ generation }) => <span className="whitespace-nowrap">{generation ?? '–'}</span>,
      csv: ({ generation }) => generation,
    },
    {
      id: 'state',
      header: t('state'),
      cell: (status) => (
        <div className="flex max-w-72 flex-col items-start gap-1">
          <Badge tone={TONES[status.state]}>{t(`state.${status.state}`)}</Badge>
          {(status.state === 'stopped' || status.state === 'missing') && (
            <p className="text-muted text-xs">{t(`hint.${status.state}`)}</p>
          )}
          {status.lastError !== undefined && (
            <p className="text-bad text-xs break-words">{t('lastError', { error: status.lastError })}</p>
          )}
        </div>
      ),
      csv: ({ state }) => t(`state.${state}`),
    },
    {
      id: 'alarm',
      header: t('alarm'),
      cell: ({ alarm }) =>
        alarm ? (
          <span title={t('alarmHint')}>
            <Badge tone="bad">{t('alarmYes')}</Badge>
          </span>
        ) : (
          t('alarmNo')
        ),
      csv: ({ alarm }) => (alarm ? t('alarmYes') : t('alarmNo')),
    },
    {
      id: 'owner',
      header: t('owner'),
      cell: ({ owner, standby }) => (
        <span className="whitespace-nowrap">
          {owner ?? t('nobody')}
          {standby.length > 0 && (
            <span className="text-muted text-xs" title={standby.join(', ')}>
              {' '}
              · {t('standby', { count: standby.length })}
            </span>
          )}
        </span>
      ),
      csv: ({ owner }) => owner,
    },
    {
      id: 'lag',
      header: t('lag'),
      numeric: true,
      cell: ({ lag, lagUnit, lagSeconds }) =>
        lag === 0
          ? t('lagNone')
          : `${t(lagUnit === 'bytes' ? 'lag.bytes' : 'lag.events', { count: lag, number: format.number(lag, 0) })} · ${format.duration(lagSeconds)}`,
      csv: ({ lag }) => lag,
    },
    {
      id: 'rate',
      header: t('rate'),
      numeric: true,
      cell: ({ eventsPerSecond }) => format.number(eventsPerSecond, 0),
      csv: ({ eventsPerSecond }) => eventsPerSecond,
    },
    {
      id: 'parked',
      header: t('parked'),
      numeric: true,
      cell: ({ parked, discarded }) => (
        <>
          {parked > 0 ? <Badge tone="warn">{format.number(parked, 0)}</Badge> : '0'}
          {discarded > 0 && (
            <span className="text-muted block text-xs">
              {t('discarded')} {format.number(discarded, 0)}
            </span>
          )}
        </>
      ),
      csv: ({ parked }) => parked,
    },
    {
      id: 'lastBuild',
      header: t('lastBuild'),
      cell: ({ lastRebuild }) => (lastRebuild === undefined ? '–' : <LastRebuild rebuild={lastRebuild} />),
      csv: ({ lastRebuild }) => lastRebuild?.endedAt,
    },
  ];
  const controls: Pick<Column<ProjectionStatus>, 'header' | 'cell'> = {
    header: t('actions'),
    cell: (status) => (
      <div className="flex gap-1">
        <Button
          aria-label={t('rebuildOf', { name: status.name })}
          title={may('operate') ? undefined : t('forbidden')}
          disabled={!may('operate') || status.state === 'rebuilding'}
          onClick={() => setAsked({ kind: 'rebuild', status })}
        >
          {t('rebuild')}
        </Button>
        <Button
          aria-label={t('rollbackOf', { name: status.name })}
          title={
            may('operate') ? (status.previousGeneration === undefined ? t('rollbackNone') : undefined) : t('forbidden')
          }
          disabled={!may('operate') || status.previousGeneration === undefined || status.state === 'rebuilding'}
          onClick={() => setAsked({ kind: 'rollback', status })}
        >
          {t('rollback')}
        </Button>
      </div>
    ),
  };
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <h2 className="sr-only">{t('projections')}</h2>
      <DataTable
        caption={t('projections')}
        columns={columns}
        controls={controls}
        rows={projections}
        rowKey={(row) => row.name}
        csvColumns={[
          { header: t('version'), csv: ({ version }) => version },
          { header: t('lagSeconds'), csv: ({ lagSeconds }) => lagSeconds },
          { header: t('lagUnit'), csv: ({ lagUnit }) => lagUnit },
          { header: t('discarded'), csv: ({ discarded }) => discarded },
          { header: t('standbyCount'), csv: ({ standby }) => standby.length },
          { header: t('error'), csv: ({ lastError }) => lastError },
          { header: t('startedAt'), csv: ({ lastRebuild }) => lastRebuild?.startedAt },
          { header: t('builder'), csv: ({ lastRebuild }) => lastRebuild?.asked?.actor },
          { header: t('builtReason'), csv: ({ lastRebuild }) => lastRebuild?.asked?.reason },
          { header: t('compared'), csv: ({ lastRebuild }) => lastRebuild?.compared },
          { header: t('differing'), csv: ({ lastRebuild }) => lastRebuild?.differences },
        ]}
      />
      {projections.map((status) => (
        <RebuildProgress
          key={status.name}
          status={status}
          readAt={readAt}
          begun={begun.find(({ name }) => name === status.name)}
        />
      ))}
      {asked !== undefined && (
        <ReasonDialog
          title={t(`${asked.kind}Of`, { name: asked.status.name })}
          description={t(`${asked.kind}Hint`, { build: asked.status.previousGeneration })}
          confirm={t(asked.kind)}
          pending={rebuild.isPending || rollback.isPending}
          error={rebuild.error ?? rollback.error}
          forbidden={t('forbidden')}
          onConfirm={confirm}
          onClose={close}
        />
      )}
    </div>
  );
}
