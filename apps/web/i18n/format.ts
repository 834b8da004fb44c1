import { useMemo } from 'react';
import { formatOf, type Format } from './figure-format.ts';
import { localeOf, useLanguage } from './language.ts';

/** The figures of the chosen language. */
export function useFormat(): Format {
  const language = useLanguage();
  return useMemo(() => formatOf(localeOf(language)), [language]);
}
