import { useId } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { Field, Select } from '../../../ui/field.tsx';
import type { FormField, FormValues } from '../form-fields.ts';

interface FormControlsProps {
  readonly fields: readonly FormField[];
  readonly form: UseFormReturn<FormValues>;
}

/** The controls of a form, each with its label and what is wrong with it. */
export function FormControls({ fields, form }: FormControlsProps) {
  return fields.map((field) => <Control key={field.name} field={field} form={form} />);
}

function Control({ field, form }: { readonly field: FormField; readonly form: UseFormReturn<FormValues> }) {
  const list = useId();
  const { name, label, kind, hint, needed = false, choices = [], suggestions = [] } = field;
  const error = form.formState.errors[name]?.message;
  return (
    <Field label={label} error={typeof error === 'string' ? error : undefined} hint={hint}>
      {(control) => {
        const common = { ...control, ...form.register(name), 'aria-required': needed };
        if (kind === 'long') return <textarea {...common} rows={3} className="w-full text-sm" />;
        if (kind === 'choice') return <Select {...common} choices={choices} className="w-full" />;
        return (
          <>
            <input
              {...common}
              type={kind === 'day' ? 'date' : 'text'}
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
