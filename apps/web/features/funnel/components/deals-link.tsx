import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import type { DealsSearch } from '../deals-search.ts';
import { funnelTexts } from '../funnel.texts.ts';

/** A figure that opens the deals behind it. */
export function DealsLink({ to, children }: { readonly to: DealsSearch; readonly children: ReactNode }) {
  const t = useTexts(funnelTexts);
  return (
    <Link
      to="/deals"
      search={to}
      title={t('listOf')}
      className="decoration-line-strong hover:decoration-accent -mx-2 inline-flex min-h-6 items-center px-2 py-0 underline underline-offset-3"
    >
      {children}
    </Link>
  );
}
