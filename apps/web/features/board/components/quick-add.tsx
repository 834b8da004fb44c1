import { useCallback, useId } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { boardTexts } from '../board.texts.ts';
import { AmountField } from './amount-field.tsx';
import { KnownOwners } from './known-names.tsx';
import { useNewDeal } from './use-new-deal.ts';

interface QuickAddProps {
  readonly pipeline: string;
  readonly stage: string;
  readonly stageTitle: string;
  readonly onClose: () => void;
}

/** Opens deals in a stage one after the other: Enter adds, Escape closes. */
export function QuickAdd({ pipeline, stage, stageTitle, onClose }: QuickAddProps) {
  const t = useTexts(boardTexts);
  const owners = useId();
  const deal = useNewDeal({ pipeline, stage, onOpened: () => deal.form.setFocus('title') });
  const { form, fields, submit, isOpening } = deal;
  const { errors } = form.formState;
  const listen = useCallback(
    (element: HTMLFormElement) => {
      const stop = new AbortController();
      element.addEventListener('keydown', ({ key }) => key === 'Escape' && onClose(), stop);
      return () => stop.abort();
    },
    [onClose],
  );
  return (
    <form
      aria-label={t('addTo', { stage: stageTitle })}
      onSubmit={(event) => void submit(event)}
      ref={listen}
      noValidate
      className="bg-surface border-line-strong mx-2 mb-2 flex flex-col gap-2 rounded-lg border p-2.5"
    >
      <Field label={t('title')} error={errors.title?.message}>
        {(control) => <input {...control} {...fields.title()} autoFocus autoComplete="off" className="text-sm" />}
      </Field>
      <AmountField pipeline={pipeline} deal={deal} />
      <Field label={t('owner')} error={errors.owner?.message}>
        {(control) => (
          <input {...control} {...fields.owner()} list={owners} autoComplete="off" className="min-w-0 text-sm" />
        )}
      </Field>
      <Field label={t('optional', { field: t('customer') })} error={errors.customer?.message}>
        {(control) => <input {...control} {...form.register('customer')} autoComplete="off" className="text-sm" />}
      </Field>
      <KnownOwners id={owners} pipeline={pipeline} />
      {(errors.root ?? errors.stage) && (
        <p role="alert" className="text-bad text-xs">
          {(errors.root ?? errors.stage)?.message}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button type="submit" look="primary" disabled={isOpening}>
          {t('add')}
        </Button>
      </div>
    </form>
  );
}
