import { useLanguage } from '../../i18n/language.ts';

interface Named {
  readonly name: string;
  readonly nameZh?: string | undefined;
}

/** What stages are called in the chosen language. */
export function useStageName(): (stage: Named) => string {
  const language = useLanguage();
  return ({ name, nameZh }) => (language === 'zh' ? (nameZh ?? name) : name);
}
