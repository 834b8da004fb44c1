import { useLanguage, type Language } from '../i18n/language.ts';

interface Named {
  readonly name: string;
  readonly nameZh?: string | undefined;
}

/** What a stage is called in a language. */
export function stageName({ name, nameZh }: Named, language: Language): string {
  return language === 'zh' ? (nameZh ?? name) : name;
}

/** What stages are called in the chosen language. */
export function useStageName(): (stage: Named) => string {
  const language = useLanguage();
  return (stage) => stageName(stage, language);
}
