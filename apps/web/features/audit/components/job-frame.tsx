import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { useConnection } from '../../../api/live.ts';
import { problemOf } from '../../../api/problem.ts';
import { Button } from '../../../ui/button.tsx';
import { JobFailure } from '../../../ui/job-failure.tsx';
import { ErrorNotice, SkeletonLines } from '../../../ui/notices.tsx';
import { ProgressBar } from '../../../ui/progress-bar.tsx';
import { RefusalNotice } from '../../../ui/refusal-notice.tsx';
import { useEndJob, type AuditJob } from '../api/jobs.ts';
import { auditTexts } from '../audit.texts.ts';
import type { AuditSearch } from '../audit-search.ts';

interface JobFrameProps {
  readonly answer: {
    readonly data: Omit<AuditJob, 'question'> | undefined;
    readonly error: Error | null;
    readonly isLoading: boolean;
  };
  /** What it showed, where it finished. */
  readonly children: ReactNode;
}

/** A job of auditors: how far it is, how it ended, and what it showed. */
export function JobFrame({ answer: { data: job, error, isLoading }, children }: JobFrameProps) {
  const t = useTexts(auditTexts);
  const format = useFormat();
  const navigate = useNavigate({ from: '/audit' });
  const end = useEndJob();
  const lost = useConnection() === 'lost' || problemOf(error).code === 'unreachable';
  if (error !== null && !(lost && job)) {
    return (
      <div>
        <ErrorNotice error={error} />
        <p className="text-muted px-4 text-sm">{t('jobGone')}</p>
      </div>
    );
  }
  if (isLoading) return <SkeletonLines lines={3} />;
  if (job === undefined) return null;
  const { progress, startedBy, startedAt, failure } = job;
  const forget = () =>
    end.mutate(job, { onSuccess: () => void navigate({ search: ({ job: _, ...search }: AuditSearch) => search }) });
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {job.state === 'running' && (
        <div className="flex items-end gap-3">
          <div className="min-w-0 flex-1">
            <ProgressBar
              label={t(`job.${job.kind}`)}
              done={progress?.done ?? 0}
              total={progress?.total ?? 0}
              told={
                lost
                  ? t('outOfReach')
                  : progress === undefined
                    ? t('starting')
                    : t(progress.unit === 'bytes' ? 'progressBytes' : 'progressEvents', {
                        done: format.number(progress.done, 0),
                        total: format.number(progress.total, 0),
                        rate: format.number(progress.perSecond, 0),
                        left: progress.secondsLeft === null ? '…' : format.duration(progress.secondsLeft),
                      })
              }
            />
          </div>
          <Button disabled={end.isPending || lost} onClick={forget}>
            {t('stop')}
          </Button>
        </div>
      )}
      {end.error !== null && <RefusalNotice error={end.error} forbidden={t('endForbidden')} />}
      {failure !== undefined && <JobFailure what={t('jobFailed')} failure={failure} />}
      {job.state === 'cancelled' && <p className="text-muted text-sm">{t('jobCancelled')}</p>}
      {job.state === 'finished' && children}
      <p className="text-muted text-xs">{t('begunBy', { who: startedBy, at: format.instant(startedAt) })}</p>
    </div>
  );
}
