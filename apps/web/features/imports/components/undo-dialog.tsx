import { useTexts } from '../../../i18n/texts.ts';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { useUndoImport } from '../api/imports.ts';
import { importTexts } from '../imports.texts.ts';

interface UndoDialogProps {
  readonly id: string;
  readonly files: readonly string[];
  readonly onBegun?: () => void;
  readonly onClose: () => void;
}

/** Asks whether an import shall be taken back, and why. */
export function UndoDialog({ id, files, onBegun, onClose }: UndoDialogProps) {
  const t = useTexts(importTexts);
  const undo = useUndoImport();
  const begun = () => {
    onClose();
    onBegun?.();
  };
  return (
    <ReasonDialog
      title={t('undoOf', { files: files.join(', ') })}
      description={t('undoHint')}
      confirm={t('undo')}
      danger
      pending={undo.isPending}
      error={undo.error}
      forbidden={t('forbidden')}
      onConfirm={(reason) => undo.mutate({ id, reason }, { onSuccess: begun })}
      onClose={onClose}
    />
  );
}
