import { amountText } from '../../../i18n/amount-text.ts';
import type { Translate } from '../../../i18n/texts.ts';
import type { CsvCell } from '../../../ui/download.ts';
import type { DealCard } from '../api/board.ts';
import type { boardTexts } from '../board.texts.ts';

/** The words of the chosen language that a file needs. */
interface CsvWords {
  readonly t: Translate<NonNullable<(typeof boardTexts)['key']>>;
  readonly fieldName: (field: string) => string;
  readonly statusName: (status: string) => string;
  readonly stageTitle: (id: string) => string;
}

type CsvColumn = readonly [heading: string, cell: (deal: DealCard) => CsvCell];

/** Fields that stand in a file as the API has them. */
const PLAIN = ['owner', 'team', 'region', 'product', 'channel', 'campaign'] as const;
const MOMENTS = ['expectedCloseDate', 'openedAt', 'endedAt'] as const;

/**
 * Deals as columns of a file: words as the page says them, figures as spreadsheets and databases reckon with them.
 * Amounts are in whole units of their currency with a point before the cents, chances are shares of one, days and
 * moments are ISO 8601 in UTC.
 */
export function dealCsvColumns({ t, fieldName, statusName, stageTitle }: CsvWords): readonly CsvColumn[] {
  const plain = (name: (typeof PLAIN)[number] | (typeof MOMENTS)[number]): CsvColumn => [
    fieldName(name),
    (deal) => deal[name],
  ];
  return [
    [t('dealId'), ({ id }) => id],
    [t('title'), ({ title }) => title],
    [fieldName('customerId'), ({ customerId }) => customerId],
    [t('customer'), ({ customerName }) => customerName],
    [t('stage'), ({ stageId }) => stageTitle(stageId)],
    [t('status'), ({ status }) => statusName(status)],
    ...PLAIN.map(plain),
    [
      t('amount'),
      ({ amount, currency }) => (amount === null || currency === null ? null : amountText(amount, currency)),
    ],
    [t('currency'), ({ currency }) => currency],
    [t('probability'), ({ probability }) => (probability === null ? null : probability / 10_000)],
    [fieldName('forecastCategory'), ({ forecastCategory }) => forecastCategory],
    ...MOMENTS.map(plain),
    [t('changed'), ({ changedAt }) => changedAt],
    [t('daysInStage'), ({ daysInStage }) => daysInStage],
    [t('rotting'), ({ stalled }) => String(stalled)],
    [t('activity'), ({ activity }) => t(`activityWord.${activity.state}`)],
    [fieldName('lastActivityAt'), ({ activity }) => activity.lastAt],
  ];
}
