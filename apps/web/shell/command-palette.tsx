import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { Dialog as Headless } from 'radix-ui';
import { useDeferredValue, useState } from 'react';
import { useTexts } from '../i18n/texts.ts';
import { usePages } from './pages.ts';
import { searchQuery } from './search.ts';
import { shellTexts } from './shell.texts.ts';
import { chooseTheme, THEMES } from './theme.ts';

const ITEM = 'data-[selected=true]:bg-accent-soft flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5';

interface CommandPaletteProps {
  readonly onClose: () => void;
  readonly onShortcuts: () => void;
}

/** Finds deals and customers, goes to pages, does what the shell can do. */
export function CommandPalette({ onClose, onShortcuts }: CommandPaletteProps) {
  const t = useTexts(shellTexts);
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState('');
  const wanted = useDeferredValue(typed.trim());
  const { data: found, isFetching } = useQuery(searchQuery(wanted));
  const run = (action: () => unknown) => () => {
    onClose();
    action();
  };
  const matches = (name: string) => name.toLowerCase().includes(typed.trim().toLowerCase());
  const actions = [
    { name: t('shortcuts'), run: onShortcuts },
    ...THEMES.map((theme) => ({ name: `${t('theme')}: ${t(`theme.${theme}`)}`, run: () => chooseTheme(theme) })),
  ].filter(({ name }) => matches(name));
  const pages = usePages().filter(({ text }) => matches(t(text)));
  const names = [
    ...(found?.deals.map(({ id }) => `deal ${id}`) ?? []),
    ...(found?.customers.map(({ customerId }) => `customer ${customerId}`) ?? []),
    ...pages.map(({ to }) => `page ${to}`),
    ...actions.map(({ name }) => `action ${name}`),
  ];
  // What was found comes after what was typed; until somebody chooses, Enter takes the first.
  const selected = names.includes(chosen) ? chosen : (names[0] ?? '');
  return (
    <Headless.Root open onOpenChange={(open) => !open && onClose()}>
      <Headless.Portal>
        <Headless.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Headless.Content
          aria-describedby={undefined}
          className="bg-raised border-line shadow-raised fixed top-[10vh] left-1/2 z-50 w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 overflow-hidden rounded-xl border"
        >
          <Headless.Title className="sr-only">{t('search')}</Headless.Title>
          <Command shouldFilter={false} label={t('search')} value={selected} onValueChange={setChosen}>
            <Command.Input
              value={typed}
              onValueChange={setTyped}
              placeholder={t('searchHint')}
              className="!border-line w-full !rounded-none !border-0 !border-b px-4 py-3 outline-none"
            />
            <Command.List className="max-h-[50vh] overflow-auto p-2 text-sm">
              <Command.Empty className="text-muted p-4">{isFetching ? t('searching') : t('noResults')}</Command.Empty>
              {found && found.deals.length > 0 && (
                <Command.Group heading={t('deals')}>
                  {found.deals.map((deal) => (
                    <Command.Item
                      key={deal.id}
                      value={`deal ${deal.id}`}
                      onSelect={run(() => void navigate({ to: '/deals/$id', params: { id: deal.id } }))}
                      className={ITEM}
                    >
                      <span className="truncate">{deal.title}</span>
                      <span className="text-muted ml-auto truncate">{deal.customerName}</span>
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              {found && found.customers.length > 0 && (
                <Command.Group heading={t('customers')}>
                  {found.customers.map(({ customerId, customerName }) => (
                    <Command.Item
                      key={customerId}
                      value={`customer ${customerId}`}
                      onSelect={run(() => void navigate({ to: '/deals', search: { customerId } }))}
                      className={ITEM}
                    >
                      {customerName ?? customerId}
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              {pages.length > 0 && (
                <Command.Group heading={t('pages')}>
                  {pages.map(({ to, search, text, icon: Icon, key }) => (
                    <Command.Item
                      key={to}
                      value={`page ${to}`}
                      onSelect={run(() => void navigate({ to, search }))}
                      className={ITEM}
                    >
                      <Icon size={15} aria-hidden />
                      {t(text)}
                      <kbd className="text-muted ml-auto font-sans text-xs">g {key}</kbd>
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              {actions.length > 0 && (
                <Command.Group heading={t('actions')}>
                  {actions.map(({ name, run: action }) => (
                    <Command.Item key={name} value={`action ${name}`} onSelect={run(action)} className={ITEM}>
                      {name}
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
            </Command.List>
          </Command>
        </Headless.Content>
      </Headless.Portal>
    </Headless.Root>
  );
}
