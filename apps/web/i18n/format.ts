import { formatOf, type Format } from './figure-format.ts';
import { localeOf, useLanguage } from './language.ts';

/** The figures of the chosen language. */
export function useFormat(): Format {
  return formatOf(localeOf(useLanguage()));
}
