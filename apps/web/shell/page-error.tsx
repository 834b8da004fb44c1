import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { MapPinOff } from 'lucide-react';
import { useTexts } from '../i18n/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyNotice, ErrorNotice } from '../ui/notices.tsx';
import { usePageTitle } from './page-title.ts';
import { shellTexts } from './shell.texts.ts';

/** What a page shows where its code failed. */
export function PageError({ error }: ErrorComponentProps) {
  const t = useTexts(shellTexts);
  usePageTitle(t('broken'));
  return (
    <div className="p-4">
      <h1 className="px-4 text-base font-semibold">{t('broken')}</h1>
      <ErrorNotice error={error} />
      <Button className="ml-4" onClick={() => globalThis.location.reload()}>
        {t('reload')}
      </Button>
    </div>
  );
}

/** What an address shows that no page has. */
export function PageMissing() {
  const t = useTexts(shellTexts);
  usePageTitle(t('notFoundTitle'));
  return (
    <>
      <h1 className="sr-only">{t('notFoundTitle')}</h1>
      <EmptyNotice icon={MapPinOff} title={t('notFoundTitle')} hint={t('notFoundHint')}>
        <Link to="/board" className="text-accent mt-2 text-sm underline">
          {t('toBoard')}
        </Link>
      </EmptyNotice>
    </>
  );
}
