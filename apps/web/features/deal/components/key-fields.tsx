import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import type { Deal } from '../api/deal.ts';
import { dealTexts } from '../deal.texts.ts';
import type { DealWords } from '../../../history/deal-words.ts';
import { CATEGORIES } from '../../../terms/field-value.ts';
import { isLiving, isUnclosed, type DealAction } from '../deal-rules.ts';
import { fieldTexts } from '../../../terms/field.texts.ts';
import { moneyOf, type FormField } from '../form-fields.ts';
import { forecastOf } from '../inverse-command.ts';
import { amountText } from '../../../i18n/amount-text.ts';
import { basisPointsOf, percentText } from '../share-text.ts';
import type { DealCommands } from '../use-deal-commands.ts';
import { CustomerField } from './customer-field.tsx';
import { InlineField, type InlineEditing } from './inline-field.tsx';

interface KeyFieldsProps {
  readonly deal: Deal;
  readonly state: Deal;
  /** The day that is shown. */
  readonly today: string;
  readonly locked: string | undefined;
  readonly words: DealWords;
  readonly commands: DealCommands;
  readonly onAction: (action: DealAction) => void;
}

/** What a deal is counted by, each value editable where it stands as long as the rules allow. */
export function KeyFields({ deal, state, today, locked, words, commands, onAction }: KeyFieldsProps) {
  const t = useTexts(dealTexts);
  const named = useTexts(fieldTexts);
  const format = useFormat();
  const living = locked === undefined && isLiving(state.status);
  const unclosed = locked === undefined && isUnclosed(state.status);
  const editing = (when: boolean, rest: Omit<InlineEditing, 'deal' | 'commands'>) =>
    when ? { deal, commands, ...rest } : undefined;
  const detail = (field: 'team' | 'region' | 'channel' | 'campaign') => ({
    label: named(field),
    shown: words.value(field, state[field]),
    editing: editing(unclosed, {
      fields: [{ name: field, label: named(field), kind: 'text' }],
      defaults: { [field]: deal[field] ?? '' },
      commandOf: (values) => ({ name: 'correct-details', body: { [field]: values[field]?.trim() || null } }),
    }),
  });
  const currency: FormField = {
    name: 'currency',
    path: 'amount.currency',
    dealField: 'currency',
    label: named('currency'),
    kind: 'text',
  };
  const rows = [
    {
      label: named('amount'),
      shown:
        state.amount === null || state.currency === null
          ? named('unknown')
          : format.money(state.amount, state.currency),
      editing: editing(living, {
        fields: [
          {
            name: 'amount',
            label: deal.currency === null ? named('amount') : `${named('amount')} (${deal.currency})`,
            kind: 'money',
            ...(deal.currency === null ? {} : { hint: t('otherCurrency') }),
          },
          ...(deal.currency === null ? [currency] : []),
        ],
        defaults: {
          amount: deal.amount === null || deal.currency === null ? '' : amountText(deal.amount, deal.currency),
          currency: deal.currency ?? '',
        },
        commandOf: ({ amount = '', currency: code = '' }) => {
          if (amount.trim() === '') return { name: 'change-amount', body: {} };
          const money = moneyOf(amount, code);
          if (money === 'currency') return { invalid: 'currency', message: t('badCurrency') };
          return money === 'amount'
            ? { invalid: 'amount', message: t('badMoney') }
            : { name: 'change-amount', body: { amount: money } };
        },
      }),
    },
    {
      label: named('expectedCloseDate'),
      shown: words.value('expectedCloseDate', state.expectedCloseDate),
      warning:
        isLiving(state.status) && state.expectedCloseDate !== null && state.expectedCloseDate < today
          ? t('overdue')
          : undefined,
      editing: editing(unclosed, {
        fields: [{ name: 'expectedCloseDate', label: named('expectedCloseDate'), kind: 'day' }],
        defaults: { expectedCloseDate: deal.expectedCloseDate ?? '' },
        commandOf: ({ expectedCloseDate }) => ({
          name: 'change-close-date',
          body: expectedCloseDate ? { expectedCloseDate } : {},
        }),
      }),
    },
    {
      label: named('product'),
      shown: words.value('product', state.product),
      editing: editing(unclosed, {
        fields: [{ name: 'product', label: named('product'), kind: 'text' }],
        defaults: { product: deal.product ?? '' },
        commandOf: ({ product }) => ({
          name: 'change-product',
          body: product?.trim() ? { product: product.trim() } : {},
        }),
      }),
    },
    {
      label: named('probability'),
      shown: words.value('probability', state.probability),
      editing: editing(living, {
        fields: [{ name: 'probability', label: `${named('probability')} (%)`, kind: 'percent' }],
        defaults: { probability: deal.probability === null ? '' : percentText(deal.probability) },
        commandOf: ({ probability = '' }) => {
          const { probability: _, ...rest } = forecastOf(deal);
          if (probability.trim() === '') return { name: 'judge-forecast', body: rest };
          const points = basisPointsOf(probability);
          return points === undefined
            ? { invalid: 'probability', message: t('badPercent') }
            : { name: 'judge-forecast', body: { ...rest, probability: points } };
        },
      }),
    },
    {
      label: named('forecastCategory'),
      shown:
        state.forecastCategory === null
          ? named('category.none')
          : words.value('forecastCategory', state.forecastCategory),
      editing: editing(living, {
        fields: [
          {
            name: 'forecastCategory',
            label: named('forecastCategory'),
            kind: 'choice',
            choices: [
              { value: '', label: named('category.none') },
              ...CATEGORIES.map((value) => ({ value, label: named(`category.${value}`) })),
            ],
          },
        ],
        defaults: { forecastCategory: deal.forecastCategory ?? '' },
        commandOf: ({ forecastCategory: chosen }) => {
          const { forecastCategory: _, ...rest } = forecastOf(deal);
          const category = CATEGORIES.find((one) => one === chosen);
          return {
            name: 'judge-forecast',
            body: category === undefined ? rest : { ...rest, forecastCategory: category },
          };
        },
      }),
    },
    { label: named('owner'), shown: state.owner, onEdit: living ? () => onAction('transfer') : undefined },
    {
      label: named('members'),
      shown: words.value('members', state.members),
      onEdit: living ? () => onAction('form-team') : undefined,
    },
    ...(state.members.length > 1 || state.shares.length > 0
      ? [
          {
            label: named('shares'),
            shown: words.value('shares', state.shares),
            onEdit: living ? () => onAction('split-credit') : undefined,
          },
        ]
      : []),
    detail('team'),
    detail('region'),
    detail('channel'),
    detail('campaign'),
  ];
  const fixed = [
    ['openedAt', state.openedAt],
    ['endedAt', state.endedAt],
    ['wakeUpOn', state.wakeUpOn],
    ['lostReason', state.lostReason],
    ['competitor', state.competitor],
    ['lostNotes', state.lostNotes],
    ['credit', state.credit.length === 0 ? null : state.credit],
    ['summary.whatHappened', state.summary?.whatHappened],
    ['summary.reason', state.summary?.reason],
    ['summary.lessons', state.summary?.lessons],
    ...Object.entries(state.attributes).map(([name, value]) => [`attributes.${name}`, value] as const),
  ] as const;
  return (
    <section aria-labelledby="key-fields" className="border-line bg-surface rounded-lg border p-3">
      <h2 id="key-fields" className="mb-1 text-sm font-semibold">
        {t('keyFields')}
      </h2>
      <dl className="grid gap-x-8 text-sm sm:grid-cols-2 xl:grid-cols-1">
        <CustomerField deal={deal} state={state} commands={unclosed ? commands : undefined} />
        {rows.map(({ label, ...row }) => (
          <div key={label} className="grid grid-cols-[8.5rem_minmax(0,1fr)] items-start gap-1">
            <dt className="text-muted py-1">{label}</dt>
            <dd>
              <InlineField label={label} {...row} />
            </dd>
          </div>
        ))}
        {fixed
          .filter(([, value]) => value !== null && value !== undefined)
          .map(([field, value]) => (
            <div key={field} className="grid grid-cols-[8.5rem_minmax(0,1fr)] items-start gap-1">
              <dt className="text-muted py-1">{words.field(field)}</dt>
              <dd className="px-1.5 py-1 break-words">{words.value(field, value)}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
