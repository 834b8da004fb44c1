import { useState, type FormEvent } from 'react';
import { useForm, type UseFormReturn } from 'react-hook-form';
import { useTexts } from '../../i18n/texts.ts';
import { useToldProblem } from '../../ui/told-problem.ts';
import { actionTexts } from './action.texts.ts';
import type { Deal } from './api/deal.ts';
import { fieldOf, type CommandOf, type FormField, type FormValues } from './form-fields.ts';
import type { DealCommands } from './use-deal-commands.ts';

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
      const outcome = await commands.run(command, read, typedValues(fields, values));
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

function typedValues(fields: readonly FormField[], values: FormValues) {
  return fields.map(({ name, label, choices, path = name, dealField = path }) => {
    const value = values[name] ?? '';
    return { field: dealField, label, value: choices?.find((choice) => choice.value === value)?.label ?? value };
  });
}
