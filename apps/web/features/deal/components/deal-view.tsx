import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { toast } from 'sonner';
import { problemOf } from '../../../api/problem.ts';
import { useMay } from '../../../api/me.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { useShortcuts } from '../../../shell/shortcuts.ts';
import { ErrorNotice } from '../../../ui/notices.tsx';
import { useToldProblem } from '../../../ui/told-problem.ts';
import { uiTexts } from '../../../ui/ui.texts.ts';
import { usePastDeal, type Deal } from '../api/deal.ts';
import type { TimelineEntry } from '../api/timeline.ts';
import { actionTexts } from '../action.texts.ts';
import { dealTexts } from '../deal.texts.ts';
import { actionsOf, type DealAction } from '../deal-rules.ts';
import type { DealSearch } from '../deal-search.ts';
import { useDealWords } from '../../../history/deal-words.ts';
import { dayOf, eventsAround, instantOf, isAhead, momentsOf } from '../moments.ts';
import { toldEvents } from '../../../history/told-event.ts';
import { useDealCommands } from '../use-deal-commands.ts';
import { DealConflict } from './deal-conflict.tsx';
import { DealActivities } from './deal-activities.tsx';
import { DealDialog, type OpenAction } from './deal-dialog.tsx';
import { DealHead } from './deal-head.tsx';
import { DealNotes } from './deal-notes.tsx';
import { DealTimeline } from './deal-timeline.tsx';
import { KeyFields } from './key-fields.tsx';
import { SincePanel } from './since-panel.tsx';
import { StageBar } from './stage-bar.tsx';
import { TimeSlider } from './time-slider.tsx';

interface DealViewProps {
  readonly deal: Deal;
  readonly entries: readonly TimelineEntry[];
}

const KEYS: readonly (readonly [key: string, action: DealAction])[] = [
  ['m', 'move'],
  ['l', 'log-activity'],
];

/** A deal that is there, now or at a past moment. */
export function DealView({ deal, entries }: DealViewProps) {
  const t = useTexts(dealTexts);
  const told = useToldProblem();
  const navigate = useNavigate({ from: '/deals/$id' });
  const { asOf: asked, events: kind } = useSearch({ from: '/deals/$id' });
  const actions = useTexts(actionTexts);
  const ui = useTexts(uiTexts);
  const may = useMay();
  const words = useDealWords(deal);
  const commands = useDealCommands(deal.id);
  const [open, setOpen] = useState<OpenAction>();
  const slider = useRef<HTMLInputElement>(null);
  const events = useMemo(() => toldEvents(entries), [entries]);
  const moments = useMemo(() => momentsOf(events), [events]);
  const ahead = isAhead(asked, moments) ? asked : undefined;
  const asOf = ahead === undefined ? asked : undefined;
  const instant = instantOf(asOf);
  const pastDeal = usePastDeal(deal.id, asOf);
  const { by, since } = useMemo(() => eventsAround(events, instant), [events, instant]);
  const choose = useCallback(
    (moment: string | undefined) =>
      void navigate({
        search: ({ asOf: _, ...rest }: DealSearch) => (moment === undefined ? rest : { ...rest, asOf: moment }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const past = asOf !== undefined;
  const locked = past ? actions('disabled') : may('change') ? undefined : ui('readOnly');
  const { status } = deal;
  useShortcuts(
    useMemo(() => {
      const allowed = locked === undefined ? actionsOf(status) : [];
      return Object.fromEntries(
        KEYS.filter(([, action]) => allowed.includes(action)).map(([key, action]) => [key, () => setOpen({ action })]),
      );
    }, [locked, status]),
  );
  // Until the past is there, what is shown stays where it is.
  const state = past && !pastDeal.error ? (pastDeal.data ?? deal) : past ? undefined : deal;

  const move = (stageId: string) => {
    const ids = deal.stages.map(({ id }) => id);
    if (ids.indexOf(stageId) !== ids.indexOf(deal.stageId) + 1) return setOpen({ action: 'move', toStage: stageId });
    const yours = [{ field: 'stageId', label: words.field('stageId'), value: words.stage(stageId) }];
    commands.run({ name: 'move', body: { toStage: stageId } }, deal, yours).catch((error: unknown) => {
      toast.error(t('notSaved', { why: told(error).said }));
    });
  };
  return (
    <div className="mx-auto flex max-w-7xl flex-col gap-3 p-4" aria-busy={past && pastDeal.isFetching}>
      <TimeSlider moments={moments} asOf={asOf} onChoose={choose} slider={slider} />
      <DealNotes
        status={deal.status}
        asOf={asOf}
        ahead={ahead}
        error={past ? pastDeal.error : null}
        onNow={() => {
          choose(undefined);
          slider.current?.focus();
        }}
      />
      {state && (
        <>
          <DealHead
            deal={deal}
            state={state}
            locked={locked}
            commands={commands}
            onAction={(action) => setOpen({ action })}
          />
          <StageBar state={state} events={by} locked={locked} onMove={move} />
        </>
      )}
      {past && pastDeal.error && problemOf(pastDeal.error).status !== 404 && (
        <ErrorNotice error={pastDeal.error} onRetry={() => void pastDeal.refetch()} />
      )}
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-3 xl:order-2">
          {state && (
            <KeyFields
              deal={deal}
              state={state}
              today={dayOf(instant)}
              locked={locked}
              words={words}
              commands={commands}
              onAction={(action) => setOpen({ action })}
            />
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          {past && state && <SincePanel deal={deal} state={state} events={since} words={words} />}
          {state && (
            <DealActivities
              state={state}
              events={by}
              locked={locked}
              words={words}
              onLog={() => setOpen({ action: 'log-activity' })}
            />
          )}
          <DealTimeline
            id={deal.id}
            events={by}
            words={words}
            kind={kind}
            onKind={(next) =>
              void navigate({
                search: ({ events: _, ...rest }: DealSearch) => (next === undefined ? rest : { ...rest, events: next }),
                replace: true,
                resetScroll: false,
              })
            }
          />
        </div>
      </div>
      {open && locked === undefined && (
        <DealDialog {...open} deal={deal} words={words} commands={commands} onClose={() => setOpen(undefined)} />
      )}
      {commands.conflict && <DealConflict deal={deal} words={words} conflict={commands.conflict} />}
    </div>
  );
}
