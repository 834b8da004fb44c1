import { X } from 'lucide-react';
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
      className="bg-accent-soft hover:bg-sunken flex min-h-7 max-w-64 items-center gap-1 rounded-full px-2.5 text-xs font-medium"
    >
      <span className="truncate">{text}</span>
      <X size={13} aria-hidden className="shrink-0" />
    </button>
  );
}
