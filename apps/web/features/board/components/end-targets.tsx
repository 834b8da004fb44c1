import { Droppable } from '@hello-pangea/dnd';
import { CirclePause, ThumbsDown, Trophy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import { boardTexts } from '../board.texts.ts';

export const ENDS = ['win', 'lose', 'suspend'] as const;
export type End = (typeof ENDS)[number];

const LOOKS = {
  win: { icon: Trophy, over: 'bg-good-soft text-good border-good' },
  lose: { icon: ThumbsDown, over: 'bg-bad-soft text-bad border-bad' },
  suspend: { icon: CirclePause, over: 'bg-warn-soft text-warn border-warn' },
} as const;

interface EndTargetsProps {
  /** Whether a card is dragged by mouse or finger. */
  readonly byPointer: boolean;
  /** The end under the mouse or finger. */
  readonly aimed: End | undefined;
}

/**
 * Where deals leave the board: side by side behind the last column, for the arrow keys move a lifted card from column
 * to column. While a mouse or finger drags one they stay in sight; on a phone they appear only then, below.
 */
export function EndTargets({ byPointer, aimed }: EndTargetsProps) {
  const t = useTexts(boardTexts);
  const place = byPointer
    ? 'z-[5001] fixed inset-x-0 bottom-0 h-20 p-2 sm:sticky sm:inset-x-auto sm:right-0 sm:h-auto sm:p-0'
    : 'hidden sm:flex';
  return (
    <div
      role="group"
      aria-label={t('ends')}
      data-print="hidden"
      className={`bg-canvas flex shrink-0 gap-1 sm:-my-3 sm:-mr-4 sm:py-3 sm:pr-4 sm:pl-1 ${place}`}
    >
      {ENDS.map((end) => {
        const { icon: Icon, over } = LOOKS[end];
        return (
          <Droppable
            key={end}
            droppableId={`end:${end}`}
            mode="virtual"
            isDropDisabled={byPointer}
            renderClone={(provided) => <div ref={provided.innerRef} {...provided.draggableProps} />}
          >
            {(provided, { isDraggingOver }) => (
              <div
                ref={provided.innerRef}
                {...provided.droppableProps}
                data-end={end}
                className={`flex flex-1 flex-col items-center justify-center gap-2 rounded-lg border border-dashed text-xs font-medium sm:w-7 sm:justify-start sm:pt-3 xl:w-9 ${isDraggingOver || aimed === end ? over : 'border-line-strong text-muted'}`}
              >
                <Icon size={16} aria-hidden />
                <span className="sm:[writing-mode:vertical-rl]">{t(`end.${end}`)}</span>
              </div>
            )}
          </Droppable>
        );
      })}
    </div>
  );
}

/**
 * The end under the mouse or finger that drags a card. The library knows only where the card is, which lies over all of
 * them, and where they were when it was lifted, before the window scrolled.
 */
export function useAimedEnd(byPointer: boolean): End | undefined {
  const [aimed, setAimed] = useState<End>();
  useEffect(() => {
    if (!byPointer) return undefined;
    const follow = ({ clientX, clientY, buttons }: PointerEvent) => {
      // What was dropped is on its way.
      if (buttons === 0) return;
      const target = document.elementFromPoint(clientX, clientY)?.closest('[data-end]');
      setAimed(ENDS.find((end) => end === target?.getAttribute('data-end')));
    };
    globalThis.addEventListener('pointermove', follow);
    return () => {
      globalThis.removeEventListener('pointermove', follow);
      setAimed(undefined);
    };
  }, [byPointer]);
  return aimed;
}
