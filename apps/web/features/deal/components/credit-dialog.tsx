import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { actionTexts } from '../action.texts.ts';
import type { Deal } from '../api/deal.ts';
import { dealTexts } from '../deal.texts.ts';
import type { FormField } from '../form-fields.ts';
import { basisPointsOf, percentText } from '../share-text.ts';
import { useCommandForm } from '../use-command-form.ts';
import type { DealCommands } from '../use-deal-commands.ts';
import { FormControls } from './form-controls.tsx';
import { FormNotes } from './form-notes.tsx';

const WHOLE = 10_000;

interface CreditDialogProps {
  readonly deal: Deal;
  readonly commands: DealCommands;
  readonly onClose: () => void;
}

/** Settles which member gets which part of the credit, and says what is left to give. */
export function CreditDialog({ deal, commands, onClose }: CreditDialogProps) {
  const t = useTexts(dealTexts);
  const said = useTexts(actionTexts);
  const fields = deal.members.map((rep, index): FormField => ({
    name: `share${index}`,
    path: index === 0 ? 'shares' : `shares.${index}`,
    label: said('share', { name: rep }),
    kind: 'percent',
  }));
  const shareOf = (rep: string) => deal.shares.find((share) => share.rep === rep)?.share;
  const { form, submit, refusal, read } = useCommandForm({
    deal,
    commands,
    fields,
    defaults: Object.fromEntries(
      deal.members.map((rep, index) => [`share${index}`, percentText(shareOf(rep) ?? (deal.members[1] ? 0 : WHOLE))]),
    ),
    commandOf: (values) => {
      const shares = deal.members.map((rep, index) => ({ rep, share: basisPointsOf(values[`share${index}`] ?? '') }));
      const wrong = shares.findIndex(({ share }) => share === undefined || share > WHOLE);
      if (wrong >= 0) return { invalid: `share${wrong}`, message: t('badPercent') };
      return {
        name: 'split-credit',
        body: { shares: shares.flatMap(({ rep, share }) => (share ? [{ rep, share }] : [])) },
      };
    },
    onDone: onClose,
  });
  const typed = form.watch();
  const given = fields.reduce((sum, { name }) => sum + (basisPointsOf(typed[name] ?? '') ?? 0), 0);
  const left = WHOLE - given;
  return (
    <Dialog open title={said('title.split-credit')} description={said('hint.split-credit')} onClose={onClose}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-3">
        <FormControls fields={fields} form={form} />
        <p role="status" className={`text-sm font-medium ${left === 0 ? 'text-good' : 'text-warn'}`}>
          {left < 0
            ? said('overshot', { percent: `${percentText(-left)} %` })
            : said('remaining', { percent: `${percentText(left)} %` })}
        </p>
        <FormNotes
          isTyped={form.formState.isDirty}
          refusal={refusal}
          changedMeanwhile={deal.revision > read.revision}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" disabled={form.formState.isSubmitting}>
            {said('submit.split-credit')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
