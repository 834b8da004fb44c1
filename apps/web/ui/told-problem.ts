import i18next from 'i18next';
import { useCallback } from 'react';
import { problemOf } from '../api/problem.ts';
import type { components } from '../api/schema.d.ts';
import { useFormat } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.ts';
import { useTexts } from '../i18n/texts.ts';
import { stageName } from '../pipelines/stage-name.ts';
import { useEventName } from '../terms/event-name.ts';
import { useFieldName } from '../terms/field-name.ts';
import { refusalTexts } from '../terms/refusal.texts.ts';
import { shortPosition } from '../terms/short-position.ts';
import { useStatusName } from '../terms/status-name.ts';
import { uiTexts } from './ui.texts.ts';

type FieldError = components['schemas']['FieldErrorDto'];
type BrokenRule = Omit<components['schemas']['LeftDealDto'], 'id'>;

/** Why something was not done, in words. */
export interface ToldProblem {
  readonly said: string;
  /** The same by field, where it concerns fields. */
  readonly errors: readonly { readonly field: string; readonly message: string }[];
}

const NAMESPACE = 'refusal';
i18next.addResourceBundle('en', NAMESPACE, refusalTexts.en);
i18next.addResourceBundle('zh', NAMESPACE, refusalTexts.zh);

/**
 * Says why something was not done, also where the server could not be asked: in the page's words where it has some for
 * the code, else in the server's.
 */
export function useToldProblem(): (error: unknown) => ToldProblem {
  const t = useTexts(uiTexts);
  const inWords = useInWords();
  return useCallback(
    (error) => {
      const { code, message, document } = problemOf(error);
      if (code === 'unreachable') return { said: t('askAgain'), errors: [] };
      const { parameters, errors = [] } = document;
      const told = errors.map((one) => ({ field: one.field, message: inWords(one) }));
      const whole = { rule: code, message, field: '', ...(parameters && { parameters }) };
      return { said: errors.length > 0 ? told.map((one) => one.message).join(' ') : inWords(whole), errors: told };
    },
    [t, inWords],
  );
}

/** Says why an import refused a line, or its undoing left a deal; reports of earlier versions have no code for it. */
export function useToldRule(): (broken: BrokenRule, column?: string) => string {
  const inWords = useInWords();
  return useCallback(
    ({ code, rule: message, parameters }, field = '') =>
      code === undefined ? message : inWords({ rule: code, message, field, ...(parameters && { parameters }) }),
    [inWords],
  );
}

function useInWords(): (error: FieldError) => string {
  const language = useLanguage();
  const format = useFormat();
  const fieldName = useFieldName();
  const statusName = useStatusName();
  const eventName = useEventName();
  return useCallback(
    ({ rule, message, field, parameters = {} }) => {
      const valueText = (name: string, value: unknown): string => {
        if (Array.isArray(value)) return value.map((one) => valueText(name, one)).join(language === 'zh' ? '、' : ', ');
        if (isNamed(value)) return stageName(value, language);
        if (name === 'sum') return format.number(Number(value) / 100, 2);
        if (typeof value === 'number') return format.number(value);
        const text = String(value);
        if (name === 'fields') return fieldName(text);
        if (name === 'status') return statusName(text);
        if (name === 'position' || name === 'head') return shortPosition(text);
        if (name === 'event') return eventName(text);
        return name === 'since' || name === 'startedAt' || name === 'at' ? format.moment(text) : text;
      };
      const chosen = { ns: NAMESPACE, lng: language };
      if (!i18next.exists(rule, chosen)) return message;
      const values = Object.entries(parameters).map(([name, value]) => [name, valueText(name, value)] as const);
      return i18next.t(rule, { ...chosen, ...Object.fromEntries(values), field: fieldName(field), message });
    },
    [language, format, fieldName, statusName, eventName],
  );
}

/** A stage is told with its names, for the page may not know the pipeline. */
function isNamed(value: unknown): value is { readonly name: string; readonly nameZh?: string } {
  return typeof value === 'object' && value !== null && 'name' in value;
}
