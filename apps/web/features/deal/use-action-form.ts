import { useTexts, type Translate } from '../../i18n/texts.ts';
import { actionTexts } from './action.texts.ts';
import type { Deal } from './api/deal.ts';
import type { DealCommand } from './api/deal-command.ts';
import type { ActionForm } from './components/command-dialog.tsx';
import type { DealWords } from '../../history/deal-words.ts';
import { ACTIVITY_KINDS } from '../../terms/field-value.ts';
import { dealTexts } from './deal.texts.ts';
import type { DealAction } from './deal-rules.ts';
import { moneyOf, type FormField, type FormValues, type Invalid } from './form-fields.ts';
import { amountText } from '../../i18n/amount-text.ts';
import { useLossReasonChoices } from '../../terms/loss-reason-choices.ts';

/** The actions whose dialogs are lists of controls. */
export type SimpleAction = Exclude<DealAction, 'form-team' | 'split-credit'>;

type Texts = Translate<Exclude<typeof actionTexts.key, undefined>>;

/** What the dialog of an action asks for; `toStage` is the stage to begin with where it is a move. */
export function useActionForm(action: SimpleAction, deal: Deal, words: DealWords, toStage?: string): ActionForm {
  const t = useTexts(dealTexts);
  const said = useTexts(actionTexts);
  const lossReasons = useLossReasonChoices(deal.pipelineId, action === 'lose');
  const invalidMoney = (name: string): Invalid => ({ invalid: name, message: t('badMoney') });
  const invalidCurrency = (name: string): Invalid => ({ invalid: name, message: t('badCurrency') });
  const currency: FormField = {
    name: 'currency',
    path: 'amount.currency',
    dealField: 'currency',
    label: said('costCurrency'),
    kind: 'text',
  };
  switch (action) {
    case 'move':
      return {
        fields: [stageField(deal, words, said), { ...reasonField(said), label: said('reasonForMove') }],
        defaults: { toStage: toStage ?? nextStage(deal), reason: '' },
        commandOf: ({ toStage: to = '', reason }) => ({
          name: 'move',
          body: { toStage: to, ...text('reason', reason) },
        }),
      };
    case 'reopen':
      return {
        fields: [stageField(deal, words, said), { ...reasonField(said), needed: true }],
        defaults: { toStage: deal.stageId, reason: '' },
        commandOf: ({ toStage: to = '', reason }) => ({
          name: 'reopen',
          body: { toStage: to, ...text('reason', reason) },
        }),
      };
    case 'win':
      return {
        fields: [
          { name: 'amount', label: said('finalAmount'), kind: 'money' },
          ...(deal.currency === null ? [currency] : []),
          { ...reasonField(said), label: said('reasonOptional') },
        ],
        defaults: {
          amount: deal.amount === null || deal.currency === null ? '' : amountText(deal.amount, deal.currency),
          currency: deal.currency ?? '',
          reason: '',
        },
        commandOf: ({ amount = '', currency: code = '', reason }) => {
          if (amount.trim() === '') return { name: 'win', body: text('reason', reason) };
          const money = moneyOf(amount, code);
          if (money === 'currency') return invalidCurrency('currency');
          return money === 'amount'
            ? invalidMoney('amount')
            : { name: 'win', body: { amount: money, ...text('reason', reason) } };
        },
      };
    case 'lose':
      return {
        fields: [
          {
            name: 'reasonCode',
            dealField: 'lostReason',
            label: said('lostReason'),
            kind: 'choice',
            choices: lossReasons,
          },
          { name: 'competitor', label: said('competitorOptional'), kind: 'text' },
          { name: 'notes', dealField: 'lostNotes', label: said('notesOptional'), kind: 'long' },
        ],
        defaults: { reasonCode: lossReasons[0]?.value ?? '', competitor: '', notes: '' },
        commandOf: ({ reasonCode = '', competitor, notes }) => ({
          name: 'lose',
          body: { reasonCode, ...text('competitor', competitor), ...text('notes', notes) },
        }),
      };
    case 'log-activity':
      return {
        fields: [
          {
            name: 'kind',
            label: t('kind'),
            kind: 'choice',
            choices: ACTIVITY_KINDS.map((kind) => ({ value: kind, label: words.kind(kind) })),
          },
          { name: 'outcome', label: said('outcomeOptional'), kind: 'text' },
          { name: 'notes', label: said('notesOptional'), kind: 'long' },
          { name: 'cost', label: said('costOptional'), kind: 'money' },
          { ...currency, path: 'cost.currency' },
        ],
        defaults: { kind: 'call', outcome: '', notes: '', cost: '', currency: deal.currency ?? '' },
        commandOf: ({ kind, outcome, notes, cost = '', currency: code = '' }) => {
          const money = cost.trim() === '' ? undefined : moneyOf(cost, code);
          if (money === 'currency') return invalidCurrency('currency');
          if (money === 'amount') return invalidMoney('cost');
          return {
            name: 'log-activity',
            body: {
              kind: ACTIVITY_KINDS.find((one) => one === kind) ?? 'note',
              ...text('outcome', outcome),
              ...text('notes', notes),
              ...(money === undefined ? {} : { cost: money }),
            },
          };
        },
      };
    case 'transfer':
      return {
        fields: [
          { name: 'to', dealField: 'owner', label: said('newOwner'), kind: 'text', needed: true },
          { name: 'team', label: said('teamOptional'), kind: 'text' },
          { name: 'region', label: said('regionOptional'), kind: 'text' },
          { ...reasonField(said), needed: true },
        ],
        defaults: { to: '', team: '', region: '', reason: '' },
        commandOf: ({ to = '', team, region, reason }) => ({
          name: 'transfer',
          body: { to: to.trim(), ...text('team', team), ...text('region', region), ...text('reason', reason) },
        }),
      };
    case 'suspend':
      return {
        fields: [
          { ...reasonField(said), needed: true },
          { name: 'wakeUpOn', label: said('wakeUpOn'), kind: 'day' },
        ],
        defaults: { reason: '', wakeUpOn: '' },
        commandOf: ({ reason, wakeUpOn }) => ({
          name: 'suspend',
          body: { ...text('reason', reason), ...text('wakeUpOn', wakeUpOn) },
        }),
      };
    case 'close':
      return {
        fields: [
          {
            name: 'whatHappened',
            dealField: 'summary.whatHappened',
            label: said('whatHappened'),
            kind: 'long',
            needed: true,
          },
          { ...reasonField(said), dealField: 'summary.reason', needed: true },
          { name: 'competitor', label: said('competitorOptional'), kind: 'text' },
          { name: 'lessons', label: said('lessonsOptional'), kind: 'long' },
        ],
        defaults: { whatHappened: '', reason: '', competitor: '', lessons: '' },
        commandOf: ({ whatHappened = '', reason = '', competitor, lessons }) => ({
          name: 'close',
          body: { whatHappened, reason, ...text('competitor', competitor), ...text('lessons', lessons) },
        }),
      };
    case 'terminate':
    case 'withdraw':
      return reasonForm(action, { ...reasonField(said), needed: true });
    case 'reactivate':
    case 'archive':
      return reasonForm(action, { ...reasonField(said), label: said('reasonOptional') });
  }
}

function reasonForm(name: 'terminate' | 'withdraw' | 'reactivate' | 'archive', field: FormField): ActionForm {
  return {
    fields: [field],
    defaults: { reason: '' },
    commandOf: ({ reason }): DealCommand => ({ name, body: text('reason', reason) }),
  };
}

function reasonField(said: Texts): FormField {
  return { name: 'reason', label: said('reason'), kind: 'long' };
}

function stageField(deal: Deal, words: DealWords, said: Texts): FormField {
  return {
    name: 'toStage',
    dealField: 'stageId',
    label: said('toStage'),
    kind: 'choice',
    choices: deal.stages.map(({ id }) => ({ value: id, label: words.stage(id) })),
  };
}

function nextStage({ stages, stageId }: Deal): string {
  return stages[stages.findIndex(({ id }) => id === stageId) + 1]?.id ?? stageId;
}

/** A property for a text that was typed, none for an empty one. */
export function text<Name extends string>(
  name: Name,
  value: FormValues[string] | undefined,
): { [Key in Name]?: string } {
  const typed = value?.trim();
  const properties: { [Key in Name]?: string } = {};
  if (typed) properties[name] = typed;
  return properties;
}
