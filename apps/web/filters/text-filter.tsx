import { Search } from 'lucide-react';
import { useEffect, useState, type Ref } from 'react';
import { useTexts } from '../i18n/texts.ts';
import { filterTexts } from './filters.texts.ts';

/** How long nothing was typed before the deals are asked for. */
const PAUSE_MILLISECONDS = 200;

interface TextFilterProps {
  readonly value: string | undefined;
  readonly inputRef: Ref<HTMLInputElement>;
  readonly onChange: (value: string | undefined) => void;
}

/** A field that narrows to deals with a text, a moment after it was typed. */
export function TextFilter({ value = '', inputRef, onChange }: TextFilterProps) {
  const t = useTexts(filterTexts);
  const [typed, setTyped] = useState(value);
  const [told, setTold] = useState(value);
  if (told !== value) {
    // The address changed by other means, such as going back.
    setTold(value);
    setTyped(value);
  }
  useEffect(() => {
    const wanted = typed.trim();
    if (wanted === told) return undefined;
    const timer = setTimeout(() => {
      setTold(wanted);
      onChange(wanted === '' ? undefined : wanted);
    }, PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [typed, told, onChange]);
  return (
    <span className="relative">
      <Search
        size={14}
        aria-hidden
        className="text-muted pointer-events-none absolute top-1/2 left-2 -translate-y-1/2"
      />
      <input
        ref={inputRef}
        type="search"
        aria-label={t('text')}
        placeholder={t('textHint')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        className="min-h-8 w-44 !pl-7 text-sm"
      />
    </span>
  );
}
