import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { toast } from 'sonner';
import { useMay } from '../../api/me.ts';
import { problemOf, type Problem } from '../../api/problem.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useToldProblem } from '../../ui/told-problem.ts';
import { actionTexts } from './action.texts.ts';
import { dealQuery, type Deal } from './api/deal.ts';
import { carryOut, type DealCommand } from './api/deal-command.ts';
import { dealTexts } from './deal.texts.ts';
import { ACTIONS } from './deal-rules.ts';
import { inverseCommands } from './inverse-command.ts';

/** A value that somebody typed, as it reads. */
export interface TypedValue {
  readonly field: string;
  readonly label: string;
  readonly value: string;
}

/** `kept`: the others' change stands and the own one is given up; `cancelled`: nothing was decided yet. */
export type Outcome = 'done' | 'kept' | 'cancelled';
export type ConflictChoice = 'theirs' | 'mine' | 'cancel';

/** A command that was refused because the deal had changed, until somebody chooses. */
export interface Conflict {
  readonly problem: Problem;
  readonly yours: readonly TypedValue[];
  readonly choose: (choice: ConflictChoice) => void;
}

export interface DealCommands {
  readonly conflict: Conflict | undefined;
  /** Carries a command out on the deal as it was read. Throws the problem where it is refused but for a conflict. */
  readonly run: (command: DealCommand, read: Deal, yours?: readonly TypedValue[]) => Promise<Outcome>;
}

/** Gives commands on a deal: asks about conflicts, shows what was done, and offers to take it back. */
export function useDealCommands(id: string): DealCommands {
  const t = useTexts(dealTexts);
  const action = useTexts(actionTexts);
  const told = useToldProblem();
  const queries = useQueryClient();
  const may = useMay();
  const [conflict, setConflict] = useState<Conflict>();

  const send = useCallback(
    async (command: DealCommand, revision: number, before: Deal): Promise<void> => {
      const readAnew = async (): Promise<void> => {
        void queries.invalidateQueries({ queryKey: ['opportunities'] });
        await queries.invalidateQueries({ queryKey: ['opportunity', id] });
      };
      const answer = await carryOut(id, revision, command);
      await readAnew();
      const back = inverseCommands(command, before, t('undoReason'));
      const mayUndo = back.length > 0 && (may('undo_endings') || back.every(({ name }) => name !== 'reopen'));
      const named = ACTIONS.find((one) => one === command.name);
      const said = answer.events.length === 0 ? t('nothingChanged') : named ? action(`done.${named}`) : t('saved');
      if (!mayUndo || answer.events.length === 0) {
        toast(said);
        return;
      }
      const undo = async (): Promise<void> => {
        try {
          let at = answer.revision;
          for (const one of back) at = (await carryOut(id, at, one)).revision;
          await readAnew();
          toast(t('undone'));
        } catch (error) {
          toast.error(t('notSaved', { why: told(error).said }));
        }
      };
      toast(said, { action: { label: t('undo'), onClick: () => void undo() }, duration: 10_000 });
    },
    [id, queries, may, t, action, told],
  );

  const run = useCallback(
    async (command: DealCommand, read: Deal, yours: readonly TypedValue[] = []): Promise<Outcome> => {
      let before = read;
      let { revision } = read;
      for (;;) {
        try {
          await send(command, revision, before);
          return 'done';
        } catch (error) {
          const problem = problemOf(error);
          const { actual } = problem.document;
          if (!problem.isConflict || typeof actual !== 'number') throw problem;
          before = await queries.fetchQuery({ ...dealQuery(id), staleTime: 0 });
          void queries.invalidateQueries({ queryKey: ['opportunity', id, 'timeline'] });
          const choice = await new Promise<ConflictChoice>((choose) => setConflict({ problem, yours, choose }));
          setConflict(undefined);
          if (choice !== 'mine') return choice === 'theirs' ? 'kept' : 'cancelled';
          revision = actual;
        }
      }
    },
    [id, queries, send],
  );
  return { conflict, run };
}
