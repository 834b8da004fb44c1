import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import { englishOf } from './english.ts';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEY = 'dealtrail.language';
const LOCALES: Readonly<Record<Language, string>> = { en: englishOf(navigator.languages), zh: 'zh-CN' };

export function useLanguage(): Language {
  return useSyncExternalStore(
    (watcher) => {
      i18next.on('languageChanged', watcher);
      return () => i18next.off('languageChanged', watcher);
    },
    () => i18next.language as Language,
  );
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language);
  tellDocument(language);
  await i18next.changeLanguage(language);
}

/** What `Intl` formats by. */
export function localeOf(language: Language): string {
  return LOCALES[language];
}

function chosenLanguage(): Language {
  const chosen = localStorage.getItem(KEY) ?? navigator.language.slice(0, 2);
  return LANGUAGES.find((language) => language === chosen) ?? 'en';
}

/** What is written from right to left keeps that to itself, and does not turn the text around it. */
function isolated(text: string): string {
  return /\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Syriac}|\p{Script=Thaana}/u.test(text)
    ? `\u2068${text}\u2069`
    : text;
}

function tellDocument(language: Language): void {
  document.documentElement.lang = LOCALES[language];
}

// Without texts to load from elsewhere, this is done when it returns, before any feature declares its texts.
void i18next.init({
  lng: chosenLanguage(),
  fallbackLng: 'en',
  resources: {},
  // React escapes what could be markup.
  interpolation: { escape: isolated },
  initAsync: false,
});
tellDocument(chosenLanguage());
