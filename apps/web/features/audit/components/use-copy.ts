import { useCallback } from 'react';
import { toast } from 'sonner';
import { useTexts } from '../../../i18n/texts.ts';
import { auditTexts } from '../audit.texts.ts';

/** The function that copies a text and says whether that went well; none where the browser has no clipboard to give. */
export function useCopy(): ((text: string) => void) | undefined {
  const t = useTexts(auditTexts);
  const copy = useCallback(
    (text: string) =>
      void navigator.clipboard.writeText(text).then(
        () => toast.success(t('copied')),
        () => toast.error(t('notCopied')),
      ),
    [t],
  );
  return 'clipboard' in navigator ? copy : undefined;
}
