import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormat } from '../i18n/format.ts';
import { useTexts } from '../i18n/texts.ts';
import { ErrorNotice, SkeletonLines } from '../ui/notices.tsx';
import type { CutDimension, DealFilterSearch } from './cut-search.ts';
import { facetsQuery, type FacetsOf } from './facets.ts';
import { filterTexts } from './filters.texts.ts';

interface DimensionChoicesProps {
  readonly dimension: CutDimension;
  readonly search: DealFilterSearch & FacetsOf;
  readonly onChange: (values: readonly string[] | undefined) => void;
}

/** The values of a dimension with how many deals have each, to choose several of. */
export function DimensionChoices({ dimension, search, onChange }: DimensionChoicesProps) {
  const t = useTexts(filterTexts);
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const { data, error, refetch } = useQuery(facetsQuery(search));
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonLines lines={5} />;
  const chosen = search[dimension] ?? [];
  const known = data[dimension].map(({ value, count }) => ({ value: value ?? '', count }));
  const gone = chosen.filter((value) => !known.some((choice) => choice.value === value));
  const choices = [...known, ...gone.map((value) => ({ value, count: 0 }))].map((choice) => ({
    ...choice,
    label: choice.value === '' ? t('without') : choice.value,
  }));
  const shown = choices.filter(({ label }) => label.toLowerCase().includes(typed.trim().toLowerCase()));
  const toggle = (value: string) => {
    const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
    onChange(next.length === 0 ? undefined : next);
  };
  const find = t('find', { dimension: t(dimension).toLowerCase() });
  return (
    <div className="flex flex-col gap-2">
      <input
        type="search"
        aria-label={find}
        placeholder={find}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className="w-full text-sm"
      />
      <ul className="max-h-64 overflow-auto" aria-label={t(dimension)}>
        {shown.length === 0 && (
          <li className="text-muted p-2 text-sm">{choices.length === 0 ? t('noChoices') : t('noMatch')}</li>
        )}
        {shown.map(({ value, label, count }) => (
          <li key={value}>
            <label className="hover:bg-sunken flex min-h-8 cursor-pointer items-center gap-2 rounded px-2 text-sm">
              <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
              <span className={`min-w-0 flex-1 truncate ${value === '' ? 'text-muted italic' : ''}`}>{label}</span>
              <span className="text-muted text-xs">{format.number(count)}</span>
            </label>
          </li>
        ))}
      </ul>
    </div>
  );
}
