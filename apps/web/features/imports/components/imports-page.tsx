import { Link, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMay } from '../../../api/me.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { usePageTitle } from '../../../shell/page-title.ts';
import type { ImportSearch } from '../import-search.ts';
import { importTexts } from '../imports.texts.ts';
import { ImportList } from './import-list.tsx';
import { ImportView } from './import-view.tsx';
import { NewImport } from './new-import.tsx';

/** Brings in deals from files, and shows and takes back what was brought in. */
export function ImportsPage(): ReactNode {
  const t = useTexts(importTexts);
  usePageTitle(t('title'));
  const may = useMay();
  const { import: id }: ImportSearch = useSearch({ from: '/imports' });
  return (
    <div className="flex flex-col gap-6 p-4">
      <header>
        <h1 className="text-base font-semibold">{t('title')}</h1>
        <p className="text-muted text-sm">{t('intro')}</p>
        {id !== undefined && (
          <Link to="/imports" className="text-accent text-sm underline">
            {t('all')}
          </Link>
        )}
      </header>
      {id === undefined ? (
        <>
          {may('import') ? <NewImport /> : <p className="text-sm">{t('forbidden')}</p>}
          <ImportList />
        </>
      ) : (
        <ImportView key={id} id={id} />
      )}
    </div>
  );
}
