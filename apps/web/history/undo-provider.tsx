import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { toast } from 'sonner';
import { problemOf, type Problem } from '../api/problem.ts';
import { useTexts } from '../i18n/texts.ts';
import { useShortcuts } from '../shell/shortcuts.ts';
import { useToldProblem } from '../ui/told-problem.ts';
import { historyTexts } from './history.texts.ts';
import { UndoConflict } from './undo-conflict.tsx';
import { UndoContext, type OfferUndo, type Undoable } from './undo.ts';

const OFFERED_MILLISECONDS = 10_000;

/** What can still be taken back, and the toast that offers it. */
interface Offered {
  readonly undoable: Undoable;
  readonly toast: string | number;
}

/** Takes back what was done to deals, and asks where somebody else has changed one since. */
export function UndoProvider({ children }: { readonly children: ReactNode }) {
  const t = useTexts(historyTexts);
  const told = useToldProblem();
  const queries = useQueryClient();
  const [offered, setOffered] = useState<readonly Offered[]>([]);
  const [conflict, setConflict] = useState<{ readonly undoable: Undoable; readonly problem: Problem }>();

  const takeBack = useCallback(
    async (undoable: Undoable, revision: number): Promise<void> => {
      setConflict(undefined);
      setOffered((all) => all.filter((one) => one.undoable !== undoable));
      try {
        await undoable.takeBack(revision);
        toast.success(t('undone'));
      } catch (error) {
        const problem = problemOf(error);
        if (problem.isConflict) setConflict({ undoable, problem });
        else toast.error(t('notUndone', { why: told(error).said }));
      }
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['opportunities'] }),
        queries.invalidateQueries({ queryKey: ['opportunity', undoable.deal.id] }),
      ]);
    },
    [queries, t, told],
  );

  const offer = useCallback<OfferUndo>(
    (said, undoable) => {
      const isOver = () => setOffered((all) => all.filter((one) => one.undoable !== undoable));
      const shown = toast.success(said, {
        action: {
          label: t('undo'),
          onClick: ({ currentTarget }) => {
            // The toast gives the focus back to whence it came: now, and not later, out of a dialog that has opened.
            currentTarget.blur();
            void takeBack(undoable, undoable.revision);
          },
        },
        duration: OFFERED_MILLISECONDS,
        onAutoClose: isOver,
        onDismiss: isOver,
      });
      setOffered((all) => [...all, { undoable, toast: shown }]);
    },
    [takeBack, t],
  );

  const last = offered.at(-1);
  useShortcuts(
    useMemo(() => {
      const actions: Record<string, () => void> = {};
      if (last) {
        actions['mod+z'] = () => {
          toast.dismiss(last.toast);
          void takeBack(last.undoable, last.undoable.revision);
        };
      }
      return actions;
    }, [last, takeBack]),
  );
  return (
    <UndoContext value={offer}>
      {children}
      {conflict && (
        <UndoConflict
          {...conflict}
          onLeave={() => setConflict(undefined)}
          onTakeBack={(revision) => void takeBack(conflict.undoable, revision)}
        />
      )}
    </UndoContext>
  );
}
