import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { toast } from 'sonner';
import { useMay } from '../../api/me.ts';
import { problemOf, type Problem } from '../../api/problem.ts';
import { historyTexts } from '../../history/history.texts.ts';
import { inTurn, useOfferUndo } from '../../history/undo.ts';
import { useTexts } from '../../i18n/texts.ts';
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
  /**
   * Carries a command out on the deal as it was read, one for each such reading: a second one, as by a double click, is
   * cancelled until the first is done. Throws the problem where it is refused but for a conflict.
   */
  readonly run: (command: DealCommand, read: Deal, yours?: readonly TypedValue[]) => Promise<Outcome>;
}

/** Gives commands on a deal: asks about conflicts, shows what was done, and offers to take it back. */
export function useDealCommands(id: string): DealCommands {
  const t = useTexts(dealTexts);
  const action = useTexts(actionTexts);
  const history = useTexts(historyTexts);
  const offerUndo = useOfferUndo();
  const queries = useQueryClient();
  const may = useMay();
  /** Those that nobody has decided yet, the first of which is shown. */
  const [conflicts, setConflicts] = useState<readonly Conflict[]>([]);
  /** The revisions on which the commands under way were given. */
  const underWay = useRef(new Set<number>());

  const send = useCallback(
    async (command: DealCommand, revision: number, before: Deal): Promise<void> => {
      const answer = await carryOut(id, revision, command);
      void queries.invalidateQueries({ queryKey: ['opportunities'] });
      await queries.invalidateQueries({ queryKey: ['opportunity', id] });
      const back = inverseCommands(command, before, history('undoReason'));
      const mayUndo = back.length > 0 && (may('undo_endings') || back.every(({ name }) => name !== 'reopen'));
      const named = ACTIONS.find((one) => one === command.name);
      const said = answer.events.length === 0 ? t('nothingChanged') : named ? action(`done.${named}`) : t('saved');
      if (!mayUndo || answer.events.length === 0) {
        toast(said);
        return;
      }
      offerUndo(said, {
        deal: before,
        revision: answer.revision,
        takeBack: inTurn(back, (at, one) => carryOut(id, at, one)),
      });
    },
    [id, queries, may, t, action, history, offerUndo],
  );

  const settle = useCallback(
    async (command: DealCommand, read: Deal, yours: readonly TypedValue[]): Promise<Outcome> => {
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
          const choice = await new Promise<ConflictChoice>((resolve) => {
            const conflict: Conflict = {
              problem,
              yours,
              choose: (chosen) => {
                setConflicts((all) => all.filter((other) => other !== conflict));
                resolve(chosen);
              },
            };
            setConflicts((all) => [...all, conflict]);
          });
          if (choice !== 'mine') return choice === 'theirs' ? 'kept' : 'cancelled';
          revision = actual;
        }
      }
    },
    [id, queries, send],
  );

  const run = useCallback(
    async (command: DealCommand, read: Deal, yours: readonly TypedValue[] = []): Promise<Outcome> => {
      if (underWay.current.has(read.revision)) return 'cancelled';
      underWay.current.add(read.revision);
      return settle(command, read, yours).finally(() => underWay.current.delete(read.revision));
    },
    [settle],
  );
  return { conflict: conflicts[0], run };
}
