import { useTexts } from '../../../i18n/texts.ts';
import { dealTexts } from '../deal.texts.ts';
import { UnsavedGuard } from './unsaved-guard.tsx';

interface FormNotesProps {
  readonly isTyped: boolean;
  readonly refusal: string | undefined;
  readonly changedMeanwhile: boolean;
  /** What stands in the one field that is edited now, where somebody changed just that. */
  readonly nowIs?: string | undefined;
}

/** Why a form was refused as a whole, that the deal changed while it was being filled in, and that it is not saved yet. */
export function FormNotes({ isTyped, refusal, changedMeanwhile, nowIs }: FormNotesProps) {
  const t = useTexts(dealTexts);
  return (
    <>
      <UnsavedGuard isTyped={isTyped} />
      {refusal !== undefined && (
        <p role="alert" className="text-bad text-sm">
          {refusal}
        </p>
      )}
      {changedMeanwhile && (
        <p role="status" className="bg-warn-soft text-warn rounded px-2 py-1 text-xs">
          {nowIs === undefined ? t('changedMeanwhile') : t('fieldChangedMeanwhile', { value: nowIs })}
        </p>
      )}
    </>
  );
}
