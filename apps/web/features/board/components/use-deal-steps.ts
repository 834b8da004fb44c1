import { useCallback, useRef, useState } from 'react';
import { toast } from 'sonner';
import { useMay } from '../../../api/me.ts';
import { problemOf, type Problem } from '../../../api/problem.ts';
import { queryClient } from '../../../api/query-client.ts';
import type { DealPipeline } from '../../../history/deal-words.ts';
import { historyTexts } from '../../../history/history.texts.ts';
import { inTurn, useOfferUndo } from '../../../history/undo.ts';
import { useLanguage } from '../../../i18n/language.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { stageName } from '../../../pipelines/stage-name.ts';
import { useToldProblem } from '../../../ui/told-problem.ts';
import type { DealCard } from '../api/board.ts';
import { inverseOf, readAgain, takeStep, type DealStep } from '../api/deal-steps.ts';
import { boardTexts } from '../board.texts.ts';

/** What somebody wants to become of a deal; what else the server must know is asked for. */
export type Wish =
  { readonly kind: 'move'; readonly toStage: string } | { readonly kind: 'win' | 'lose' | 'suspend' | 'transfer' };

export interface Question {
  readonly card: DealCard;
  readonly wish: Wish;
}

export interface Conflict {
  readonly card: DealCard;
  readonly step: DealStep;
  readonly problem: Problem;
}

/** A deal shown where it is to be until the server has said whether it may be there; nowhere where it leaves the board. */
export interface Held {
  readonly card: DealCard;
  readonly toStage: string | undefined;
}

export interface DealSteps {
  readonly held: ReadonlyMap<string, Held>;
  readonly question: Question | undefined;
  readonly conflict: Conflict | undefined;
  /** Does what is wished, or asks first for what is missing. */
  readonly begin: (card: DealCard, wish: Wish) => void;
  /** Carries a step out; throws the refusal for whoever asked to show. */
  readonly take: (card: DealCard, step: DealStep) => Promise<void>;
  /** Sends the step of a conflict again, on the deal as it is now. */
  readonly retry: () => Promise<void>;
  /** Gives up the step that is asked about. */
  readonly cancel: () => void;
  /** Leaves the deal of a conflict as it is. */
  readonly leave: () => void;
}

const DEALS = { queryKey: ['opportunities'] } as const;

/**
 * Steps of deals on the board: shown at once, asked about where needed, taken back where refused. A deal takes one at a
 * time. `onBack` hears of deals whose step was undone.
 */
