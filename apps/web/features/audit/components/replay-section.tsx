import { useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { useReplay } from '../api/jobs.ts';
import { pastTexts } from '../past.texts.ts';
import { JobFrame } from './job-frame.tsx';
import { JobList } from './job-list.tsx';
import { ReplayResult } from './replay-result.tsx';
import { StartRefusal } from './start-refusal.tsx';
import { useJobStart } from './use-job-start.ts';
import type { AuditSearch } from '../audit-search.ts';

/** Builds everything anew as it stood at a recorded moment. */
export function ReplaySection() {
  const t = useTexts(pastTexts);
  const { job: id }: AuditSearch = useSearch({ from: '/audit' });
  const replay = useReplay(id);
  const { begin, error, isPending } = useJobStart('replay');
  const [at, setAt] = useState('');
  const asked = at.trim() === '' ? (replay.data?.question.at ?? '') : at.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (asked !== '') begin({ kind: 'replay', at: asked });
  };
  return (
    <div className="flex flex-col gap-4">
      <h2 className="text-sm font-semibold">{t('replayTitle')}</h2>
      <p className="text-muted max-w-4xl text-sm">{t('replayIntro')}</p>
      <form onSubmit={submit} className="flex max-w-xl flex-col gap-3">
        <Field label={t('moment')} hint={t('momentHint')}>
          {(control) => (
            <input
              {...control}
              required
              value={at === '' ? asked : at}
              placeholder="2026-06-30"
              onChange={({ target }) => setAt(target.value)}
            />
          )}
        </Field>
        {error !== null && <StartRefusal error={error} />}
        <Button
          type="submit"
          look="primary"
          disabled={isPending || replay.data?.state === 'running'}
          className="self-start"
        >
          {t('replay')}
        </Button>
      </form>
      <JobFrame answer={replay}>
        {replay.data?.result !== undefined && <ReplayResult state={replay.data.result} />}
      </JobFrame>
      <JobList kind="replay" shown={id} />
    </div>
  );
}
