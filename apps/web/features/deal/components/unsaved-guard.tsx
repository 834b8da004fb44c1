import { useBlocker } from '@tanstack/react-router';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { dealTexts } from '../deal.texts.ts';

/** Asks before what was typed is lost by going elsewhere, or into the past, where nothing can be changed. */
export function UnsavedGuard({ isTyped }: { readonly isTyped: boolean }) {
  const t = useTexts(dealTexts);
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => isTyped && (current.pathname !== next.pathname || 'asOf' in next.search),
    enableBeforeUnload: () => isTyped,
    withResolver: true,
  });
  if (status !== 'blocked') return null;
  return (
    <Dialog open title={t('unsaved')} description={t('unsavedHint')} onClose={reset}>
      <div className="flex justify-end gap-2" data-choices>
        <Button onClick={reset}>{t('stay')}</Button>
        <Button look="danger" onClick={proceed}>
          {t('leave')}
        </Button>
      </div>
    </Dialog>
  );
}
