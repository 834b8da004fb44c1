import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { toast } from 'sonner';
import { problemOf, type Problem } from '../api/problem.ts';
import { useTexts } from '../i18n/texts.ts';
import { lazyPart } from '../shell/lazy-code.tsx';
import { useShortcuts } from '../shell/shortcuts.ts';
import { useToldProblem } from '../ui/told-problem.ts';
import { historyTexts } from './history.texts.ts';
import { UndoContext, type OfferUndo, type Undoable } from './undo.ts';

const UndoConflict = lazyPart(() => import('./undo-conflict.tsx'), 'UndoConflict');

const OFFERED_MILLISECONDS = 10_000;

/** What can still be taken back, and the toast that offers it. */
interface Offered {
  readonly undoable: Undoable;
  readonly takeBack: () => void;
  readonly toast: string | number;
}

/** Takes back what was done to deals, and asks where somebody else has changed one since. */
export function UndoProvider({ children }: { readonly children: ReactNode }) {
  const t = useTexts(historyTexts);
  const told = useToldProblem();
  const queries = useQueryClient();
  const [offered, setOffered] = useState<readonly Offered[]>([]);
  const [conflict, setConflict] = useState<{ readonly undoable: Undoable; readonly problem: Problem }>();

  const undo = useMemo(() => {
    async function takeBack(undoable: Undoable, revision: number): Promise<void> {
      setConflict(undefined);
      setOffered((all) => all.filter((one) => one.undoable !== undoable));
      try {
        await undoable.takeBack(revision);
        toast.success(t('undone'));
      } catch (error) {
        const problem = problemOf(error);
        const said = t('notUndone', { why: told(error).said });
        if (problem.isConflict) setConflict({ undoable, problem });
        else if (problem.code === 'unreachable') show(toast.error, said, undoable, revision);
        else toast.error(said);
      }
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['opportunities'] }),
        queries.invalidateQueries({ queryKey: ['opportunity', undoable.deal.id] }),
      ]);
    }
    function show(tell: typeof toast.success, said: string, undoable: Undoable, revision: number): void {
      const again = () => void takeBack(undoable, revision);
      const isOver = () => setOffered((all) => all.filter((one) => one.toast !== shown));
      const shown = tell(said, {
        action: {
          label: t('undo'),
          onClick: ({ currentTarget }) => {
            // The toast gives the focus back to whence it came: now, and not later, out of a dialog that has opened.
            currentTarget.blur();
            again();
          },
        },
        duration: OFFERED_MILLISECONDS,
        onAutoClose: isOver,
        onDismiss: isOver,
      });
      setOffered((all) => [...all, { undoable, takeBack: again, toast: shown }]);
    }
    const offer: OfferUndo = (said, undoable) => show(toast.success, said, undoable, undoable.revision);
    return { offer, takeBack };
  }, [queries, t, told]);

  const last = offered.at(-1);
  useShortcuts(
    useMemo(() => {
      const actions: Record<string, () => void> = {};
      if (last) {
        actions['mod+z'] = () => {
          toast.dismiss(last.toast);
          last.takeBack();
        };
      }
      return actions;
    }, [last]),
  );
  return (
    <UndoContext value={undo.offer}>
      {children}
      {conflict && (
        <UndoConflict
          {...conflict}
          onClose={() => setConflict(undefined)}
          onTakeBack={(revision) => void undo.takeBack(conflict.undoable, revision)}
        />
      )}
    </UndoContext>
  );
}
