import { useMemo } from 'react';
import type { components } from '../api/schema.d.ts';
import type { Format } from '../i18n/figure-format.ts';
import { useFormat } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.ts';
import { useTexts } from '../i18n/texts.ts';
import { stageName } from '../pipelines/stage-name.ts';
import { useFieldName } from '../terms/field-name.ts';
import { fieldTexts } from '../terms/field.texts.ts';
import { useReasonName } from '../terms/loss-reason.ts';
import { useStatusName } from '../terms/status-name.ts';
import { historyTexts } from './history.texts.ts';
import type { ToldEvent } from './told-event.ts';

type Stage = Pick<components['schemas']['StageDto'], 'id' | 'name' | 'nameZh'>;

export const CATEGORIES = ['commit', 'best_case', 'pipeline', 'omitted'] as const;
export const ACTIVITY_KINDS = ['call', 'email', 'visit', 'meeting', 'message', 'demo', 'task', 'note'] as const;
/** Of these, nothing means that there is none. */
const KNOWN_WHERE_MISSING = ['costs', 'shares', 'credit', 'skipped', 'wakeUpOn', 'endedAt', 'lostReason'];
const ROLES = ['admin', 'manager', 'rep', 'auditor', 'reader'] as const;

/** How a deal's fields, values and actors read in the chosen language. */
export interface DealWords {
  stage(id: string): string;
  field(field: string): string;
  /** A value of a field; where there is none, `none` or `unknown`. */
  value(field: string, value: unknown): string;
  kind(kind: string): string;
  /** Who did it, in which role and for whom. */
  actor(event: Pick<ToldEvent, 'who' | 'role' | 'onBehalfOf'>): string;
}

/** What tells the pipeline of a deal. */
export interface DealPipeline {
  readonly pipelineId: string;
  readonly pipelineName: string;
  readonly stages: readonly Stage[];
}

/** The words of a deal, which knows the names of its stages. */
export function useDealWords(deal: DealPipeline): DealWords {
  const fields = useTexts(fieldTexts);
  const field = useFieldName();
  const statusName = useStatusName();
  const reasonName = useReasonName();
  const said = useTexts(historyTexts);
  const format = useFormat();
  const language = useLanguage();
  return useMemo(() => {
    const stage = (id: string): string => {
      const known = deal.stages.find((one) => one.id === id);
      return known ? stageName(known, language) : id;
    };
    const kind = (text: string): string => {
      const known = ACTIVITY_KINDS.find((one) => one === text);
      return known === undefined ? text : fields(`activityKind.${known}`);
    };
    const role = (text: string): string => {
      const known = ROLES.find((one) => one === text);
      return known === undefined ? text : said(`role.${known}`);
    };
    const text = (name: string, value: string): string => {
      switch (name) {
        case 'stageId':
        case 'skipped':
          return stage(value);
        case 'pipelineId':
          return value === deal.pipelineId ? deal.pipelineName : value;
        case 'status':
          return statusName(value);
        case 'lostReason':
          return reasonName(value);
        case 'forecastCategory': {
          const known = CATEGORIES.find((one) => one === value);
          return known === undefined ? value : fields(`category.${known}`);
        }
        case 'expectedCloseDate':
        case 'wakeUpOn':
          return format.day(value);
        case 'stageEnteredAt':
        case 'openedAt':
        case 'endedAt':
          return format.moment(value);
        default:
          return value;
      }
    };
    const value = (name: string, known: unknown): string => {
      if (known === undefined || known === null || (Array.isArray(known) && known.length === 0)) {
        return fields(KNOWN_WHERE_MISSING.includes(name) ? 'none' : 'unknown');
      }
      if (typeof known === 'string') return text(name, known);
      if (typeof known === 'number') {
        return name === 'probability' ? format.percent(known / 10_000) : format.number(known);
      }
      if (Array.isArray(known)) {
        return known.map((one: unknown) => value(name, one)).join(language === 'zh' ? '、' : ', ');
      }
      return composite(known, format);
    };
    return {
      stage,
      field,
      value,
      kind,
      actor: ({ who, role: acting, onBehalfOf }) =>
        onBehalfOf === undefined
          ? said('who', { name: who, role: role(acting) })
          : said('whoFor', { name: who, role: role(acting), other: onBehalfOf }),
    };
  }, [deal.stages, deal.pipelineId, deal.pipelineName, fields, field, statusName, reasonName, said, format, language]);
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
