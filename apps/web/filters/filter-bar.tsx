import { useCallback, useMemo, useRef, useState } from 'react';
import { useShortcuts } from '../shell/shortcuts.ts';
import { CUT_DIMENSIONS, type CutDimension, type DealFilterSearch } from './cut-search.ts';
import type { FacetsOf } from './facets.ts';
import { FilterChips } from './filter-chips.tsx';
import type { FilterChanges } from './filter-changes.ts';
import { FilterMenu } from './filter-menu.tsx';
import { TextFilter } from './text-filter.tsx';

interface FilterBarProps {
  /** The filters, and of which deals the choices are. */
  readonly search: DealFilterSearch & FacetsOf;
  readonly onChange: (changes: FilterChanges) => void;
  /** What can be cut by; everything where left out. */
  readonly dimensions?: readonly CutDimension[];
  /** Whether amount, close date, stalled and text are offered as well, as lists of deals take them. */
  readonly ofDeals?: boolean;
  /** What amounts are typed and shown in. */
  readonly currency?: string | undefined;
  /** Of the customer in the address, where it is known. */
  readonly customerName?: string | undefined;
}

/**
 * Filters that stack, and those that are active as chips. The address holds them; `f` opens them, `/` finds text. On
 * paper `useFilterWords` tells them.
 */
export function FilterBar({
  search,
  onChange,
  dimensions = CUT_DIMENSIONS,
  ofDeals = false,
  currency = 'USD',
  customerName,
}: FilterBarProps) {
  const [open, setOpen] = useState(false);
  const text = useRef<HTMLInputElement>(null);
  useShortcuts(useMemo(() => ({ f: () => setOpen(true), '/': () => text.current?.focus() }), []));
  const changeText = useCallback((q: string | undefined) => onChange({ q }), [onChange]);
  return (
    <div data-print="hidden" className="flex max-w-full min-w-0 flex-wrap items-center gap-2 sm:flex-nowrap">
      <FilterMenu
        search={search}
        dimensions={dimensions}
        ofDeals={ofDeals}
        currency={currency}
        open={open}
        onOpenChange={setOpen}
        onChange={onChange}
      />
      {ofDeals && <TextFilter value={search.q} inputRef={text} onChange={changeText} />}
      <FilterChips search={search} currency={currency} customerName={customerName} onChange={onChange} />
    </div>
  );
}
