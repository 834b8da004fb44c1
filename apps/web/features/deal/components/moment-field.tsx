import { useEffect, useRef, type FormEvent } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { dealTexts } from '../deal.texts.ts';

interface MomentFieldProps {
  /** The moment shown; none for now. */
  readonly instant: string | undefined;
  readonly onChoose: (moment: string | undefined) => void;
}

/** Asks for any moment, also one at which nothing happened; empty, it means now. */
export function MomentField({ instant, onChoose }: MomentFieldProps) {
  const t = useTexts(dealTexts);
  const field = useRef<HTMLInputElement>(null);
  // What is being typed is no moment yet, so the field keeps it to itself until it is sent.
  useEffect(() => {
    if (field.current) field.current.value = instant?.slice(0, -1) ?? '';
  }, [instant]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const typed = field.current?.value;
    onChoose(typed ? new Date(`${typed}Z`).toISOString() : undefined);
  };
  return (
    <form noValidate onSubmit={submit} className="flex items-center gap-1">
      <input
        ref={field}
        type="datetime-local"
        step={1}
        max="2199-12-31T23:59:59"
        aria-label={t('exactMoment')}
        title={t('exactMoment')}
        className="min-h-8 text-xs"
      />
      <Button type="submit">{t('show')}</Button>
    </form>
  );
}
