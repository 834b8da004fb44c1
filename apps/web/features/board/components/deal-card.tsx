import { Link } from '@tanstack/react-router';
import type { DraggableProvided } from '@hello-pangea/dnd';
import { Calendar, CircleDashed, Clock, Hourglass, MessageCircle, MessageCircleOff, TriangleAlert } from 'lucide-react';
import { memo, useEffect, useRef, type FocusEvent, type KeyboardEvent, type MouseEvent } from 'react';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { useJump } from '../../../shell/jump.ts';
import type { DealCard, Stage } from '../api/board.ts';
import { boardTexts } from '../board.texts.ts';
import { DealMenu } from './deal-menu.tsx';
import { keepTouches } from './keep-touches.ts';
import type { Wish } from './use-deal-steps.ts';

/** Every card is as high as any other, so that columns need measure none. */
export const CARD_HEIGHT = 112;
export const CARD_GAP = 8;

/** What leads from card to card. */
const KEYS = /^(Arrow|Page|Home$|End$)/;
const GLOW_MILLISECONDS = 1_000;
const ACTIVITIES = { never: CircleDashed, idle: MessageCircleOff, recent: MessageCircle } as const;

interface DealCardViewProps {
  readonly card: DealCard;
  /** Days the stage may last; none where it has no limit. */
  readonly limit: number | undefined;
  readonly provided: DraggableProvided;
  readonly isDragging?: boolean;
  /** Whether it was dropped where it leaves the board: it does not fly back first. */
  readonly isGone?: boolean;
  /** The revision somebody has just brought it to. */
  readonly changedTo?: number | undefined;
  readonly tabIndex?: number;
  /** Where it can be moved to by its menu. */
  readonly stages?: readonly Stage[];
  readonly onWish?: (card: DealCard, wish: Wish) => void;
  readonly isMenuOpen?: boolean;
  readonly onMenu?: (deal: string, isOpen: boolean) => void;
  readonly onArrow?: (key: string, index: number) => void;
  readonly onFocus?: (deal: string, index: number) => void;
  readonly onBlur?: (event: FocusEvent) => void;
  readonly index?: number;
}

