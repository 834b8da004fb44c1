import { useMemo } from 'react';
import type { components } from '../api/schema.d.ts';
import type { Format } from '../i18n/figure-format.ts';
import { useFormat } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.ts';
import { useTexts } from '../i18n/texts.ts';
import { stageName } from '../pipelines/stage-name.ts';
import { useFieldName } from './field-name.ts';
import { fieldTexts } from './field.texts.ts';
import { useReasonName } from './loss-reason.ts';
import { useStatusName } from './status-name.ts';

/** What tells the names of a pipeline and its stages. */
export interface NamedPipeline {
  readonly id: string;
  readonly name: string;
  readonly stages: readonly Pick<components['schemas']['StageDto'], 'id' | 'name' | 'nameZh'>[];
}

/** What of a deal its values are told by. */
export interface ValueOf {
  /** Where left out, a stage is called what all pipelines that have it call it. */
  readonly pipelineId?: string | undefined;
  /** Of amounts that come without one. */
  readonly currency?: string | null | undefined;
}

/** Says a value of a deal by the kind of its field. */
export type FieldValue = (field: string, value: unknown, of?: ValueOf) => string;

export const CATEGORIES = ['commit', 'best_case', 'pipeline', 'omitted'] as const;
export const ACTIVITY_KINDS = ['call', 'email', 'visit', 'meeting', 'message', 'demo', 'task', 'note'] as const;

/** Of these, nothing means that there is none. */
const KNOWN_WHERE_MISSING = ['costs', 'shares', 'credit', 'skipped', 'wakeUpOn', 'endedAt', 'lostReason'];

/** How the values of deals read in the chosen language, by pipelines that are known; `absent` stands where one is not. */
export function useFieldValue(pipelines: readonly NamedPipeline[], absent?: string): FieldValue {
  const t = useTexts(fieldTexts);
  const fieldName = useFieldName();
  const statusName = useStatusName();
  const reasonName = useReasonName();
  const format = useFormat();
  const language = useLanguage();
  return useMemo(() => {
    const stage = (id: string, pipelineId: string | undefined): string => {
      const among = pipelineId === undefined ? pipelines : pipelines.filter((one) => one.id === pipelineId);
      const found = among.flatMap(({ stages }) => stages.filter((one) => one.id === id));
      const [name, ...others] = new Set(found.map((one) => stageName(one, language)));
      return name === undefined || others.length > 0 ? id : name;
    };
    const text = (field: string, value: string, of: ValueOf): string => {
      switch (field) {
        case 'stageId':
        case 'skipped':
          return stage(value, of.pipelineId);
        case 'pipelineId':
          return pipelines.find(({ id }) => id === value)?.name ?? value;
        case 'status':
        case 'outcome':
          return statusName(value);
        case 'lostReason':
          return reasonName(value);
        case 'forecastCategory': {
          const known = CATEGORIES.find((one) => one === value);
          return known === undefined ? value : t(`category.${known}`);
        }
        case 'activity.kind': {
          const known = ACTIVITY_KINDS.find((one) => one === value);
          return known === undefined ? value : t(`activityKind.${known}`);
        }
        case 'expectedCloseDate':
        case 'wakeUpOn':
        case 'openedOn':
        case 'stageEnteredOn':
        case 'endedOn':
          return format.day(value);
        case 'stageEnteredAt':
        case 'openedAt':
        case 'endedAt':
        case 'endedFrom':
        case 'lastActivityAt':
          return format.moment(value);
        default:
          return value;
      }
    };
    const number = (field: string, value: number, { currency }: ValueOf): string => {
      if (field === 'probability') return format.percent(value / 10_000);
      if (field === 'cycleDays') return format.days(value);
      return field === 'amount' && currency ? format.money(value, currency) : format.number(value);
    };
    const told: FieldValue = (field, value, of = {}) => {
      if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) {
        return absent ?? t(KNOWN_WHERE_MISSING.includes(field) ? 'none' : 'unknown');
      }
      if (typeof value === 'string') return text(field, value, of);
      if (typeof value === 'number') return number(field, value, of);
      if (Array.isArray(value)) {
        return value.map((one: unknown) => told(field, one, of)).join(language === 'zh' ? '、' : ', ');
      }
      if (field === 'summary') return summary(value, fieldName);
      return composite(value, format);
    };
    return told;
  }, [pipelines, absent, t, fieldName, statusName, reasonName, format, language]);
}

/** What was said in the end, part by part. */
function summary(value: object, fieldName: (field: string) => string): string {
  return Object.entries(value)
    .map(([part, text]) => `${fieldName(`summary.${part}`)}: ${String(text)}`)
    .join('; ');
}

/** Money, a share of the credit, or what a rep gets. */
function composite(value: unknown, format: Format): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if ('minorUnits' in value && 'currency' in value && typeof value.minorUnits === 'number') {
    return format.money(value.minorUnits, String(value.currency));
  }
  if ('rep' in value && 'share' in value && typeof value.share === 'number') {
    return `${String(value.rep)} ${format.percent(value.share / 10_000)}`;
  }
  if ('rep' in value && 'amount' in value) return `${String(value.rep)} ${composite(value.amount, format)}`;
  return JSON.stringify(value);
}
