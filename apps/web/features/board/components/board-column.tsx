import { Draggable, Droppable } from '@hello-pangea/dnd';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useElementScrollRestoration } from '@tanstack/react-router';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useEffect, useMemo, useRef, useState, type Ref, useImperativeHandle } from 'react';
import { useMay } from '../../../api/me.ts';
import type { DealFilterSearch } from '../../../filters/cut-search.ts';
import { useLanguage } from '../../../i18n/language.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { stageName } from '../../../pipelines/stage-name.ts';
import { lazyPart } from '../../../shell/lazy-code.tsx';
import { useIsPrinting } from '../../../ui/printing.ts';
import { columnQuery, pageOf, type BoardColumnAnswer, type DealCard, type Stage } from '../api/board.ts';
import { boardTexts } from '../board.texts.ts';
import { CARD_GAP, CARD_HEIGHT, DealCardView } from './deal-card.tsx';
import { ColumnHeader } from './column-header.tsx';
import type { CardFocus, ColumnHandle } from './use-card-focus.ts';
import type { Held, Wish } from './use-deal-steps.ts';
import { useChanged } from './use-changed.ts';

interface BoardColumnProps {
  readonly ref: Ref<ColumnHandle>;
  readonly column: BoardColumnAnswer;
  /** When the board was read. */
  readonly readAt: number;
  readonly filters: DealFilterSearch;
  readonly pipeline: string;
  /** The most that a column of the board has sums in. */
  readonly currencies: number;
  readonly stages: readonly Stage[];
  readonly held: ReadonlyMap<string, Held>;
  readonly isDragging: boolean;
  /** Whether what is dragged would leave the board here. */
  readonly isAtEnd: boolean;
  readonly onWish: (card: DealCard, wish: Wish) => void;
  /** The deal whose menu is open. */
  readonly menuOf: string | undefined;
  readonly onMenu: (deal: string, isOpen: boolean) => void;
  readonly onArrow: (stage: string, index: number, key: string) => void;
  readonly focus: CardFocus;
}

const QuickAdd = lazyPart(() => import('./quick-add.tsx'), 'QuickAdd');

const STEP = CARD_HEIGHT + CARD_GAP;
/** Cards ahead of the last one at which more are asked for. */
const AHEAD = 20;