/** A deal on the board: a link to it that is lifted anywhere. */
export const DealCardView = memo(function DealCardView({
  card,
  limit,
  provided: { innerRef, draggableProps, dragHandleProps },
  isDragging = false,
  isGone = false,
  changedTo,
  tabIndex = 0,
  index = 0,
  stages,
  onWish,
  isMenuOpen = false,
  onMenu,
  onArrow,
  onFocus,
  onBlur,
}: DealCardViewProps) {
  const t = useTexts(boardTexts);
  const format = useFormat();
  const jump = useJump();
  const glow = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (changedTo === undefined) return;
    // Where motion is unwelcome it is shown and then gone, without fading.
    const easing = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'steps(1, end)' : 'ease-out';
    glow.current?.animate([{ opacity: 0.9 }, { opacity: 0 }], { duration: GLOW_MILLISECONDS, easing });
  }, [changedTo]);
  const { title, customerName, amount, currency, owner, expectedCloseDate, daysInStage, activity, stalled } = card;
  const isOverdue = expectedCloseDate !== null && isOver(expectedCloseDate);
  const money = amount === null || currency === null ? t('noAmount') : format.money(amount, currency);
  const shortMoney = amount === null || currency === null ? money : format.money(amount, currency, 'compact');
  const closeDay = expectedCloseDate === null ? undefined : format.day(expectedCloseDate);
  const closes = closeDay === undefined ? t('noCloseDate') : t(isOverdue ? 'overdue' : 'closes', { day: closeDay });
  const inStage = t('inStage', { count: daysInStage ?? 0 });
  const worked = t(`activity.${activity.state}`, { day: activity.lastAt === null ? '' : format.day(activity.lastAt) });
  const cause = limit === undefined ? inStage : t('rottingCause', { inStage, limit: format.number(limit) });
  const Activity = ACTIVITIES[activity.state];
  const customer = customerName ?? t('noCustomer');
  const onClick = (event: MouseEvent) => {
    // Dropped just now, or opened in another tab.
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void jump({ to: '/deals/$id', params: { id: card.id } });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While a card is lifted, the keys move it.
    if (event.defaultPrevented || !onArrow || !KEYS.test(event.key)) return;
    event.preventDefault();
    onArrow(event.key, index);
  };
  return (
    <div
      ref={innerRef}
      {...draggableProps}
      style={isGone ? { ...draggableProps.style, opacity: 0, transitionDuration: '1ms' } : draggableProps.style}
      data-deal={card.id}
      onFocus={() => onFocus?.(card.id, index)}
      onBlur={onBlur}
      className={`bg-surface border-line relative h-full overflow-hidden rounded-lg border ${isDragging ? 'shadow-raised border-accent' : 'hover:border-line-strong'}`}
    >
      <span ref={glow} aria-hidden className="bg-accent-soft pointer-events-none absolute inset-0 opacity-0" />
      <Link
        to="/deals/$id"
        params={{ id: card.id }}
        {...dragHandleProps}
        role="link"
        draggable={false}
        tabIndex={tabIndex}
        onClick={onClick}
        onKeyDown={onKeyDown}
        onTouchStart={(event) => keepTouches(event.target)}
        className="group/handle @container relative flex h-full flex-col gap-0.5 px-2.5 py-2 text-sm -outline-offset-2"
      >
        <p dir="auto" className="truncate pr-6 font-medium" title={title}>
          {title}
        </p>
        <p dir="auto" className="text-muted truncate text-xs">
          {customer}
        </p>
        <p className="mt-auto flex items-center gap-2 text-xs">
          <span title={money} className={`mr-auto truncate ${amount === null ? 'text-muted' : 'text-sm font-medium'}`}>
            <span className="@max-[12rem]:sr-only">{money}</span>
            <span aria-hidden className="@min-[12rem]:hidden">
              {shortMoney}
            </span>
          </span>
          {stalled ? (
            <span className="group/stalled bg-bad-soft text-bad flex shrink-0 items-center gap-1 rounded px-1.5 py-0.5 font-medium">
              <Hourglass size={11} aria-hidden />
              <span className="@max-[11rem]:sr-only">{t('rotting')}</span>
              <span aria-hidden>{t('inStageShort', { count: daysInStage ?? 0 })}</span>
              <span className="sr-only">{cause}</span>
              <span
                aria-hidden
                className="bg-bad-soft text-bad border-bad absolute inset-x-0 bottom-0 hidden border-t px-3 py-1.5 group-hover/stalled:block group-focus-visible/handle:block"
              >
                {cause}
              </span>
            </span>
          ) : (
            <span title={inStage} className="text-muted flex shrink-0 items-center gap-1">
              <Clock size={12} aria-hidden />
              <span aria-hidden>{t('inStageShort', { count: daysInStage ?? 0 })}</span>
              <span className="sr-only">{inStage}</span>
            </span>
          )}
        </p>
        <p className="flex items-center justify-between gap-1 text-xs">
          <span
            title={t('ownedBy', { owner })}
            className="bg-sunken text-ink grid h-5 min-w-5 shrink-0 place-items-center rounded-full px-0.5 text-[0.625rem] font-semibold"
          >
            <span aria-hidden>{initialsOf(owner)}</span>
            <span className="sr-only">{t('ownedBy', { owner })}</span>
          </span>
          <span title={worked} className="text-muted mr-auto shrink-0">
            <Activity size={13} aria-hidden />
            <span className="sr-only">{worked}</span>
          </span>
          <span
            title={closes}
            className={`flex min-w-0 items-center gap-1 whitespace-nowrap ${isOverdue ? 'text-warn font-medium' : 'text-muted'}`}
          >
            {isOverdue ? (
              <TriangleAlert size={12} aria-hidden className="shrink-0" />
            ) : (
              <Calendar size={12} aria-hidden className="shrink-0 @max-[12rem]:hidden" />
            )}
            <span aria-hidden className="truncate">
              {expectedCloseDate === null ? t('nothing') : format.shortDay(expectedCloseDate)}
            </span>
            {isOverdue && (
              <span aria-hidden className="@max-[12rem]:hidden">
                {t('overdueWord')}
              </span>
            )}
            <span className="sr-only">{closes}</span>
          </span>
        </p>
      </Link>
      {stages && onWish && (
        <DealMenu
          card={card}
          stages={stages}
          tabIndex={tabIndex}
          isOpen={isMenuOpen}
          onOpenChange={(isOpen) => onMenu?.(card.id, isOpen)}
          onWish={onWish}
        />
      )}
    </div>
  );
});

function initialsOf(name: string): string {
  const words = name.split(/[\s._@-]+/).filter(Boolean);
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : ''];
  return ([...first].slice(0, 1).join('') + [...last].slice(0, 1).join('')).toUpperCase();
}

/** Whether a day is over, in UTC, as the server counts days. */
function isOver(day: string): boolean {
  return day < new Date().toISOString().slice(0, 10);
}
