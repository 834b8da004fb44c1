import {
  DragDropContext,
  type DragStart,
  type DragUpdate,
  type DropResult,
  type MovementMode,
  type ResponderProvided,
} from '@hello-pangea/dnd';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useMay } from '../../../api/me.ts';
import { queryClient } from '../../../api/query-client.ts';
import type { components } from '../../../api/schema.d.ts';
import type { DealFilterSearch } from '../../../filters/cut-search.ts';
import { useLanguage } from '../../../i18n/language.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { stageName } from '../../../pipelines/stage-name.ts';
import { lazyPart } from '../../../shell/lazy-code.tsx';
import { columnQuery, type DealCard, type Stage } from '../api/board.ts';
import { boardTexts } from '../board.texts.ts';
import { BoardColumn } from './board-column.tsx';
import { ENDS, EndTargets, useAimedEnd } from './end-targets.tsx';
import { useCardFocus, type ColumnHandle } from './use-card-focus.ts';
import { useDealSteps } from './use-deal-steps.ts';
import { useOpenedDeal } from './use-opened-deal.ts';

const StepDialog = lazyPart(() => import('./step-dialog.tsx'), 'StepDialog');
const CardConflict = lazyPart(() => import('./card-conflict.tsx'), 'CardConflict');

/** Pixels a frame at which columns scroll under a card at their edge, as the library has it. */
const FASTEST_SCROLL = 28;
/** Frames in which the window scrolls by its own width at most, so that on a phone no column rushes by. */
const SLOWEST_CROSSING = 40;

/** How many cards further down a key leads. */
const STEPS_DOWN: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: -5,
  PageDown: 5,
  Home: -Infinity,
  End: Infinity,
};

interface BoardColumnsProps {
  readonly board: components['schemas']['BoardAnswerDto'];
  readonly readAt: number;
  /** Those the board was read with. */
  readonly filters: DealFilterSearch;
  readonly stages: readonly Stage[];
  readonly currency: string;
}

