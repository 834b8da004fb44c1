import { Link } from '@tanstack/react-router';
import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { shortPosition } from '../../../terms/short-position.ts';
import { IconButton } from '../../../ui/button.tsx';
import type { AuditEvent } from '../api/events.ts';
import { auditTexts } from '../audit.texts.ts';
import { useSourceName } from './source-name.ts';
import { useCopy } from './use-copy.ts';

const DEAL = 'opportunity-';

/** Who, when, why, through what, and every id. */
export function EventFacts({ event }: { readonly event: AuditEvent }) {
  const t = useTexts(auditTexts);
  const format = useFormat();
  const sourceName = useSourceName();
  const copy = useCopy();
  const { actor, stream } = event;
  const facts: readonly (readonly [name: string, value: ReactNode])[] = [
    [
      t('stream'),
      <>
        <Link to="/audit" search={{ stream, position: event.position }} className="text-accent underline">
          {stream}
        </Link>{' '}
        · {t('revision')} {event.revision}
        {stream.startsWith(DEAL) && (
          <>
            {' · '}
            <Link to="/deals/$id" params={{ id: stream.slice(DEAL.length) }} className="text-accent underline">
              {t('toDeal')}
            </Link>
          </>
        )}
      </>,
    ],
    [t('actor'), actor === undefined ? '–' : `${actor.id} (${actor.role})`],
    ...(actor?.onBehalfOf === undefined ? [] : [[t('onBehalfOf'), actor.onBehalfOf] as const]),
    [t('reason'), event.reason ?? '–'],
    [t('source'), sourceName(event.source)],
    [t('occurred'), format.instant(event.occurredAt)],
    [t('recorded'), format.instant(event.recordedAt)],
    [
      t('position'),
      <>
        <span title={event.position}>{shortPosition(event.position)}</span>
        {copy && (
          <IconButton label={t('copyPosition')} className="-my-2 ml-1" onClick={() => copy(event.position)}>
            <Copy size={13} aria-hidden />
          </IconButton>
        )}
      </>,
    ],
    [t('storedType'), event.stored.type],
    [t('eventId'), event.id],
    [t('commandId'), event.commandId ?? '–'],
    [t('fingerprint'), event.metadata?.commandFingerprint ?? '–'],
    [t('correlationId'), event.correlationId ?? '–'],
    [t('causationId'), event.causationId ?? '–'],
  ];
  return (
    <dl className="grid grid-cols-[7rem_minmax(0,1fr)] sm:grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
