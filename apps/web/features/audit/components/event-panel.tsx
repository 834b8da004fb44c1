import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import { useEventName } from '../../../terms/event-name.ts';
import { shortPosition } from '../../../terms/short-position.ts';
import { ErrorNotice, SkeletonLines } from '../../../ui/notices.tsx';
import { useEvent } from '../api/events.ts';
import { auditTexts } from '../audit.texts.ts';
import { ChainState } from './chain-state.tsx';
import { EventFacts } from './event-facts.tsx';
import { FieldChanges } from './field-changes.tsx';
import type { AuditSearch } from '../audit-search.ts';

const ICON = 'hover:bg-sunken inline-flex size-8 items-center justify-center rounded-md';

/** One event whole: what it says, who, why, what it changed, and how it stands in the chain. */
export function EventPanel({ position }: { readonly position: string }) {
  const t = useTexts(auditTexts);
  const { data: event, error, refetch } = useEvent(position);
  const { previous, next } = event ?? {};
  const eventName = useEventName();
  const panel = useRef<HTMLElement>(null);
  const navigate = useNavigate({ from: '/audit' });
  useEffect(() => {
    const section = panel.current;
    const from = document.activeElement;
    // Whoever came by the address reads the page from its start.
    if (from !== document.body && !section?.contains(from)) section?.focus();
    const close = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return;
      focusRow(position);
      void navigate({ search: ({ position: _, ...search }: AuditSearch) => search });
    };
    section?.addEventListener('keydown', close);
    return () => section?.removeEventListener('keydown', close);
  }, [position, navigate]);
  useEffect(() => {
    // Where there is no room beside the list it stands above it, perhaps out of sight.
    if (event && panel.current && panel.current.getBoundingClientRect().top < 0) panel.current.scrollIntoView();
  }, [event]);
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-labelledby="event-title"
      className="border-line bg-surface order-first flex min-w-0 flex-col gap-4 rounded-lg border p-4 xl:sticky xl:top-4 xl:order-none xl:max-h-[calc(100vh-5rem)] xl:overflow-auto"
    >
      <div className="flex items-center gap-1">
        <h3 id="event-title" className="mr-auto min-w-0 truncate font-semibold">
          {event ? eventName(event.type) : t('event')}
        </h3>
        {previous !== undefined && (
          <Link
            to="/audit"
            search={(search: AuditSearch) => ({ ...search, position: previous })}
            aria-label={t('previous')}
            title={t('previous')}
            className={ICON}
          >
            <ChevronLeft size={16} aria-hidden />
          </Link>
        )}
        {next !== undefined && (
          <Link
            to="/audit"
            search={(search: AuditSearch) => ({ ...search, position: next })}
            aria-label={t('next')}
            title={t('next')}
            className={ICON}
          >
            <ChevronRight size={16} aria-hidden />
          </Link>
        )}
        <Link
          to="/audit"
          search={({ position: _, ...search }: AuditSearch) => search}
          onClick={() => focusRow(position)}
          aria-label={t('closeEvent')}
          title={t('closeEvent')}
          className={ICON}
        >
          <X size={16} aria-hidden />
        </Link>
      </div>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {event === undefined && error === null && <SkeletonLines lines={8} />}
      {event !== undefined && (
        <>
          <ChainState event={event} />
          <EventFacts event={event} />
          <FieldChanges event={event} />
          <div>
            <h4 className="mb-1 text-sm font-semibold">{t('data')}</h4>
            <pre tabIndex={0} className="bg-sunken overflow-x-auto rounded-md p-2 text-xs">
              {event.data === undefined ? event.stored.data : JSON.stringify(event.data, null, 2)}
            </pre>
          </div>
          <div>
            <h4 className="mb-1 text-sm font-semibold">{t('correlated')}</h4>
            {event.correlated.length === 0 ? (
              <p className="text-muted text-sm">{t('correlatedNone')}</p>
            ) : (
              <ul className="text-sm">
                {event.correlated.map((other) => (
                  <li key={other.position}>
                    <Link
                      to="/audit"
                      search={(search: AuditSearch) => ({ ...search, position: other.position })}
                      className="text-accent underline"
                    >
                      {eventName(other.type)}
                    </Link>{' '}
                    <span className="text-muted">{shortPosition(other.position)}</span>
                  </li>
                ))}
              </ul>
            )}
            {event.correlationId !== undefined && (
              <Link
                to="/audit"
                search={{ correlationId: event.correlationId }}
                className="text-accent text-sm underline"
              >
                {t('correlatedAll')}
              </Link>
            )}
          </div>
        </>
      )}
    </section>
  );
}

/** Gives the focus back to whence the event was opened. */
function focusRow(position: string): void {
  const row = document.querySelector<HTMLElement>(`[data-event="${CSS.escape(position)}"]`);
  (row ?? document.querySelector('main'))?.focus();
}