/** The columns of a board, between which deals are moved by mouse, finger and keys. */
export function BoardColumns({ board, readAt, filters, stages, currency }: BoardColumnsProps) {
  const t = useTexts(boardTexts);
  const language = useLanguage();
  const { pipelineId, pipelineName } = board;
  const pipeline = useMemo(() => ({ pipelineId, pipelineName, stages }), [pipelineId, pipelineName, stages]);
  const [lifted, setLifted] = useState<DealCard>();
  // Whoever is quick goes on before the board is drawn with what was lifted.
  const inHand = useRef<DealCard>(undefined);
  const [movedBy, setMovedBy] = useState<MovementMode>();
  const byPointer = movedBy === 'FLUID';
  const aimed = useAimedEnd(byPointer);
  // Kept here, as a card that others move is drawn anew in its column.
  const [menuOf, setMenuOf] = useState<string>();
  const columns = useRef(new Map<string, ColumnHandle>());
  const isBusy = useRef(false);
  const focus = useCardFocus(columns, isBusy, useOpenedDeal());
  const mayChange = useMay()('change');
  const currencies = Math.max(1, ...board.columns.map(({ worth }) => worth.length));
  const steps = useDealSteps(pipeline, focus.follow);
  // Before any column asks for the focus that it lost.
  useLayoutEffect(() => {
    isBusy.current = Boolean(lifted ?? steps.question ?? steps.conflict ?? menuOf);
  });
  useEffect(() => focus.restore());
  const order = useMemo(() => board.columns.map(({ stage }) => stage.id), [board]);

  const nameOf = (droppable: string): string => {
    const [kind, id] = placeOf(droppable);
    if (kind === 'end') return t(`end.${ENDS.find((end) => end === id) ?? 'suspend'}`);
    const column = board.columns.find(({ stage }) => stage.id === id);
    return column ? stageName(column.stage, language) : id;
  };
  const onDragStart = ({ draggableId, source, mode }: DragStart, { announce }: ResponderProvided) => {
    const [, stage] = placeOf(source.droppableId);
    const pages = queryClient.getQueryData(columnQuery(filters, stage).queryKey)?.pages ?? [];
    const seen = pages.flatMap(({ cards }) => cards).find(({ id }) => id === draggableId);
    const card = steps.held.get(draggableId)?.card ?? seen;
    inHand.current = card;
    setLifted(card);
    setMovedBy(mode);
    if (mode === 'SNAP') showPlace(source.droppableId);
    announce(t('lifted', { title: card?.title, column: nameOf(source.droppableId) }));
  };
  const onDragUpdate = ({ destination, mode }: DragUpdate, { announce }: ResponderProvided) => {
    if (mode === 'SNAP' && destination) showPlace(destination.droppableId);
    const over = aimed === undefined ? destination?.droppableId : `end:${aimed}`;
    const column = over === undefined ? undefined : nameOf(over);
    announce(t(column === undefined ? 'overNothing' : 'over', { title: inHand.current?.title, column }));
  };
  const onDragEnd = ({ source, destination, reason }: DropResult, { announce }: ResponderProvided) => {
    const card = inHand.current;
    inHand.current = undefined;
    setLifted(undefined);
    setMovedBy(undefined);
    if (!card) return;
    const place = aimed === undefined ? destination?.droppableId : `end:${aimed}`;
    const isBack = reason === 'CANCEL' || place === undefined || place === source.droppableId;
    const column = nameOf(isBack ? source.droppableId : place);
    announce(t(isBack ? 'putBack' : 'dropped', { title: card.title, column }));
    if (isBack) return;
    const [kind, id] = placeOf(place);
    const end = ENDS.find((one) => one === id);
    steps.begin(card, kind === 'end' && end ? { kind: end } : { kind: 'move', toStage: id });
  };
  const onMenu = useCallback((deal: string, isOpen: boolean) => setMenuOf(isOpen ? deal : undefined), []);
  const onArrow = useCallback(
    (stage: string, index: number, key: string) => {
      const at = order.indexOf(stage);
      const down = STEPS_DOWN[key];
      if (down !== undefined) {
        columns.current.get(stage)?.focusCard(index + down);
        return;
      }
      const direction = key === 'ArrowLeft' ? -1 : 1;
      // Over empty columns to the next one that has a card.
      for (let next = at + direction; next >= 0 && next < order.length; next += direction) {
        if (columns.current.get(order[next] ?? '')?.focusCard(index)) return;
      }
    },
    [order],
  );
  return (
    <DragDropContext
      dragHandleUsageInstructions={t('dragHelp')}
      onDragStart={onDragStart}
      onDragUpdate={onDragUpdate}
      onDragEnd={onDragEnd}
      autoScrollerOptions={{
        disabled: aimed !== undefined,
        maxPixelScroll: Math.min(FASTEST_SCROLL, globalThis.innerWidth / SLOWEST_CROSSING),
      }}
    >
      <div
        data-wide
        data-dragging={lifted && ''}
        className="relative flex min-h-0 flex-1 gap-2.5 px-4 py-3 print:grid print:grid-cols-[repeat(auto-fit,minmax(10rem,1fr))] print:gap-1.5 print:px-0"
      >
        {board.columns.map((column) => (
          <BoardColumn
            key={column.stage.id}
            ref={(handle) => {
              if (handle) columns.current.set(column.stage.id, handle);
              else columns.current.delete(column.stage.id);
            }}
            column={column}
            readAt={readAt}
            filters={filters}
            pipeline={board.pipelineId}
            currencies={currencies}
            stages={stages}
            held={steps.held}
            isDragging={lifted !== undefined}
            isAtEnd={aimed !== undefined}
            onWish={steps.begin}
            menuOf={menuOf}
            onMenu={onMenu}
            onArrow={onArrow}
            focus={focus}
          />
        ))}
        {mayChange && <EndTargets byPointer={byPointer} aimed={aimed} />}
      </div>
      {steps.question && (
        <StepDialog
          key={steps.question.card.id}
          question={steps.question}
          stages={stages}
          pipeline={board.pipelineId}
          currency={currency}
          onTake={steps.take}
          onClose={steps.cancel}
        />
      )}
      {steps.conflict && (
        <CardConflict
          conflict={steps.conflict}
          pipeline={pipeline}
          onRetry={() => void steps.retry()}
          onClose={steps.leave}
        />
      )}
    </DragDropContext>
  );
}

/** Scrolls to where keys have led a card, with what lies beside it: they lead no further than what is in sight. */
function showPlace(droppable: string): void {
  const place = document.querySelector(`[data-rfd-droppable-id="${CSS.escape(droppable)}"]`);
  place?.scrollIntoView({ inline: 'center', block: 'nearest' });
}

function placeOf(droppable: string): readonly [kind: string, id: string] {
  const colon = droppable.indexOf(':');
  return [droppable.slice(0, colon), droppable.slice(colon + 1)];
}
