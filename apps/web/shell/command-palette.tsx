import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { Dialog as Headless } from 'radix-ui';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { useMay } from '../api/me.ts';
import { given } from '../api/search-params.ts';
import { facetsQuery } from '../filters/facets.ts';
import { chooseLanguage, LANGUAGES } from '../i18n/language.ts';
import { useTexts } from '../i18n/texts.ts';
import { useJump } from './jump.ts';
import { usePages } from './pages.ts';
import { searchQuery } from './search.ts';
import { shellTexts } from './shell.texts.ts';
import { press } from './shortcuts.ts';
import { chooseTheme, THEMES } from './theme.ts';

const ITEM = 'data-[selected=true]:bg-accent-soft flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5';
const MOST_OWNERS = 5;

interface Entry {
  readonly id: string;
  readonly name: string;
  /** Beside the name. */
  readonly note?: ReactNode;
  readonly icon?: ReactNode;
  readonly run: () => unknown;
}

interface Group {
  readonly heading: string;
  readonly entries: readonly Entry[];
}

interface CommandPaletteProps {
  readonly onClose: () => void;
  readonly onShortcuts: () => void;
}

/** Finds deals, customers and owners, goes to pages, does what the shell can do. */
export function CommandPalette({ onClose, onShortcuts }: CommandPaletteProps) {
  const t = useTexts(shellTexts);
  const jump = useJump();
  const may = useMay();
  const { pipeline } = useSearch({ strict: false });
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState('');
  const wanted = useDeferredValue(typed.trim());
  const { data: found, isFetching } = useQuery(searchQuery(wanted));
  const { data: facets } = useQuery({ ...facetsQuery(given({ pipeline })), enabled: wanted !== '' });
  const text = typed.trim().toLowerCase();
  const begins = ({ name }: Entry) => text !== '' && name.toLowerCase().startsWith(text);
  const matching = (entries: readonly Entry[]) =>
    entries
      .filter(({ name }) => name.toLowerCase().includes(text))
      .toSorted((left, right) => Number(begins(right)) - Number(begins(left)));
  const owners = text === '' ? [] : (facets?.owner.flatMap(({ value }) => value ?? []) ?? []);
  const pages = matching(
    usePages().map(({ to, search, text: page, icon: Icon, key }) => ({
      id: `page ${to}`,
      name: t(page),
      icon: <Icon size={15} aria-hidden />,
      note: <kbd className="font-sans text-xs">g {key}</kbd>,
      run: () => jump({ to, search }),
    })),
  );
  const openNewDeal = async () => {
    if (press('n')) return;
    await jump({ to: '/board', search: given({ pipeline }) });
    press('n');
  };
  const actions = matching([
    ...(may('change') ? [{ id: 'new deal', name: t('newDeal'), run: openNewDeal }] : []),
    { id: 'shortcuts', name: t('shortcuts'), run: onShortcuts },
    ...THEMES.map((theme) => ({
      id: `theme ${theme}`,
      name: `${t('theme')}: ${t(`theme.${theme}`)}`,
      run: () => chooseTheme(theme),
    })),
    ...LANGUAGES.map((language) => ({
      id: `language ${language}`,
      name: `${t('language')}: ${t(`language.${language}`)}`,
      run: () => chooseLanguage(language),
    })),
  ]);
  const results: readonly Group[] = [
    {
      heading: t('deals'),
      entries: (found?.deals ?? []).map(({ id, title, customerName }) => ({
        id: `deal ${id}`,
        name: title,
        note: customerName,
        run: () => jump({ to: '/deals/$id', params: { id } }),
      })),
    },
    {
      heading: t('customers'),
      entries: (found?.customers ?? []).map(({ customerId, customerName, pipelineId }) => ({
        id: `customer ${customerId}`,
        name: customerName ?? customerId,
        run: () => jump({ to: '/deals', search: { customerId, ...inPipeline(pipelineId) } }),
      })),
    },
    {
      heading: t('owners'),
      entries: matching(
        owners.map((owner) => ({
          id: `owner ${owner}`,
          name: owner,
          run: () => jump({ to: '/deals', search: { owner: [owner], ...given({ pipeline }) } }),
        })),
      ).slice(0, MOST_OWNERS),
    },
  ];
  const commands: readonly Group[] = [
    { heading: t('pages'), entries: pages },
    { heading: t('actions'), entries: actions },
  ];
  const isCalled = ({ entries }: Group) => entries.some(begins);
  // What is found comes later than what was typed: it never moves a page or action that is called so from the first place.
  const inOrder = [...commands.filter(isCalled), ...results, ...commands.filter((group) => !isCalled(group))];
  const groups = inOrder.filter(({ entries }) => entries.length > 0);
  const ids = groups.flatMap(({ entries }) => entries.map(({ id }) => id));
  // Until somebody chooses, Enter takes the first.
  const selected = ids.includes(chosen) ? chosen : (ids[0] ?? '');
  return (
    <Headless.Root open onOpenChange={(open) => !open && onClose()}>
      <Headless.Portal>
        <Headless.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Headless.Content
          aria-modal
          aria-describedby={undefined}
          onKeyDown={(event) => {
            if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
            event.preventDefault();
            onClose();
          }}
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
              {groups.map(({ heading, entries }) => (
                <Command.Group key={heading} heading={heading}>
                  {entries.map(({ id, name, note, icon, run }) => (
                    <Command.Item
                      key={id}
                      value={id}
                      onSelect={() => {
                        onClose();
                        void run();
                      }}
                      className={ITEM}
                    >
                      {icon}
                      <span className="truncate">{name}</span>
                      <span className="text-muted ml-auto truncate">{note}</span>
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Headless.Content>
      </Headless.Portal>
    </Headless.Root>
  );
}

/** The default pipeline stays unsaid in addresses. */
function inPipeline(id: string): { readonly pipeline?: string } {
  return id === 'default' ? {} : { pipeline: id };
}
