import { Link } from '@tanstack/react-router';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { shortPosition } from '../../../terms/short-position.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { RefusalNotice } from '../../../ui/refusal-notice.tsx';
import { useJobs, type AuditJob, type JobKind } from '../api/jobs.ts';
import { SECTION_OF } from '../audit-search.ts';
import { auditTexts } from '../audit.texts.ts';

const TONES: Readonly<Record<AuditJob['state'], Tone>> = {
  running: 'accent',
  finished: 'good',
  failed: 'bad',
  cancelled: 'neutral',
};

interface JobListProps {
  readonly kind: JobKind;
  /** Id of the job that is shown. */
  readonly shown: string | undefined;
}

/** The jobs of a kind that the server still knows, so that results are found again. */
export function JobList({ kind, shown }: JobListProps) {
  const t = useTexts(auditTexts);
  const format = useFormat();
  const { data: jobs = [], error } = useJobs(kind);
  const question = ({ question: { stream, at, from, to } }: AuditJob): string => {
    if (at !== undefined) return shortPosition(at);
    if (from !== undefined && to !== undefined) return `${shortPosition(from)} – ${shortPosition(to)}`;
    return stream ?? t('wholeLog');
  };
  if (jobs.length === 0) return error && <RefusalNotice error={error} />;
  return (
    <DataTable
      caption={t('jobs')}
      rows={jobs}
      rowKey={({ id }) => id}
      columns={[
        {
          id: 'question',
          header: t('question'),
          cell: (job) => (
            <Link
              to="/audit"
              search={{ section: SECTION_OF[kind], job: job.id }}
              aria-current={job.id === shown ? 'true' : undefined}
              className={`text-accent underline ${job.id === shown ? 'font-semibold' : ''}`}
            >
              {question(job)}
            </Link>
          ),
          csv: question,
        },
        {
          id: 'state',
          header: t('jobState'),
          cell: ({ state }) => <Badge tone={TONES[state]}>{t(`state.${state}`)}</Badge>,
          csv: ({ state }) => t(`state.${state}`),
        },
        { id: 'by', header: t('jobBy'), cell: ({ startedBy }) => startedBy, csv: ({ startedBy }) => startedBy },
        {
          id: 'at',
          header: t('jobAt'),
          cell: ({ startedAt }) => <span className="whitespace-nowrap">{format.moment(startedAt)}</span>,
          csv: ({ startedAt }) => startedAt,
        },
      ]}
    />
  );
}
