import { useId, useState } from 'react';
import { useForm } from 'react-hook-form';
import { amountText, minorUnitsOf } from '../../../i18n/amount-text.ts';
import { useLanguage } from '../../../i18n/language.ts';
import { useTexts, type Translate } from '../../../i18n/texts.ts';
import { stageName } from '../../../pipelines/stage-name.ts';
import { useLossReasonChoices } from '../../../terms/loss-reason-choices.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field, Select } from '../../../ui/field.tsx';
import { useToldProblem } from '../../../ui/told-problem.ts';
import type { DealCard, Stage } from '../api/board.ts';
import type { DealStep } from '../api/deal-steps.ts';
import { boardTexts } from '../board.texts.ts';
import { KnownOwners } from './known-names.tsx';
import { showRefusal } from './refusal.ts';
import type { Question, Wish } from './use-deal-steps.ts';

type T = Translate<NonNullable<(typeof boardTexts)['key']>>;

interface StepDialogProps {
  readonly question: Question;
  readonly stages: readonly Stage[];
  readonly pipeline: string;
  /** What deals without an amount are won in. */
  readonly currency: string;
  readonly onTake: (card: DealCard, step: DealStep) => Promise<void>;
  readonly onClose: () => void;
}

interface Answers {
  readonly reason: string;
  readonly amount: string;
  readonly reasonCode: string;
  readonly competitor: string;
  readonly notes: string;
  readonly wakeUpOn: string;
  readonly to: string;
}

const FIELDS = {
  reason: 'reason',
  amount: 'amount',
  reasonCode: 'reasonCode',
  competitor: 'competitor',
  notes: 'notes',
  wakeUpOn: 'wakeUpOn',
  to: 'to',
} as const;

/** Asks for what a step needs; what the server refuses is said here, and the deal goes back once this is closed. */
export function StepDialog({ question, stages, pipeline, currency: usual, onTake, onClose }: StepDialogProps) {
  const { card, wish } = question;
  const t = useTexts(boardTexts);
  const language = useLanguage();
  const told = useToldProblem();
  const owners = useId();
  const currency = card.currency ?? usual;
  const [refusal, setRefusal] = useState<string>();
  const lossReasons = useLossReasonChoices(pipeline, wish.kind === 'lose');
  const { register, handleSubmit, setError, formState } = useForm<Answers>({
    defaultValues: {
      reason: '',
      amount: card.amount === null ? '' : amountText(card.amount, currency),
      reasonCode: 'price',
      competitor: '',
      notes: '',
      wakeUpOn: '',
      to: '',
    },
  });
  const { errors, isSubmitting } = formState;
  const needsReason = wish.kind === 'move' || wish.kind === 'suspend' || wish.kind === 'transfer';
  const submit = handleSubmit(async (answers) => {
    setRefusal(undefined);
    try {
      await onTake(card, stepOf(wish, answers, currency));
    } catch (error) {
      setRefusal(showRefusal<Answers>(told(error), FIELDS, setError));
    }
  });
  const optional = (field: string) => t('optional', { field });
  return (
    <Dialog
      open
      title={titleOf(question, stages, t, (stage) => stageName(stage, language))}
      description={wish.kind === 'move' ? t('reasonHint') : wish.kind === 'win' ? t('winHint') : undefined}
      onClose={onClose}
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
        {wish.kind === 'win' && (
          <Field label={`${t('amount')}, ${currency}`} error={errors.amount?.message}>
            {(control) => (
              <input
                {...control}
                {...register('amount', {
                  validate: (text) => minorUnitsOf(text, currency) !== undefined || t('amountWrong'),
                })}
                inputMode="decimal"
              />
            )}
          </Field>
        )}
        {wish.kind === 'lose' && (
          <>
            <Field label={t('lostReason')} error={errors.reasonCode?.message}>
              {(control) => <Select {...control} {...register('reasonCode')} choices={lossReasons} />}
            </Field>
            <Field label={optional(t('competitor'))} error={errors.competitor?.message}>
              {(control) => <input {...control} {...register('competitor')} />}
            </Field>
            <Field label={optional(t('notes'))} error={errors.notes?.message}>
              {(control) => <textarea {...control} {...register('notes')} rows={3} />}
            </Field>
          </>
        )}
        {wish.kind === 'transfer' && (
          <Field label={t('transferTo')} error={errors.to?.message}>
            {(control) => (
              <input
                {...control}
                {...register('to', { validate: (text) => text.trim() !== '' || t('newOwnerMissing') })}
                list={owners}
                autoComplete="off"
              />
            )}
          </Field>
        )}
        {wish.kind === 'suspend' && (
          <Field label={optional(t('wakeUpOn'))} error={errors.wakeUpOn?.message} hint={t('wakeUpHint')}>
            {(control) => <input {...control} {...register('wakeUpOn')} type="date" />}
          </Field>
        )}
        {needsReason && (
          <Field label={t('reason')} error={errors.reason?.message}>
            {(control) => (
              <textarea
                {...control}
                {...register('reason', { validate: (text) => text.trim() !== '' || t('reasonMissing') })}
                rows={2}
              />
            )}
          </Field>
        )}
        <KnownOwners id={owners} pipeline={pipeline} />
        {refusal !== undefined && (
          <p role="alert" className="bg-bad-soft text-bad rounded-md p-2 text-sm">
            {refusal}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look={wish.kind === 'lose' ? 'danger' : 'primary'} disabled={isSubmitting}>
            {t(wish.kind === 'move' ? 'move' : (`${wish.kind}Action` as const))}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function titleOf({ card, wish }: Question, stages: readonly Stage[], t: T, nameOf: (stage: Stage) => string): string {
  const { title } = card;
  if (wish.kind !== 'move') return t(`${wish.kind}Title`, { title });
  const from = stages.findIndex(({ id }) => id === card.stageId);
  const to = stages.findIndex(({ id }) => id === wish.toStage);
  const target = stages[to];
  const stage = target ? nameOf(target) : wish.toStage;
  if (to === from) return t('sameTitle', { title, stage });
  if (to < from) return t('backTitle', { title, stage });
  return t('skipTitle', {
    title,
    stage,
    skipped: stages
      .slice(from + 1, to)
      .map(nameOf)
      .join(', '),
  });
}

function stepOf(wish: Wish, answers: Answers, currency: string): DealStep {
  const text = (name: keyof Answers) => {
    const value = answers[name].trim();
    return value === '' ? {} : { [name]: value };
  };
  switch (wish.kind) {
    case 'move':
      return { kind: 'move', body: { toStage: wish.toStage, ...text('reason') } };
    case 'win': {
      const minorUnits = minorUnitsOf(answers.amount, currency);
      return { kind: 'win', body: minorUnits === undefined ? {} : { amount: { minorUnits, currency } } };
    }
    case 'lose':
      return { kind: 'lose', body: { reasonCode: answers.reasonCode, ...text('competitor'), ...text('notes') } };
    case 'suspend':
      return { kind: 'suspend', body: { ...text('reason'), ...text('wakeUpOn') } };
    case 'transfer':
      return { kind: 'transfer', body: { to: answers.to.trim(), ...text('reason') } };
  }
}
