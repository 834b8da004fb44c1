import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { actionTexts } from '../action.texts.ts';
import type { Deal } from '../api/deal.ts';
import { dealTexts } from '../deal.texts.ts';
import type { FormField } from '../form-fields.ts';
import { useCommandForm } from '../use-command-form.ts';
import type { DealCommands } from '../use-deal-commands.ts';
import { FormControls } from './form-controls.tsx';
import { FormNotes } from './form-notes.tsx';

interface TeamDialogProps {
  readonly deal: Deal;
  readonly commands: DealCommands;
  readonly onClose: () => void;
}

/** Names everybody who shares a deal. */
export function TeamDialog({ deal, commands, onClose }: TeamDialogProps) {
  const t = useTexts(dealTexts);
  const said = useTexts(actionTexts);
  const [rows, setRows] = useState(() => deal.members.map((_, row) => row));
  const fields = rows.map((row, index): FormField => ({
    name: `member${row}`,
    // A problem about the members as a whole is told beside the first.
    path: index === 0 ? 'members' : `members.${index}`,
    label: said('member', { number: index + 1 }),
    kind: 'text',
  }));
  const { form, submit, refusal, read } = useCommandForm({
    deal,
    commands,
    fields,
    defaults: Object.fromEntries(deal.members.map((member, row) => [`member${row}`, member])),
    commandOf: (values) => ({
      name: 'form-team',
      body: { members: fields.map(({ name }) => values[name]?.trim() ?? '').filter((member) => member !== '') },
    }),
    onDone: onClose,
  });
  const add = () => {
    const row = Math.max(-1, ...rows) + 1;
    setRows([...rows, row]);
    requestAnimationFrame(() => form.setFocus(`member${row}`));
  };
  const remove = (name: string) => {
    const rest = rows.filter((row) => name !== `member${row}`);
    setRows(rest);
    if (rest[0] !== undefined) form.setFocus(`member${rest[0]}`);
  };
  return (
    <Dialog open title={said('title.form-team')} description={said('hint.form-team')} onClose={onClose}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-3">
        {fields.map((field, index) => (
          <div key={field.name} className="flex items-end gap-2">
            <div className="flex-1">
              <FormControls fields={[field]} form={form} />
            </div>
            <IconButton
              label={t('removeEntry', { name: form.watch(field.name) || said('member', { number: index + 1 }) })}
              onClick={() => remove(field.name)}
            >
              <X size={14} aria-hidden />
            </IconButton>
          </div>
        ))}
        <Button className="self-start" onClick={add}>
          <Plus size={14} aria-hidden /> {t('addEntry')}
        </Button>
        <FormNotes
          isTyped={form.formState.isDirty}
          refusal={refusal}
          changedMeanwhile={deal.revision > read.revision}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" disabled={form.formState.isSubmitting}>
            {said('submit.form-team')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
