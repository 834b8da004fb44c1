import { Link, Outlet } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Toaster } from 'sonner';
import { useConnection } from '../api/live.ts';
import { useTexts } from '../i18n/texts.ts';
import { Account } from './account.tsx';
import { ConnectionState } from './connection-state.tsx';
import { useJump } from './jump.ts';
import { lazyPart } from './lazy-code.tsx';
import { PALETTE_KEYS } from './modified-keys.ts';
import { usePages } from './pages.ts';
import { Preferences } from './preferences.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { useShortcuts } from './shortcuts.ts';
import { shellTexts } from './shell.texts.ts';
import { SignIn } from './sign-in.tsx';

const CommandPalette = lazyPart(() => import('./command-palette.tsx'), 'CommandPalette');

/** What surrounds every page: navigation, search, connection, language and theme. */
export function Shell() {
  const t = useTexts(shellTexts);
  const jump = useJump();
  const connection = useConnection();
  const pages = usePages();
  const [open, setOpen] = useState<'palette' | 'shortcuts'>();
  const close = () => setOpen(undefined);
  useShortcuts(
    useMemo(
      () => ({
        'mod+k': () => setOpen('palette'),
        '?': () => setOpen('shortcuts'),
        ...Object.fromEntries(pages.map(({ key, to, search }) => [`g ${key}`, () => jump({ to, search })])),
      }),
      [jump, pages],
    ),
  );
  return (
    // The window scrolls over a page that is wider, and what surrounds it stays in view: where a card is dragged, the
    // window and the list under the card are all that scroll by themselves.
    <div className="flex h-full w-max flex-col-reverse sm:flex-row">
      <a
        href="#content"
        className="bg-raised absolute top-2 left-2 z-50 -translate-y-20 rounded-md px-3 py-2 focus:translate-y-0"
      >
        {t('skip')}
      </a>
      <nav
        aria-label={t('navigation')}
        data-print="hidden"
        className="border-line bg-surface sticky left-0 z-20 flex w-screen shrink-0 gap-0.5 overflow-x-auto border-t p-1.5 sm:w-(--beside) sm:flex-col sm:border-t-0 sm:border-r"
      >
        <p className="hidden px-2 py-2 text-base font-semibold tracking-tight lg:block">Dealtrail</p>
        {pages.map(({ to, search, text, icon: Icon }) => (
          <Link
            key={to}
            to={to}
            search={search}
            title={t(text)}
            className="text-muted hover:bg-sunken flex min-h-9 shrink-0 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium"
            activeProps={{ className: 'bg-accent-soft !text-ink', 'aria-current': 'page' }}
          >
            <Icon size={17} aria-hidden className="shrink-0" />
            <span className="sr-only lg:not-sr-only">{t(text)}</span>
          </Link>
        ))}
      </nav>
      <div className="flex min-h-0 flex-1 flex-col">
        <header
          data-print="hidden"
          className="border-line bg-surface sticky left-(--beside) z-30 flex h-12 w-(--view) shrink-0 items-center gap-2 border-b px-3"
        >
          <button
            type="button"
            onClick={() => setOpen('palette')}
            className="border-line-strong text-muted hover:bg-sunken flex min-h-8 max-w-80 min-w-0 flex-1 items-center gap-2 rounded-md border px-2.5 text-sm"
          >
            <Search size={15} aria-hidden className="shrink-0" />
            <span className="truncate">{t('search')}</span>
            <kbd className="ml-auto hidden font-sans text-xs sm:inline">{PALETTE_KEYS}</kbd>
          </button>
          <div className="ml-auto flex items-center gap-1">
            <ConnectionState />
            <Preferences onShortcuts={() => setOpen('shortcuts')} />
            <Account />
          </div>
        </header>
        <main
          id="content"
          tabIndex={-1}
          className="relative min-h-0 w-(--view) flex-1 overflow-auto outline-none has-data-wide:w-auto has-data-wide:overflow-visible"
        >
          <Outlet />
        </main>
        {/* Below the page: what somebody is about to press does not move. */}
        {connection === 'lost' && (
          <p
            role="alert"
            className="bg-warn-soft text-warn border-line sticky left-(--beside) w-(--view) border-t px-4 py-1.5 text-sm"
          >
            {t('offline')}
          </p>
        )}
      </div>
      {open === 'palette' && <CommandPalette onClose={close} onShortcuts={() => setOpen('shortcuts')} />}
      <ShortcutSheet open={open === 'shortcuts'} onClose={close} />
      <SignIn />
      <Toaster
        position="bottom-right"
        containerAriaLabel={t('notifications')}
        toastOptions={{
          className: '!bg-raised !text-ink !border-line',
          classNames: { description: '!text-muted', actionButton: '!bg-accent !text-accent-ink' },
        }}
      />
    </div>
  );
}
