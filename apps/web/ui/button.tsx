import type { ComponentProps } from 'react';

const LOOKS = {
  primary: 'bg-accent text-accent-ink hover:opacity-90',
  plain: 'border border-line-strong bg-surface hover:bg-sunken',
  quiet: 'hover:bg-sunken',
  danger: 'bg-bad text-surface hover:opacity-90',
} as const;

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: keyof typeof LOOKS;
}

/** A button at least 24 px high that never submits a form unless told to. */
export function Button({ look = 'plain', className = '', type = 'button', ...rest }: ButtonProps) {
  const shape =
    'inline-flex min-h-8 items-center justify-center gap-1.5 rounded-md px-2.5 text-sm font-medium whitespace-nowrap';
  return <button type={type} className={`${shape} ${LOOKS[look]} disabled:opacity-50 ${className}`} {...rest} />;
}

/** A button with nothing but a picture; its name is read out and shown on hover. */
export function IconButton({ label, className = '', ...rest }: ButtonProps & { readonly label: string }) {
  return <Button look="quiet" aria-label={label} title={label} className={`min-w-8 px-1.5 ${className}`} {...rest} />;
}
