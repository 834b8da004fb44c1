import { useState, type FormEvent } from 'react';
import { useForm, type UseFormReturn } from 'react-hook-form';
import type { Format } from '../../i18n/figure-format.ts';
import { useFormat } from '../../i18n/format.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useToldProblem } from '../../ui/told-problem.ts';
import { actionTexts } from './action.texts.ts';
import type { Deal } from './api/deal.ts';
import { fieldOf, moneyOf, type CommandOf, type FormField, type FormValues } from './form-fields.ts';
import { basisPointsOf } from './share-text.ts';
import type { DealCommands, TypedValue } from './use-deal-commands.ts';

export interface CommandFormOptions {
  readonly deal: Deal;
  readonly commands: DealCommands;
  readonly fields: readonly FormField[];
  readonly defaults: FormValues;
  readonly commandOf: CommandOf;
  /** It was done, or given up for what others did. */
  readonly onDone: () => void;
}

export interface CommandForm {
  readonly form: UseFormReturn<FormValues>;
  readonly submit: (event: FormEvent) => void;
  /** Why it was refused, where that concerns no single control. */
  readonly refusal: string | undefined;
  /** The deal as it was when the form was opened: what is typed is a change of this. */
  readonly read: Deal;
}

/** A form that gives a command on the deal as it was when the form was opened; refusals stand beside their controls. */
export function useCommandForm({
  deal,
  commands,
  fields,
  defaults,
  commandOf,
  onDone,
}: CommandFormOptions): CommandForm {
  const action = useTexts(actionTexts);
  const told = useToldProblem();
  const format = useFormat();
  const [read] = useState(deal);
  const [refusal, setRefusal] = useState<string>();
  const form = useForm<FormValues>({ defaultValues: defaults });
  const say = (name: string, message: string) => form.setError(name, { message }, { shouldFocus: true });

  const send = async (values: FormValues): Promise<void> => {
    setRefusal(undefined);
    const empty = fields.find(({ name, needed }) => needed && !values[name]?.trim());
    if (empty) return say(empty.name, action('needed'));
    const command = commandOf(values);
    if ('invalid' in command) return say(command.invalid, command.message);
    try {
      const outcome = await commands.run(command, read, typedValues(fields, values, format));
      if (outcome !== 'cancelled') onDone();
    } catch (error) {
      const { said, errors } = told(error);
      for (const { field, message } of errors) {
        const control = fieldOf(fields, field);
        if (control) say(control.name, message);
      }
      if (!errors.some(({ field }) => fieldOf(fields, field))) setRefusal(said);
    }
  };
  const handle = form.handleSubmit(send);
  return { form, submit: (event) => void handle(event), refusal, read };
}

function typedValues(fields: readonly FormField[], values: FormValues, format: Format): readonly TypedValue[] {
  return fields.map((field) => {
    const { name, label, path = name, dealField = path } = field;
    return { field: dealField, label, value: typedText(field, values, format) };
  });
}

/** What was typed, written like the values of others. */
function typedText({ name, kind, choices }: FormField, values: FormValues, format: Format): string {
  const typed = values[name] ?? '';
  if (typed === '') return '';
  switch (kind) {
    case 'choice':
      return choices?.find(({ value }) => value === typed)?.label ?? typed;
    case 'day':
      return format.day(typed);
    case 'money': {
      const money = moneyOf(typed, values['currency'] ?? '');
      return typeof money === 'string' ? typed : format.money(money.minorUnits, money.currency);
    }
    case 'percent': {
      const basisPoints = basisPointsOf(typed);
      return basisPoints === undefined ? typed : format.percent(basisPoints / 10_000);
    }
    case 'text':
    case 'long':
      return typed;
  }
}
