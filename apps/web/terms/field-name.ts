import { useCallback } from 'react';
import { useTexts } from '../i18n/texts.ts';
import { fieldTexts } from './field.texts.ts';

/** Fields of a deal as the API names them in changes. */
const FIELDS = [
  'pipelineId',
  'stageId',
  'stageEnteredAt',
  'status',
  'title',
  'customer',
  'customer.id',
  'owner',
  'team',
  'region',
  'product',
  'productLabel',
  'channel',
  'campaign',
  'amount',
  'expectedCloseDate',
  'probability',
  'forecastCategory',
  'members',
  'shares',
  'credit',
  'wakeUpOn',
  'endedAt',
  'openedAt',
  'lostReason',
  'competitor',
  'lostNotes',
  'summary.whatHappened',
  'summary.reason',
  'summary.competitor',
  'summary.lessons',
  'costs',
  'skipped',
  'reason',
  'customer.name',
  'customerName',
  'customerId',
  'amount.minorUnits',
  'amount.currency',
  'outcome',
  'openedOn',
  'stageEnteredOn',
  'endedOn',
  'endedFrom',
  'cycleDays',
  'lastActivityAt',
  'activityCount',
  'movesForward',
  'movesBack',
  'movesSkipped',
  'summary',
  'attributes',
  'activity.activityId',
  'activity.kind',
  'activity.notes',
  'activity.outcome',
  'activity.cost',
  'currency',
  'at',
  'from',
  'to',
  'asOf',
] as const;

/** What fields of a deal are called in the chosen language. */
export function useFieldName(): (field: string) => string {
  const t = useTexts(fieldTexts);
  return useCallback(
    (field) => {
      const known = FIELDS.find((one) => one === field);
      // Attributes are called what their source called them.
      return known === undefined ? field.replace(/^attributes\./, '') : t(known);
    },
    [t],
  );
}
