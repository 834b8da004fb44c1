import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { actionTexts } from '../action.texts.ts';
import type { Deal } from '../api/deal.ts';
import { dealTexts } from '../deal.texts.ts';
import type { DealAction } from '../deal-rules.ts';
import type { CommandOf, FormField, FormValues } from '../form-fields.ts';
import { useCommandForm } from '../use-command-form.ts';
import type { DealCommands } from '../use-deal-commands.ts';
import { FormControls } from './form-controls.tsx';
import { FormNotes } from './form-notes.tsx';

/** What the dialog of an action asks for. */
export interface ActionForm {
  readonly fields: readonly FormField[];
  readonly defaults: FormValues;
  readonly commandOf: CommandOf;
}

interface CommandDialogProps extends ActionForm {
  readonly action: DealAction;
  readonly deal: Deal;
  readonly commands: DealCommands;
  readonly onClose: () => void;
}

const GRAVE: readonly DealAction[] = ['lose', 'terminate', 'withdraw'];

/** The dialog of an action that a few controls suffice for. */
export function CommandDialog({ action, deal, commands, onClose, ...asked }: CommandDialogProps) {
  const t = useTexts(dealTexts);
  const said = useTexts(actionTexts);
  const { form, submit, refusal, read } = useCommandForm({ deal, commands, ...asked, onDone: onClose });
  return (
    <Dialog open title={said(`title.${action}`)} description={said(`hint.${action}`)} onClose={onClose}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-3">
        <FormControls fields={asked.fields} form={form} />
        <FormNotes
          isTyped={form.formState.isDirty}
          refusal={refusal}
          changedMeanwhile={deal.revision > read.revision}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            type="submit"
            look={GRAVE.includes(action) ? 'danger' : 'primary'}
            disabled={form.formState.isSubmitting}
          >
            {said(`submit.${action}`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
