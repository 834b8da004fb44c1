import type { Language } from '../../../i18n/language.ts';

/** What a stage is called in a language. */
export function stageName({ name, nameZh }: { name: string; nameZh?: string | undefined }, language: Language): string {
  return language === 'zh' ? (nameZh ?? name) : name;
}
