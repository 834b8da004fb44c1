import { ListFilter } from 'lucide-react';
import { Popover, Tabs } from 'radix-ui';
import { useTexts } from '../i18n/texts.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { AmountRange } from './amount-range.tsx';
import type { CutDimension, DealFilterSearch } from './cut-search.ts';
import { DimensionChoices } from './dimension-choices.tsx';
import type { FacetsOf } from './facets.ts';
import type { FilterChanges } from './filter-changes.ts';
import { filterTexts } from './filters.texts.ts';

interface FilterMenuProps {
  readonly search: DealFilterSearch & FacetsOf;
  readonly dimensions: readonly CutDimension[];
  /** Whether filters that only lists of deals have are offered as well. */
  readonly ofDeals: boolean;
  readonly currency: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onChange: (changes: FilterChanges) => void;
}

/** The button that opens every filter there is. */
export function FilterMenu({ search, dimensions, ofDeals, currency, open, onOpenChange, onChange }: FilterMenuProps) {
  const t = useTexts(filterTexts);
  const tabs = [
    ...dimensions.map((dimension) => ({ name: dimension, active: search[dimension] !== undefined })),
    ...(ofDeals
      ? [
          { name: 'amount', active: search.amountFrom !== undefined || search.amountTo !== undefined } as const,
          {
            name: 'closeDate',
            active: search.expectedCloseFrom !== undefined || search.expectedCloseTo !== undefined,
          } as const,
          { name: 'stalled', active: search.stalled === true } as const,
        ]
      : []),
  ];
  const active = tabs.filter((tab) => tab.active).length;
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Trigger asChild>
        <Button>
          <ListFilter size={15} aria-hidden />
          {t('filter')}
          {active > 0 && (
            <span className="bg-accent text-accent-ink rounded-full px-1.5 text-xs">
              {active}
              <span className="sr-only"> {t('active')}</span>
            </span>
          )}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={12}
          aria-label={t('filters')}
          className="bg-raised border-line shadow-raised z-30 w-[min(30rem,calc(100vw-1.5rem))] rounded-xl border"
        >
          <Tabs.Root defaultValue={tabs[0]?.name ?? ''} orientation="vertical" className="flex min-h-72">
            <Tabs.List
              aria-label={t('filters')}
              className="border-line flex w-32 shrink-0 flex-col gap-0.5 border-r p-1.5"
            >
              {tabs.map((tab) => (
                <Tabs.Trigger
                  key={tab.name}
                  value={tab.name}
                  className="hover:bg-sunken data-[state=active]:bg-accent-soft flex min-h-8 items-center justify-between rounded px-2 text-left text-sm"
                >
                  {t(tab.name)}
                  {tab.active && <span aria-hidden className="bg-accent size-1.5 rounded-full" />}
                </Tabs.Trigger>
              ))}
            </Tabs.List>
            <div className="min-w-0 flex-1 p-3">
              {dimensions.map((dimension) => (
                <Tabs.Content key={dimension} value={dimension}>
                  <DimensionChoices
                    dimension={dimension}
                    search={search}
                    onChange={(values) => onChange({ [dimension]: values })}
                  />
                </Tabs.Content>
              ))}
              {ofDeals && (
                <>
                  <Tabs.Content value="amount">
                    <AmountRange search={search} currency={currency} onChange={onChange} />
                  </Tabs.Content>
                  <Tabs.Content value="closeDate" className="flex flex-col gap-3">
                    {(['expectedCloseFrom', 'expectedCloseTo'] as const).map((name) => (
                      <Field key={name} label={t(name === 'expectedCloseFrom' ? 'from' : 'to')}>
                        {(control) => (
                          <input
                            {...control}
                            type="date"
                            value={search[name] ?? ''}
                            onChange={(event) => onChange({ [name]: event.target.value || undefined })}
                          />
                        )}
                      </Field>
                    ))}
                  </Tabs.Content>
                  <Tabs.Content value="stalled">
                    <label className="flex cursor-pointer items-start gap-2 text-sm">
                      <input
                        type="checkbox"
                        className="mt-0.5"
                        checked={search.stalled === true}
                        onChange={(event) => onChange({ stalled: event.target.checked ? true : undefined })}
                      />
                      {t('stalledOnly')}
                    </label>
                  </Tabs.Content>
                </>
              )}
            </div>
          </Tabs.Root>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
