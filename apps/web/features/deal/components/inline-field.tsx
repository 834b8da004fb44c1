import { Pencil, TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTexts } from '../../../i18n/texts.ts';
import { fieldTexts } from '../../../terms/field.texts.ts';
import { Button } from '../../../ui/button.tsx';
import type { Deal } from '../api/deal.ts';
import { dealTexts } from '../deal.texts.ts';
import type { CommandOf, FormField, FormValues } from '../form-fields.ts';
import { useCommandForm } from '../use-command-form.ts';
import type { DealCommands } from '../use-deal-commands.ts';
import { FormControls } from './form-controls.tsx';
import { FormNotes } from './form-notes.tsx';

/** How a field is edited where it stands. */
export interface InlineEditing {
  readonly deal: Deal;
  readonly commands: DealCommands;
  readonly fields: readonly FormField[];
  readonly defaults: FormValues;
  readonly commandOf: CommandOf;
}

export interface InlineFieldProps {
  readonly label: string;
  /** The value as it reads. */
  readonly shown: string;
  /** What is amiss with the value. */
  readonly warning?: string | undefined;
  /** None where it cannot be changed. */
  readonly editing?: InlineEditing | undefined;
  /** Instead of editing in place. */
  readonly onEdit?: (() => void) | undefined;
}

/** A value that a click or Enter makes editable: Enter saves, Escape puts it back. */
export function InlineField({ label, shown, warning, editing, onEdit }: InlineFieldProps) {
  const t = useTexts(dealTexts);
  const named = useTexts(fieldTexts);
  const ink = shown === named('unknown') || shown === named('none') ? 'text-muted' : '';
  const told = warning === undefined ? shown : `${shown}, ${warning}`;
  const content = (
    <span className="min-w-0 wrap-anywhere">
      {shown}{' '}
      {warning !== undefined && (
        <span className="text-warn inline-flex items-center gap-1 font-medium">
          <TriangleAlert size={13} aria-hidden /> {warning}
        </span>
      )}
    </span>
  );
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    // The button is there again once the form has gone.
    flushSync(() => setOpen(false));
    button.current?.focus();
  };
  if (editing && open) return <InlineForm label={label} shown={shown} editing={editing} onClose={close} />;
  if (!editing && !onEdit) return <span className={`block px-1.5 py-1 ${ink}`}>{content}</span>;
  return (
    <button
      ref={button}
      type="button"
      onClick={() => (onEdit ? onEdit() : setOpen(true))}
      aria-label={`${told}, ${t('edit', { field: label })}`}
      className={`group hover:bg-sunken flex min-h-7 w-full items-center gap-2 rounded-md px-1.5 py-1 text-left ${ink}`}
    >
      {content}
      <Pencil
        size={12}
        aria-hidden
        data-print="hidden"
        className="text-muted shrink-0 opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
      />
    </button>
  );
}

interface InlineFormProps {
  readonly label: string;
  readonly shown: string;
  readonly editing: InlineEditing;
  readonly onClose: () => void;
}

function InlineForm({ label, shown, editing, onClose }: InlineFormProps) {
  const t = useTexts(dealTexts);
  const { form, submit, refusal, read } = useCommandForm({ ...editing, onDone: onClose });
  const [before] = useState(shown);
  const { isDirty, isSubmitting } = form.formState;
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const node = element.current;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose();
    };
    node?.addEventListener('keydown', onKey);
    return () => node?.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <form
      aria-label={t('edit', { field: label })}
      noValidate
      onSubmit={submit}
      ref={element}
      className="border-accent bg-raised shadow-raised my-1 flex flex-col gap-2 rounded-lg border p-2"
    >
      <FormControls fields={editing.fields} form={form} focusFirst />
      <FormNotes
        isTyped={isDirty}
        refusal={refusal}
        changedMeanwhile={editing.deal.revision > read.revision}
        nowIs={before === shown ? undefined : shown}
      />
      <div className="flex gap-1.5">
        <Button type="submit" look="primary" disabled={isSubmitting}>
          {t('save')}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
