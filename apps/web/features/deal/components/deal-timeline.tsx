import { Link } from '@tanstack/react-router';
import { ExternalLink } from 'lucide-react';
import { useMay } from '../../../api/me.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Select } from '../../../ui/field.tsx';
import type { DealWords } from '../../../history/deal-words.ts';
import { EVENT_KINDS, kindOf, type EventKind } from '../event-kinds.ts';
import { timelineTexts } from '../timeline.texts.ts';
import type { ToldEvent } from '../../../history/told-event.ts';
import { EventList } from '../../../history/event-list.tsx';

interface DealTimelineProps {
  readonly id: string;
  readonly events: readonly ToldEvent[];
  readonly words: DealWords;
  readonly kind: EventKind | undefined;
  readonly onKind: (kind: EventKind | undefined) => void;
}

/** Everything that happened to a deal as sentences, the newest first. */
export function DealTimeline({ id, events, words, kind, onKind }: DealTimelineProps) {
  const t = useTexts(timelineTexts);
  const may = useMay();
  const listed = events.filter(({ type }) => kind === undefined || kindOf(type) === kind).toReversed();
  return (
    <section aria-labelledby="timeline" className="border-line bg-surface rounded-lg border p-3">
      <div className="mb-2 flex items-center justify-between gap-2">
        <h2 id="timeline" className="text-sm font-semibold">
          {t('title')}
        </h2>
        <Select
          aria-label={t('filter')}
          data-print="hidden"
          value={kind ?? ''}
          onChange={(event) => onKind(EVENT_KINDS.find((one) => one === event.target.value))}
          choices={[
            { value: '', label: t('kind.all') },
            ...EVENT_KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
          ]}
        />
      </div>
      {listed.length === 0 && <p className="text-muted py-4 text-sm">{t('empty')}</p>}
      <EventList
        labelledBy="timeline"
        events={listed}
        words={words}
        aside={(event) =>
          event.position !== undefined &&
          may('read_audit') && <AuditLink id={id} event={event} position={event.position} />
        }
      />
    </section>
  );
}

interface AuditLinkProps {
  readonly id: string;
  readonly event: ToldEvent;
  readonly position: string;
}

function AuditLink({ id, event, position }: AuditLinkProps) {
  const t = useTexts(timelineTexts);
  return (
    <Link
      to="/audit"
      search={{ stream: `opportunity-${id}`, position }}
      title={t('audit')}
      aria-label={t('auditOf', { event: `${event.type} ${event.revision}` })}
      data-print="hidden"
      className="text-muted hover:bg-sunken flex size-7 shrink-0 items-center justify-center rounded"
    >
      <ExternalLink size={13} aria-hidden />
    </Link>
  );
}
