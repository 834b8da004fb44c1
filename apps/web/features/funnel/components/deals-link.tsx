import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import type { DealsSearch } from '../deals-search.ts';
import { funnelTexts } from '../funnel.texts.ts';

interface DealsLinkProps {
  readonly to: DealsSearch;
  /** The figure to its last digit, where a shorter one is shown. */
  readonly exact?: string | undefined;
  readonly children: ReactNode;
}

/** A figure that opens the deals behind it. */
export function DealsLink({ to, exact, children }: DealsLinkProps) {
  const t = useTexts(funnelTexts);
  return (
    <Link
      to="/deals"
      search={to}
      title={exact === undefined ? t('listOf') : t('listOfExact', { exact })}
      className="decoration-line-strong hover:decoration-accent -mx-2 inline-flex min-h-6 items-center px-2 py-0 underline underline-offset-3"
    >
      {children}
    </Link>
  );
}
