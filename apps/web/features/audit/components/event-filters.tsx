import { useNavigate } from '@tanstack/react-router';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import { EVENT_TYPES, useEventName } from '../../../terms/event-name.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/field.tsx';
import { auditSearch, ORDERS, SOURCES, type EventFilter } from '../audit-search.ts';
import { auditTexts } from '../audit.texts.ts';

const TEXTS = ['stream', 'type', 'actor', 'correlationId'] as const;
const PERIODS = [
  ['occurred', 'occurredFrom', 'occurredTo'],
  ['recorded', 'recordedFrom', 'recordedTo'],
] as const;

/** Narrows the events; what is chosen stands in the address. */
export function EventFilters({ filter }: { readonly filter: EventFilter }) {
  // Another address is another form.
  return <FilterForm key={JSON.stringify(filter)} filter={filter} />;
}

function FilterForm({ filter }: { readonly filter: EventFilter }) {
  const t = useTexts(auditTexts);
  const eventName = useEventName();
  const id = useId();
  const types = `${id}-types`;
  const navigate = useNavigate({ from: '/audit' });
  const [draft, setDraft] = useState<Readonly<Record<string, string | undefined>>>({ ...filter });
  const set = (name: string, value: string) => setDraft((before) => ({ ...before, [name]: value.trim() }));
  const apply = (event: FormEvent) => {
    event.preventDefault();
    void navigate({ search: auditSearch(draft) });
  };
  const text = (name: string, label: string, type: 'text' | 'date' = 'text', suggestions?: string): ReactNode => (
    <label key={name} className="flex min-w-0 flex-col gap-1 text-xs">
      <span className="text-muted">{label}</span>
      <input
        type={type}
        value={draft[name] ?? ''}
        list={suggestions}
        placeholder={name === 'stream' ? 'opportunity-…' : undefined}
        onChange={({ target }) => set(name, target.value)}
        className={`min-h-8 w-full min-w-0 text-sm ${type === 'date' ? 'sm:w-36' : 'sm:w-44'}`}
      />
    </label>
  );
  return (
    <form
      onSubmit={apply}
      aria-label={t('filters')}
      data-print="hidden"
      className="grid grid-cols-2 items-end gap-2 sm:flex sm:flex-wrap"
    >
      {TEXTS.map((name) => text(name, t(name), 'text', name === 'type' ? types : undefined))}
      <datalist id={types}>
        {EVENT_TYPES.map((type) => (
          <option key={type} value={type}>
            {eventName(type)}
          </option>
        ))}
      </datalist>
      <label className="flex flex-col gap-1 text-xs">
        <span className="text-muted">{t('source')}</span>
        <Select
          id={`${id}-source`}
          value={draft['source'] ?? ''}
          choices={[
            { value: '', label: t('anySource') },
            ...SOURCES.map((value) => ({ value, label: t(`source.${value}`) })),
          ]}
          onChange={({ target }) => set('source', target.value)}
        />
      </label>
      {PERIODS.map(([name, from, to]) => (
        <fieldset key={name} className="col-span-2 grid min-w-0 grid-cols-2 gap-2 sm:flex sm:gap-1">
          <legend className="sr-only">{t(name)}</legend>
          {text(from, t(from), 'date')}
          {text(to, t(to), 'date')}
        </fieldset>
      ))}
      <label className="flex flex-col gap-1 text-xs">
        <span className="text-muted">{t('order')}</span>
        <Select
          value={draft['order'] ?? 'newest'}
          choices={ORDERS.map((value) => ({ value, label: t(`order.${value}`) }))}
          onChange={({ target }) => set('order', target.value === 'newest' ? '' : target.value)}
        />
      </label>
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
