import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/texts.ts';
import { filterTexts } from './filters.texts.ts';

/** A filter that is active, in words; pressing it removes it. */
export function Chip({ text, onRemove }: { readonly text: string; readonly onRemove: () => void }) {
  const t = useTexts(filterTexts);
  return (
    <button
      type="button"
      aria-label={t('remove', { filter: text })}
      title={t('remove', { filter: text })}
      onClick={onRemove}
      className="bg-accent-soft hover:bg-sunken flex min-h-7 max-w-64 shrink-0 -outline-offset-2 items-center gap-1 rounded-full px-2.5 text-xs font-medium"
    >
      <span className="truncate">{text}</span>
      <X size={13} aria-hidden className="shrink-0" />
    </button>
  );
}

/** Chips side by side, under which nothing moves however many there are: the row scrolls. On paper they are words. */
export function ChipRow({ label, children }: { readonly label?: string; readonly children: ReactNode }) {
  return (
    <ul
      aria-label={label}
      data-print="hidden"
      className="-my-0.5 flex h-9 max-w-full min-w-0 [scrollbar-width:thin] items-center gap-1.5 overflow-x-auto"
    >
      {children}
    </ul>
  );
}
