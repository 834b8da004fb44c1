import { Link, useSearch } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMay } from '../../../api/me.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { usePageTitle } from '../../../shell/page-title.ts';
import { EmptyNotice } from '../../../ui/notices.tsx';
import { AUDIT_SECTIONS, type AuditSearch } from '../audit-search.ts';
import { auditTexts } from '../audit.texts.ts';
import { DifferenceSection } from './difference-section.tsx';
import { EventsSection } from './events-section.tsx';
import { ReplaySection } from './replay-section.tsx';
import { VerifySection } from './verify-section.tsx';

const SECTIONS = {
  events: EventsSection,
  verify: VerifySection,
  replay: ReplaySection,
  difference: DifferenceSection,
} as const;

/** Everything that was recorded, the proof that it is as it was, and the past as it stood. */
export function AuditPage(): ReactNode {
  const t = useTexts(auditTexts);
  usePageTitle(t('title'));
  const { section = 'events' }: AuditSearch = useSearch({ from: '/audit' });
  const Section = SECTIONS[section];
  const mayRead = useMay()('read_audit');
  return (
    <div className="flex flex-col gap-4 p-4">
      <header>
        <h1 className="text-base font-semibold">{t('title')}</h1>
        <p className="text-muted text-sm">{t('intro')}</p>
      </header>
      {mayRead ? (
        <>
          <nav
            aria-label={t('sections')}
            data-print="hidden"
            className="border-line flex gap-1 overflow-x-auto border-b"
          >
            {AUDIT_SECTIONS.map((each) => (
              <Link
                key={each}
                to="/audit"
                search={each === 'events' ? {} : { section: each }}
                aria-current={each === section ? 'page' : undefined}
                className={`min-h-9 border-b-2 px-3 py-2 text-sm font-medium whitespace-nowrap ${each === section ? 'border-accent text-ink' : 'text-muted hover:text-ink border-transparent'}`}
              >
                {t(`section.${each}`)}
              </Link>
            ))}
          </nav>
          <Section />
        </>
      ) : (
        <EmptyNotice icon={Lock} title={t('closed')} hint={t('closedHint')} />
      )}
    </div>
  );
}
