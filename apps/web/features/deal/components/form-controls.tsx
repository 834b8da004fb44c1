import { useId } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { Field, Select } from '../../../ui/field.tsx';
import type { FormField, FormValues } from '../form-fields.ts';

interface FormControlsProps {
  readonly fields: readonly FormField[];
  readonly form: UseFormReturn<FormValues>;
  /** The first control gets the focus when the form appears. */
  readonly focusFirst?: boolean;
}

/** The controls of a form, each with its label and what is wrong with it. */
export function FormControls({ fields, form, focusFirst = false }: FormControlsProps) {
  return fields.map((field, index) => (
    <Control key={field.name} field={field} form={form} focus={focusFirst && index === 0} />
  ));
}

interface ControlProps {
  readonly field: FormField;
  readonly form: UseFormReturn<FormValues>;
  readonly focus: boolean;
}

function Control({ field, form, focus }: ControlProps) {
  const list = useId();
  const { name, label, kind, hint, needed = false, choices = [], suggestions = [] } = field;
  const error = form.formState.errors[name]?.message;
  return (
    <Field label={label} error={typeof error === 'string' ? error : undefined} hint={hint}>
      {(control) => {
        const common = { ...control, ...form.register(name), 'aria-required': needed, autoFocus: focus };
        if (kind === 'long') return <textarea {...common} rows={3} className="w-full text-sm" />;
        if (kind === 'choice') return <Select {...common} choices={choices} className="w-full" />;
        return (
          <>
            <input
              {...common}
              type={kind === 'day' ? 'date' : 'text'}
              inputMode={kind === 'money' || kind === 'percent' ? 'decimal' : undefined}
              autoComplete="off"
              list={suggestions.length > 0 ? list : undefined}
              className="min-h-8 w-full min-w-0 text-sm"
            />
            {suggestions.length > 0 && (
              <datalist id={list}>
                {suggestions.map((suggestion) => (
                  <option key={suggestion} value={suggestion} />
                ))}
              </datalist>
            )}
          </>
        );
      }}
    </Field>
  );
}
