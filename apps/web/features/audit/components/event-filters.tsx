import { useNavigate } from '@tanstack/react-router';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import { EVENT_TYPES, useEventName } from '../../../terms/event-name.ts';
import { Button } from '../../../ui/button.tsx';
import { Select, type Choice } from '../../../ui/field.tsx';
import { auditSearch, KINDS, ORDERS, SOURCES, type EventFilter } from '../audit-search.ts';
import { auditTexts } from '../audit.texts.ts';
import { MomentInput } from './moment-input.tsx';

const PERIODS = [
  ['occurred', 'occurredFrom', 'occurredTo'],
  ['recorded', 'recordedFrom', 'recordedTo'],
] as const;

type Draft = Readonly<Partial<Record<keyof EventFilter, string>>>;

interface EventFiltersProps {
  readonly filter: EventFilter;
  /** Ids of some who acted, to choose from; any may be written. */
  readonly actors: readonly string[];
}

/** Narrows the events; what is chosen stands in the address. */
export function EventFilters({ filter, actors }: EventFiltersProps) {
  const t = useTexts(auditTexts);
  const eventName = useEventName();
  const id = useId();
  const navigate = useNavigate({ from: '/audit' });
  const [draft, setDraft] = useState<Draft>(filter);
  const [shown, setShown] = useState(JSON.stringify(filter));
  // Another address fills the form anew, which stays the same form, so that the focus stays in it.
  if (shown !== JSON.stringify(filter)) {
    setShown(JSON.stringify(filter));
    setDraft(filter);
  }
  const set = (name: keyof Draft, value: string) => setDraft((before) => ({ ...before, [name]: value }));
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const trimmed = Object.entries(draft).map(([name, value]) => [name, value.trim()] as const);
    void navigate({ search: auditSearch(Object.fromEntries(trimmed)) });
  };
  const text = (name: 'stream' | 'actor' | 'correlationId', placeholder?: string): ReactNode => (
    <label className="flex min-w-0 flex-col gap-1 text-xs">
      <span className="text-muted">{t(name)}</span>
      <input
        value={draft[name] ?? ''}
        list={name === 'actor' ? `${id}-people` : undefined}
        placeholder={placeholder}
        onChange={({ target }) => set(name, target.value)}
        className="min-h-8 w-full min-w-0 text-sm sm:w-44"
      />
    </label>
  );
  const choice = (name: 'kind' | 'type' | 'source' | 'order', choices: readonly Choice[], usual = ''): ReactNode => (
    <label className="flex min-w-0 flex-col gap-1 text-xs">
      <span className="text-muted">{t(name)}</span>
      <Select
        value={draft[name] ?? usual}
        choices={choices}
        onChange={({ target }) => set(name, target.value === usual ? '' : target.value)}
        className="w-full min-w-0 sm:w-auto"
      />
    </label>
  );
  // An address may name several types with commas.
  const { type } = draft;
  const types = [...EVENT_TYPES, ...(type && !EVENT_TYPES.some((known) => known === type) ? [type] : [])];
  return (
    <form
      onSubmit={apply}
      aria-label={t('filters')}
      data-print="hidden"
      className="grid grid-cols-2 items-end gap-2 sm:flex sm:flex-wrap"
    >
      {choice('kind', [
        { value: '', label: t('anyKind') },
        ...KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
      ])}
      {choice('type', [
        { value: '', label: t('anyType') },
        ...types.map((value) => ({ value, label: eventName(value) })),
      ])}
      {text('stream', 'opportunity-…')}
      {text('actor')}
      <datalist id={`${id}-people`}>
        {[...new Set(actors)].toSorted().map((person) => (
          <option key={person} value={person} />
        ))}
      </datalist>
      {text('correlationId')}
      {choice('source', [
        { value: '', label: t('anySource') },
        ...SOURCES.map((value) => ({ value, label: t(`source.${value}`) })),
      ])}
      {PERIODS.map(([name, from, to]) => (
        <fieldset key={name} className="col-span-2 grid min-w-0 grid-cols-2 gap-2 sm:flex sm:gap-1">
          <legend className="sr-only">{t(name)}</legend>
          <MomentInput label={t(from)} value={draft[from] ?? ''} end="first" onChange={(value) => set(from, value)} />
          <MomentInput label={t(to)} value={draft[to] ?? ''} end="last" onChange={(value) => set(to, value)} />
        </fieldset>
      ))}
      {choice(
        'order',
        ORDERS.map((value) => ({ value, label: t(`order.${value}`) })),
        'newest',
      )}
      <Button type="submit" look="primary">
        {t('apply')}
      </Button>
      {Object.keys(filter).length > 0 && (
        <Button look="quiet" onClick={() => void navigate({ search: {} })}>
          {t('clear')}
        </Button>
      )}
    </form>
  );
}
