import { useState, type FormEvent } from 'react';
import { useTexts } from '../i18n/texts.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import { uiTexts } from './ui.texts.ts';

const LONGEST = 2_000;

interface ReasonDialogProps {
  readonly title: string;
  /** What will happen. */
  readonly description: string;
  readonly confirm: string;
  readonly required?: boolean;
  readonly danger?: boolean;
  readonly pending: boolean;
  readonly error: unknown;
  /** Said where the role is not enough. */
  readonly forbidden?: string;
  readonly onConfirm: (reason: string) => void;
  readonly onClose: () => void;
}

/** Asks whether something shall be done, and why. */
export function ReasonDialog({
  title,
  description,
  confirm,
  required = false,
  danger = false,
  pending,
  error,
  forbidden,
  onConfirm,
  onClose,
}: ReasonDialogProps) {
  const t = useTexts(uiTexts);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (required && reason.trim() === '') setMissing(true);
    else onConfirm(reason.trim());
  };
  return (
    <Dialog open title={title} description={description} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-3" noValidate>
        <Field
          label={required ? t('reason') : t('reasonOptional')}
          error={missing && reason.trim() === '' ? t('reasonMissing') : undefined}
        >
          {(control) => (
            <textarea
              {...control}
              rows={2}
              required={required}
              maxLength={LONGEST}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        {error !== null && error !== undefined && (
          <RefusalNotice error={error} {...(forbidden === undefined ? {} : { forbidden })} />
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look={danger ? 'danger' : 'primary'} disabled={pending}>
            {confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
