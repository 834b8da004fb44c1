import i18next from 'i18next';
import { useCallback } from 'react';
// Importing the language first makes i18next ready for texts.
import { useLanguage } from './language.ts';

type Texts = Readonly<Record<string, string>>;
/** Chinese has no singular of its own. */
type Translated<English extends Texts> = {
  readonly [Key in keyof English as Key extends `${string}_one` ? never : Key]: string;
};
type KeyOf<English extends Texts> = BaseOf<Extract<keyof English, string>>;
type BaseOf<Key extends string> = Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key;

/** The texts of one feature in every language; a key missing in one does not compile. */
export interface FeatureTexts<Key extends string> {
  readonly namespace: string;
  /** Only a type: the keys. */
  readonly key?: Key;
}

export type Translate<Key extends string> = (key: Key, values?: Readonly<Record<string, unknown>>) => string;

/**
 * Declares the texts of a feature. `{{name}}` stands for a value; a key with `_one` and `_other` is chosen by the value
 * `count`.
 */
export function defineTexts<const English extends Texts>(
  namespace: string,
  en: English,
  zh: Translated<English>,
): FeatureTexts<KeyOf<English>> {
  i18next.addResourceBundle('en', namespace, en);
  i18next.addResourceBundle('zh', namespace, zh);
  return { namespace };
}

/** The function that says a text of the feature in the chosen language. */
export function useTexts<Key extends string>({ namespace }: FeatureTexts<Key>): Translate<Key> {
  const language = useLanguage();
  return useCallback(
    (key, values = {}) => i18next.t(key, { ns: namespace, lng: language, ...values }),
    [namespace, language],
  );
}
