import { useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { useComparison } from '../api/jobs.ts';
import { pastTexts } from '../past.texts.ts';
import { DifferenceResult } from './difference-result.tsx';
import { JobFrame } from './job-frame.tsx';
import { JobList } from './job-list.tsx';
import { StartRefusal } from './start-refusal.tsx';
import { useJobStart } from './use-job-start.ts';
import type { AuditSearch } from '../audit-search.ts';

/** Tells what became of the deals between two recorded moments. */
export function DifferenceSection() {
  const t = useTexts(pastTexts);
  const { job: id }: AuditSearch = useSearch({ from: '/audit' });
  const comparison = useComparison(id);
  const { begin, error, isPending } = useJobStart('difference');
  const [moments, setMoments] = useState<{ readonly from?: string; readonly to?: string }>({});
  const asked = { ...comparison.data?.question, ...moments };
  const { from = '', to = '' } = asked;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin({ kind: 'comparison', from: from.trim(), to: to.trim() });
  };
  return (
    <div className="flex flex-col gap-4">
      <h2 className="text-sm font-semibold">{t('differenceTitle')}</h2>
      <p className="text-muted max-w-4xl text-sm">{t('differenceIntro')}</p>
      <form onSubmit={submit} className="flex max-w-3xl flex-col gap-3">
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label={t('momentFrom')} hint={t('momentHint')}>
            {(control) => (
              <input
                {...control}
                required
                value={from}
                placeholder="2026-05-31"
                onChange={({ target }) => setMoments((before) => ({ ...before, from: target.value }))}
              />
            )}
          </Field>
          <Field label={t('momentTo')}>
            {(control) => (
              <input
                {...control}
                required
                value={to}
                placeholder="2026-06-30"
                onChange={({ target }) => setMoments((before) => ({ ...before, to: target.value }))}
              />
            )}
          </Field>
        </div>
        {error !== null && <StartRefusal error={error} />}
        <Button
          type="submit"
          look="primary"
          disabled={isPending || comparison.data?.state === 'running'}
          className="self-start"
        >
          {t('compare')}
        </Button>
      </form>
      <JobFrame answer={comparison}>
        {comparison.data?.result !== undefined && <DifferenceResult compared={comparison.data.result} />}
      </JobFrame>
      <JobList kind="comparison" shown={id} />
    </div>
  );
}
