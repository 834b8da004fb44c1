import { useNavigate } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import { shortPosition } from '../../../terms/short-position.ts';
import { Select } from '../../../ui/field.tsx';
import { EmptyNotice, ErrorNotice, SkeletonLines } from '../../../ui/notices.tsx';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { useDecideParked, useParkedEvents, type ParkedDecision } from '../api/parked-events.ts';
import { operationsTexts } from '../operations.texts.ts';
import { ParkedEventTable } from './parked-event-table.tsx';

interface ParkedEventsProps {
  /** Of all projections. */
  readonly names: readonly string[];
  /** The projection whose events are shown; all where undefined. */
  readonly chosen: string | undefined;
}

/** What could not be applied and why, with what a person can decide about it. */
export function ParkedEvents({ names, chosen }: ParkedEventsProps) {
  const t = useTexts(operationsTexts);
  const navigate = useNavigate({ from: '/operations' });
  const { events, error, isPending } = useParkedEvents(chosen === undefined ? names : [chosen]);
  const [asked, setAsked] = useState<Omit<ParkedDecision, 'reason'>>();
  const decide = useDecideParked();
  const close = () => {
    setAsked(undefined);
    decide.reset();
  };
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-2">
        <div>
          <h2 className="text-sm font-semibold">{t('parkedEvents')}</h2>
          <p className="text-muted text-sm">{t('parkedIntro')}</p>
        </div>
        <label className="flex items-center gap-2 text-sm">
          {t('parkedOf')}
          <Select
            value={chosen ?? ''}
            choices={[
              { value: '', label: t('allProjections') },
              ...names.map((name) => ({ value: name, label: name })),
            ]}
            onChange={({ target }) =>
              void navigate({ search: target.value === '' ? {} : { projection: target.value }, replace: true })
            }
          />
        </label>
      </div>
      {error !== null && <ErrorNotice error={error} />}
      {isPending && error === null && <SkeletonLines lines={2} />}
      {!isPending && error === null && events.length === 0 && (
        <EmptyNotice icon={CircleCheck} title={t('parkedNone')} hint={t('parkedNoneHint')} />
      )}
      {events.length > 0 && (
        <ParkedEventTable events={events} onDecide={(event, action) => setAsked({ event, action })} />
      )}
      {asked !== undefined && (
        <ReasonDialog
          title={t(`${asked.action}Of`, { position: shortPosition(asked.event.position) })}
          description={t(`${asked.action}Hint`)}
          confirm={t(asked.action)}
          danger={asked.action === 'discard'}
          required
          pending={decide.isPending}
          error={decide.error}
          forbidden={t('forbidden')}
          onConfirm={(reason) => decide.mutate({ ...asked, reason }, { onSuccess: close })}
          onClose={close}
        />
      )}
    </div>
  );
}