export function useDealSteps(pipeline: DealPipeline, onBack: (deal: string) => void): DealSteps {
  const { stages } = pipeline;
  const t = useTexts(boardTexts);
  const history = useTexts(historyTexts);
  const offerUndo = useOfferUndo();
  const told = useToldProblem();
  const language = useLanguage();
  const may = useMay();
  const [held, setHeld] = useState<ReadonlyMap<string, Held>>(new Map());
  const [question, setQuestion] = useState<Question>();
  /** The same as `question`, before that is drawn. */
  const asked = useRef<Question>(undefined);
  const [conflict, setConflict] = useState<Conflict>();
  const underWay = useRef(new Set<string>());
  /** Where the last step has left a deal, which the board may not have read yet. */
  const reached = useRef(new Map<string, number>());

  const hold = useCallback((card: DealCard, toStage: string | undefined): Held => {
    const place = { card, toStage };
    setHeld((all) => new Map(all).set(card.id, place));
    return place;
  }, []);
  const release = useCallback(
    (id: string) => setHeld((all) => new Map([...all].filter(([other]) => other !== id))),
    [],
  );
  /** The next step of the deal may hold it elsewhere by then. */
  const releaseFrom = useCallback(
    (place: Held | undefined) => setHeld((all) => new Map([...all].filter(([, other]) => other !== place))),
    [],
  );

  const showQuestion = useCallback((next: Question | undefined) => {
    asked.current = next;
    setQuestion(next);
  }, []);

  const tellDone = useCallback(
    (card: DealCard, step: DealStep, revision: number) => {
      const stage = step.kind === 'move' && stages.find(({ id }) => id === step.body.toStage);
      const values = {
        title: card.title,
        stage: stage ? stageName(stage, language) : '',
        owner: step.kind === 'transfer' ? step.body.to : '',
      };
      const back = inverseOf(step, card, history('undoReason'));
      const mayUndo = back.length > 0 && (may('undo_endings') || back.every(({ kind }) => kind !== 'reopen'));
      const said = t(`done.${step.kind}`, values);
      if (!mayUndo) {
        toast.success(said);
        return;
      }
      const { id, currency } = card;
      const takeBack = inTurn(back, (at, one) => takeStep(id, at, one));
      offerUndo(said, {
        deal: { ...pipeline, id, currency },
        revision,
        takeBack: async (at) => {
          await takeBack(at);
          onBack(id);
        },
      });
    },
    [pipeline, stages, language, may, onBack, t, history, offerUndo],
  );

  const take = useCallback(
    async (card: DealCard, step: DealStep): Promise<void> => {
      const place =
        step.kind === 'transfer' ? undefined : hold(card, step.kind === 'move' ? step.body.toStage : undefined);
      // Another deal may be asked about meanwhile.
      const endQuestion = () => {
        if (asked.current?.card.id === card.id) showQuestion(undefined);
      };
      underWay.current.add(card.id);
      try {
        const { revision } = await takeStep(card.id, card.revision, step);
        reached.current.set(card.id, revision);
        endQuestion();
        tellDone(card, step, revision);
      } catch (error) {
        const problem = problemOf(error);
        if (!problem.isConflict) throw error;
        endQuestion();
        release(card.id);
        setConflict({ card, step, problem });
      } finally {
        underWay.current.delete(card.id);
      }
      // Whoever is quick takes the next step before.
      await readAnew();
      releaseFrom(place);
    },
    [hold, release, releaseFrom, showQuestion, tellDone],
  );

  const tellRefused = useCallback(
    ({ title }: DealCard, error: unknown) =>
      toast.error(t('refused', { title }), { description: told(error).said, duration: 10_000 }),
    [t, told],
  );

  /** For steps without a dialog that could show the refusal. */
  const attempt = useCallback(
    async (card: DealCard, step: DealStep) => {
      try {
        await take(card, step);
      } catch (error) {
        release(card.id);
        tellRefused(card, error);
      }
    },
    [take, release, tellRefused],
  );

  const cancel = useCallback(() => {
    if (asked.current) release(asked.current.card.id);
    showQuestion(undefined);
  }, [release, showQuestion]);

  const ask = useCallback(
    (card: DealCard, wish: Wish) => {
      if (wish.kind === 'move' && !needsReason(stages, card.stageId, wish.toStage)) {
        const step = { kind: 'move', body: { toStage: wish.toStage } } as const;
        void attempt(card, step);
        return;
      }
      // Another deal may be asked about since this gesture began.
      cancel();
      if (wish.kind !== 'transfer') hold(card, wish.kind === 'move' ? wish.toStage : undefined);
      showQuestion({ card, wish });
    },
    [attempt, cancel, hold, showQuestion, stages],
  );

  const begin = useCallback(
    (card: DealCard, wish: Wish) => {
      if (underWay.current.has(card.id)) return;
      if (card.revision >= (reached.current.get(card.id) ?? 0)) {
        ask(card, wish);
        return;
      }
      underWay.current.add(card.id);
      readAgain(card)
        .finally(() => underWay.current.delete(card.id))
        .then((now) => ask(now, wish))
        .catch((error: unknown) => tellRefused(card, error));
    },
    [ask, tellRefused],
  );

  const retry = useCallback(async () => {
    if (!conflict) return;
    const { card: seen, step } = conflict;
    setConflict(undefined);
    try {
      const card = await readAgain(seen);
      // Where the others have moved it, the same move may need a reason now.
      if (step.kind === 'move' && step.body.reason === undefined && card.status === 'open')
        ask(card, { kind: 'move', toStage: step.body.toStage });
      else await attempt(card, step);
    } catch (error) {
      tellRefused(seen, error);
    }
  }, [ask, attempt, conflict, tellRefused]);

  // `take` has put its card back already.
  const leave = useCallback(() => setConflict(undefined), []);

  return { held, question, conflict, begin, take, retry, cancel, leave };
}

/** Whether the server's rule asks why: one stage ahead is the usual way, anything else is told with a reason. */
export function needsReason(stages: readonly { readonly id: string }[], from: string, to: string): boolean {
  const at = (stage: string) => stages.findIndex(({ id }) => id === stage);
  return at(to) !== at(from) + 1;
}

/** Resolves once every list shows what was just done. */
async function readAnew(): Promise<void> {
  await queryClient.invalidateQueries(DEALS);
  // A live event may have begun the reads again meanwhile.
  while (queryClient.isFetching({ ...DEALS, type: 'active' }) > 0) {
    await queryClient.refetchQueries({ ...DEALS, type: 'active', fetchStatus: 'fetching' }, { cancelRefetch: false });
  }
}
