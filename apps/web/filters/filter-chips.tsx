import { useTexts } from '../i18n/texts.ts';
import { Button } from '../ui/button.tsx';
import { useActiveFilters } from './active-filters.ts';
import { Chip, ChipRow } from './chip.tsx';
import type { DealFilterSearch } from './cut-search.ts';
import { NO_FILTERS, isFiltered, type FilterChanges } from './filter-changes.ts';
import { filterTexts } from './filters.texts.ts';

interface FilterChipsProps {
  readonly search: DealFilterSearch;
  readonly currency: string;
  readonly customerName?: string | undefined;
  readonly onChange: (changes: FilterChanges) => void;
}

/** Every active filter in words, each with a way to remove it. The text stands in its own field. */
export function FilterChips({ search, currency, customerName, onChange }: FilterChipsProps) {
  const t = useTexts(filterTexts);
  const filters = useActiveFilters({ search, currency, customerName });
  if (!isFiltered(search)) return null;
  return (
    <div className="flex max-w-full min-w-0 items-center gap-1.5">
      <ChipRow label={t('filters')}>
        {filters.map(({ text, without }) => (
          <li key={text}>
            <Chip text={text} onRemove={() => onChange(without)} />
          </li>
        ))}
      </ChipRow>
      <Button look="quiet" title={t('clearHint')} onClick={() => onChange(NO_FILTERS)}>
        {t('clear')}
      </Button>
    </div>
  );
}
