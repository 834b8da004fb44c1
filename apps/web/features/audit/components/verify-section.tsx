import { useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { useVerification } from '../api/jobs.ts';
import { auditTexts } from '../audit.texts.ts';
import { JobFrame } from './job-frame.tsx';
import { JobList } from './job-list.tsx';
import { ProofResult } from './proof-result.tsx';
import { StartRefusal } from './start-refusal.tsx';
import { useJobStart } from './use-job-start.ts';
import type { AuditSearch } from '../audit-search.ts';

/** `position:digest`, as an earlier proof is noted. */
const NOTED = /^(\S+):([0-9a-f]{64})$/;

/** Proves that the log is as it was recorded. */
export function VerifySection() {
  const t = useTexts(auditTexts);
  const { job: id }: AuditSearch = useSearch({ from: '/audit' });
  const verification = useVerification(id);
  const { begin, error, isPending } = useJobStart('verify');
  const [noted, setNoted] = useState('');
  const [stream, setStream] = useState('');
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [, position, digest] = NOTED.exec(noted.trim()) ?? [];
    const unreadable = noted.trim() !== '' && (position === undefined || digest === undefined);
    setWrong(unreadable);
    if (unreadable) return;
    begin({
      kind: 'verification',
      ...(stream.trim() === '' ? {} : { stream: stream.trim() }),
      ...(position === undefined || digest === undefined ? {} : { expect: { position, digest } }),
    });
  };
  const running = verification.data?.state === 'running';
  return (
    <div className="flex max-w-4xl flex-col gap-4">
      <h2 className="text-sm font-semibold">{t('verifyTitle')}</h2>
      <p className="text-muted text-sm">{t('verifyIntro')}</p>
      <form onSubmit={submit} className="flex flex-col gap-3" noValidate>
        <Field label={t('verifyStream')} hint={t('verifyStreamHint')}>
          {(control) => (
            <input
              {...control}
              value={stream}
              onChange={({ target }) => setStream(target.value)}
              placeholder="opportunity-…"
              className="max-w-sm"
            />
          )}
        </Field>
        <Field label={t('noted')} hint={t('notedHint')} error={wrong ? t('notedWrong') : undefined}>
          {(control) => (
            <input {...control} value={noted} onChange={({ target }) => setNoted(target.value)} className="font-mono" />
          )}
        </Field>
        {error !== null && <StartRefusal error={error} />}
        <Button type="submit" look="primary" disabled={isPending || running} className="self-start">
          {t('verify')}
        </Button>
      </form>
      <JobFrame answer={verification}>
        {verification.data?.result !== undefined && (
          <ProofResult proof={verification.data.result} question={verification.data.question} />
        )}
      </JobFrame>
      <JobList kind="verification" shown={id} />
      <details className="text-sm">
        <summary className="min-h-6 cursor-pointer font-medium">{t('proofMeans')}</summary>
        <p className="mt-2">{t('proofShows')}</p>
        <p className="mt-2">{t('proofShowsNot')}</p>
      </details>
    </div>
  );
}
