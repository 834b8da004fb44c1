import { useTexts } from '../i18n/texts.ts';
import { Dialog } from '../ui/dialog.tsx';
import { PALETTE_KEYS, UNDO_KEYS } from './modified-keys.ts';
import { usePages } from './pages.ts';
import { shellTexts } from './shell.texts.ts';

/** Every key that does something. */
export function ShortcutSheet({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const t = useTexts(shellTexts);
  const pages = usePages();
  const shortcuts: readonly (readonly [keys: string, meaning: string])[] = [
    [PALETTE_KEYS, t('shortcut.palette')],
    ['?', t('shortcut.help')],
    [UNDO_KEYS, t('shortcut.undo')],
    ['n', t('shortcut.newDeal')],
    ['f', t('shortcut.filter')],
    ['/', t('shortcut.text')],
    ['← ↑ ↓ →', t('shortcut.cards')],
    ['Space ← → Space', t('shortcut.lift')],
    ['Enter', t('shortcut.open')],
    ['m', t('shortcut.move')],
    ['l', t('shortcut.log')],
    ['[', t('shortcut.earlier')],
    [']', t('shortcut.later')],
    ...pages.map(({ key, text }) => [`g ${key}`, t('shortcut.go', { page: t(text) })] as const),
  ];
  return (
    <Dialog open={open} title={t('shortcuts')} onClose={onClose}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
        {shortcuts.map(([keys, meaning]) => (
          <div key={keys} className="contents">
            <dt className="flex gap-1">
              {keys.split(' ').map((key, index) => (
                <kbd key={index} className="border-line-strong bg-sunken h-fit rounded border px-1.5 font-sans text-xs">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
