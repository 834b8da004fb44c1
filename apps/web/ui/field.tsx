import { useId, type ComponentProps, type ReactNode } from 'react';

interface FieldProps {
  readonly label: string;
  readonly error?: string | undefined;
  readonly hint?: string | undefined;
  /** Gets the id of the control and what describes it. */
  readonly children: (control: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}

/** A control with its label, and what is wrong with its value. */
export function Field({ label, error, hint, children }: FieldProps) {
  const id = useId();
  const told = error ?? hint;
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children({
        id,
        ...(told === undefined ? {} : { 'aria-describedby': `${id}-told` }),
        ...(error === undefined ? {} : { 'aria-invalid': true as const }),
      })}
      {told !== undefined && (
        <p id={`${id}-told`} className={`text-xs ${error === undefined ? 'text-muted' : 'text-bad'}`}>
          {told}
        </p>
      )}
    </div>
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

type SelectProps = Omit<ComponentProps<'select'>, 'children'> & { readonly choices: readonly Choice[] };

/** The platform's own list of choices: it works with every keyboard, screen reader and phone. */
export function Select({ choices, className = '', ...rest }: SelectProps) {
  return (
    <select className={`min-h-8 text-sm ${className}`} {...rest}>
      {choices.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
