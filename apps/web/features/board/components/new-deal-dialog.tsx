import { useLanguage } from '../../../i18n/language.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { usePipelines } from '../../../pipelines/pipelines.ts';
import { stageName } from '../../../pipelines/stage-name.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field, Select } from '../../../ui/field.tsx';
import { boardTexts } from '../board.texts.ts';
import { AmountField } from './amount-field.tsx';
import { KnownOwners } from './known-names.tsx';
import { useNewDeal } from './use-new-deal.ts';

interface NewDealDialogProps {
  readonly pipeline: string;
  readonly onClose: () => void;
}

/** Opens a deal with whatever is known of it. */
export function NewDealDialog({ pipeline, onClose }: NewDealDialogProps) {
  const t = useTexts(boardTexts);
  const language = useLanguage();
  const { data } = usePipelines();
  const stages = data?.pipelines.find(({ id }) => id === pipeline)?.stages ?? [];
  const deal = useNewDeal({ pipeline, stage: stages[0]?.id ?? '', onOpened: onClose });
  const { form, fields, submit, isOpening } = deal;
  const { errors } = form.formState;
  const optional = (field: string) => t('optional', { field });
  return (
    <Dialog open title={t('newDeal')} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
        <Field label={t('title')} error={errors.title?.message}>
          {(control) => <input {...control} {...fields.title()} autoComplete="off" />}
        </Field>
        <Field label={optional(t('customer'))} error={errors.customer?.message}>
          {(control) => <input {...control} {...form.register('customer')} autoComplete="off" />}
        </Field>
        <div className="grid grid-cols-2 gap-3">
          <AmountField pipeline={pipeline} deal={deal} />
          <Field label={optional(t('closeDate'))} error={errors.closeDate?.message}>
            {(control) => <input {...control} {...form.register('closeDate')} type="date" />}
          </Field>
          <Field label={t('owner')} error={errors.owner?.message}>
            {(control) => <input {...control} {...fields.owner()} list="new-deal-owners" autoComplete="off" />}
          </Field>
          <Field label={t('stage')} error={errors.stage?.message}>
            {(control) => (
              <Select
                {...control}
                {...form.register('stage')}
                choices={stages.map((stage) => ({ value: stage.id, label: stageName(stage, language) }))}
              />
            )}
          </Field>
        </div>
        <KnownOwners id="new-deal-owners" pipeline={pipeline} />
        {errors.root && (
          <p role="alert" className="text-bad text-sm">
            {errors.root.message}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" disabled={isOpening}>
            {t('openDeal')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