/** A stage with its totals and its deals, of which only those in sight are drawn. */
export const BoardColumn = memo(function BoardColumn(props: BoardColumnProps) {
  const {
    ref,
    column,
    readAt,
    filters,
    pipeline,
    currencies,
    stages,
    held,
    isDragging,
    isAtEnd,
    onWish,
    menuOf,
    onMenu,
    onArrow,
    focus,
  } = props;
  const t = useTexts(boardTexts);
  const language = useLanguage();
  const { id } = column.stage;
  const name = stageName(column.stage, language);
  const mayChange = useMay()('change');
  const [adding, setAdding] = useState(false);
  const [active, setActive] = useState<string>();
  const wanted = useRef<string>(undefined);
  const addButton = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = useInfiniteQuery({
    ...columnQuery(filters, id),
    initialData: { pages: [pageOf(column)], pageParams: [undefined] },
    initialDataUpdatedAt: readAt,
  });
  const read = useMemo(() => distinct(data.pages.flatMap(({ cards }) => cards)), [data]);
  const changed = useChanged(read);
  const cards = useFrozen(
    useMemo(() => placed(read, held, id), [read, held, id]),
    isDragging,
  );
  const limit = stages.find((stage) => stage.id === id)?.rottingAfterDays;

  const isPrinting = useIsPrinting();
  const scrollId = `stage:${id}`;
  const scrolled = useElementScrollRestoration({ id: scrollId });
  const activeIndex = cards.findIndex((card) => card.id === active);
  const virtualizer = useVirtualizer({
    count: cards.length,
    getScrollElement: () => list.current,
    estimateSize: () => STEP,
    getItemKey: (index) => cards[index]?.id ?? index,
    overscan: 4,
    initialOffset: scrolled?.scrollY ?? 0,
    // The card that has the focus stays drawn out of sight, for with it the focus would be gone.
    rangeExtractor: (range) => {
      if (isPrinting) return cards.map((_, index) => index);
      const inSight = defaultRangeExtractor(range);
      return activeIndex < 0 || inSight.includes(activeIndex)
        ? inSight
        : [...inSight, activeIndex].toSorted((left, right) => left - right);
    },
  });
  const items = virtualizer.getVirtualItems();
  const last = virtualizer.range?.endIndex ?? 0;
  useEffect(() => {
    const isNear = last >= cards.length - AHEAD;
    if (isNear && hasNextPage && !isFetching && !isDragging && !isFetchNextPageError) void fetchNextPage();
  }, [last, cards.length, hasNextPage, isFetching, isDragging, isFetchNextPageError, fetchNextPage]);

  useImperativeHandle(ref, () => {
    const focusCard = (index: number): boolean => {
      const place = Math.min(Math.max(index, 0), cards.length - 1);
      const card = cards[place];
      if (!card) return false;
      wanted.current = card.id;
      virtualizer.scrollToIndex(place);
      setActive(card.id);
      focusWanted(list.current, wanted);
      return true;
    };
    const focusDeal = (deal: string): boolean => {
      const place = cards.findIndex((card) => card.id === deal);
      return place >= 0 && focusCard(place);
    };
    return { focusCard, focusDeal };
  }, [cards, virtualizer]);
  useEffect(() => {
    // The card may be drawn only after the list has scrolled to it.
    focusWanted(list.current, wanted);
    focus.restore();
  });

  const arrow = useCallback((key: string, index: number) => onArrow(id, index, key), [onArrow, id]);
  const onFocus = useCallback(
    (deal: string, index: number) => {
      wanted.current = undefined;
      setActive(deal);
      focus.onFocus({ deal, stage: id, index });
    },
    [focus, id],
  );
  const close = useCallback(() => {
    setAdding(false);
    addButton.current?.focus();
  }, []);
  const reachable = activeIndex < 0 ? items[0]?.index : activeIndex;
  return (
    <section
      aria-label={name}
      data-stage={id}
      className="bg-sunken flex h-full w-[calc(100vw-2rem)] shrink-0 snap-center flex-col rounded-xl print:h-auto print:w-auto print:max-w-none print:min-w-0 sm:w-0 sm:max-w-80 sm:min-w-40 sm:flex-1"
    >
      <ColumnHeader column={column} currencies={currencies} addButton={addButton} onAdd={() => setAdding(true)} />
      {adding && <QuickAdd pipeline={pipeline} stage={id} stageTitle={name} onClose={close} />}
      <Droppable
        droppableId={`stage:${id}`}
        mode="virtual"
        isDropDisabled={isAtEnd}
        renderClone={(provided, { isDropAnimating }, { draggableId }) => {
          const card = cards.find((one) => one.id === draggableId);
          return card ? (
            <DealCardView
              card={card}
              limit={limit}
              provided={provided}
              isDragging
              isGone={isDropAnimating && isAtEnd}
            />
          ) : (
            <div ref={provided.innerRef} {...provided.draggableProps} />
          );
        }}
      >
        {(provided, snapshot) => (
          <div
            ref={(element) => {
              provided.innerRef(element);
              list.current = element;
            }}
            {...provided.droppableProps}
            data-scroll-restoration-id={scrollId}
            className={`min-h-0 flex-1 overflow-x-hidden overflow-y-auto rounded-b-xl px-2 print:overflow-visible ${snapshot.isDraggingOver ? 'bg-accent-soft' : ''}`}
          >
            {cards.length === 0 && !snapshot.isDraggingOver && (
              <p className="text-muted px-1 py-2 text-sm">{t('noCards')}</p>
            )}
            <div
              role="list"
              aria-label={t('columnCards', { stage: name })}
              className="relative print:h-auto!"
              style={{ height: virtualizer.getTotalSize() + (snapshot.isUsingPlaceholder ? STEP : 0) }}
            >
              {items.map(({ index, start, key }) => {
                const card = cards[index];
                return (
                  card && (
                    <div
                      key={key}
                      role="listitem"
                      aria-posinset={index + 1}
                      aria-setsize={column.count}
                      className="absolute inset-x-0 break-inside-avoid print:static print:mb-2"
                      style={{ top: start, height: CARD_HEIGHT }}
                    >
                      <Draggable draggableId={card.id} index={index} isDragDisabled={!mayChange || held.has(card.id)}>
                        {(dragged) => (
                          <DealCardView
                            card={card}
                            limit={limit}
                            provided={dragged}
                            changedTo={changed.has(card.id) ? card.revision : undefined}
                            tabIndex={index === reachable ? 0 : -1}
                            index={index}
                            stages={stages}
                            onWish={onWish}
                            isMenuOpen={menuOf === card.id}
                            onMenu={onMenu}
                            onArrow={arrow}
                            onFocus={onFocus}
                            onBlur={focus.onBlur}
                          />
                        )}
                      </Draggable>
                    </div>
                  )
                );
              })}
            </div>
            {hasNextPage && (
              <p className="text-muted px-1 pb-2 text-xs">
                <span className="print:hidden">{t('loadingMore')}</span>
                <span className="hidden print:inline">
                  {t('shownOf', { shown: cards.length, total: column.count })}
                </span>
              </p>
            )}
          </div>
        )}
      </Droppable>
    </section>
  );
});

function focusWanted(list: HTMLElement | null, wanted: { readonly current: string | undefined }): void {
  if (wanted.current === undefined) return;
  list?.querySelector<HTMLElement>(`[data-deal="${CSS.escape(wanted.current)}"] a`)?.focus();
}

/** The cards of a column with those held here on top and those held elsewhere left out. */
function placed(read: readonly DealCard[], held: ReadonlyMap<string, Held>, stage: string): readonly DealCard[] {
  if (held.size === 0) return read;
  const here = [...held.values()].filter(({ toStage }) => toStage === stage).map(({ card }) => card);
  return [...here, ...read.filter(({ id }) => !held.has(id))];
}

/** A deal that moved while pages were read may be on two of them. */
function distinct(cards: readonly DealCard[]): readonly DealCard[] {
  return [...new Map(cards.map((card) => [card.id, card])).values()];
}

/** What it was when it froze, so that nothing moves under a pointer. */
function useFrozen<Value>(value: Value, isFrozen: boolean): Value {
  const [kept, setKept] = useState(value);
  if (!isFrozen && kept !== value) setKept(value);
  return isFrozen ? kept : value;
}
