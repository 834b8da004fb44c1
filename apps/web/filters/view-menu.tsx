import { Link } from '@tanstack/react-router';
import { Bookmark, Trash2 } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState, type FormEvent } from 'react';
import { useTexts } from '../i18n/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import type { DealFilterSearch } from './cut-search.ts';
import { filterTexts } from './filters.texts.ts';
import { deleteView, saveView, useSavedViews, type ViewPage } from './saved-views.ts';

interface ViewMenuProps {
  readonly page: ViewPage;
  /** Everything that stands in the address. */
  readonly search: DealFilterSearch;
}

/** Addresses under a name: to go to, to save, to delete. */
export function ViewMenu({ page, search }: ViewMenuProps) {
  const t = useTexts(filterTexts);
  const views = useSavedViews();
  const [name, setName] = useState('');
  const [open, setOpen] = useState(false);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    saveView({ name: name.trim(), page, search });
    setName('');
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button>
          <Bookmark size={15} aria-hidden />
          <span className="sr-only sm:not-sr-only">{t('views')}</span>
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={12}
          aria-label={t('savedViews')}
          className="bg-raised border-line shadow-raised z-30 flex w-72 flex-col gap-3 rounded-xl border p-3"
        >
          {views.length === 0 ? (
            <p className="text-muted text-sm">{t('noViews')}</p>
          ) : (
            <ul aria-label={t('savedViews')} className="max-h-64 overflow-auto">
              {views.map((view) => (
                <li key={view.name} className="hover:bg-sunken flex items-center rounded">
                  <Link
                    to={view.page}
                    search={view.search}
                    onClick={() => setOpen(false)}
                    className="min-w-0 flex-1 truncate px-2 py-1.5 text-sm"
                  >
                    {view.name}
                  </Link>
                  <IconButton label={t('deleteView', { name: view.name })} onClick={() => deleteView(view.name)}>
                    <Trash2 size={14} aria-hidden />
                  </IconButton>
                </li>
              ))}
            </ul>
          )}
          <form onSubmit={save} className="border-line flex flex-col gap-2 border-t pt-3">
            <Field label={t('viewName')} hint={t('savedHere')}>
              {(control) => (
                <input {...control} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
              )}
            </Field>
            <Button type="submit" disabled={name.trim() === ''}>
              {t('saveView')}
            </Button>
          </form>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
