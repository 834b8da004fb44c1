import { Droppable } from '@hello-pangea/dnd';
import { CirclePause, ThumbsDown, Trophy } from 'lucide-react';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import { boardTexts } from '../board.texts.ts';

export const ENDS = ['win', 'lose', 'suspend'] as const;
export type End = (typeof ENDS)[number];

const LOOKS = {
  win: { icon: Trophy, over: 'bg-good-soft text-good border-good' },
  lose: { icon: ThumbsDown, over: 'bg-bad-soft text-bad border-bad' },
  suspend: { icon: CirclePause, over: 'bg-warn-soft text-warn border-warn' },
} as const;

/**
 * Where deals leave the board: side by side, for the arrow keys move a lifted card from column to column. On a phone
 * there is no room for them; there the card's menu does the same.
 */
export function EndTargets({ byPointer }: { readonly byPointer: boolean }) {
  const t = useTexts(boardTexts);
  const targets = useRef(new Map<End, HTMLElement>());
  const aimed = useAimedEnd(targets, byPointer);
  return (
    <div
      role="group"
      aria-label={t('ends')}
      className="bg-canvas sticky -right-4 -mr-4 hidden shrink-0 gap-1 pr-4 pl-1 sm:flex"
    >
      {ENDS.map((end) => {
        const { icon: Icon, over } = LOOKS[end];
        return (
          <Droppable
            key={end}
            droppableId={`end:${end}`}
            mode="virtual"
            isDropDisabled={byPointer && aimed !== end}
            renderClone={(provided) => <div ref={provided.innerRef} {...provided.draggableProps} />}
          >
            {(provided, { isDraggingOver }) => (
              <div
                ref={(element) => {
                  provided.innerRef(element);
                  if (element) targets.current.set(end, element);
                  else targets.current.delete(end);
                }}
                {...provided.droppableProps}
                className={`flex w-7 xl:w-9 flex-col items-center gap-2 rounded-lg border border-dashed pt-3 text-xs font-medium ${isDraggingOver ? over : 'border-line-strong text-muted'}`}
              >
                <Icon size={16} aria-hidden />
                <span className="[writing-mode:vertical-rl]">{t(`end.${end}`)}</span>
              </div>
            )}
          </Droppable>
        );
      })}
    </div>
  );
}

/**
 * The end under the mouse or finger that drags a card. The card itself is so wide that it lies over all of them, and
 * over them before the column beside them.
 */
function useAimedEnd(targets: RefObject<ReadonlyMap<End, HTMLElement>>, byPointer: boolean): End | undefined {
  const [aimed, setAimed] = useState<End>();
  useEffect(() => {
    if (!byPointer) return undefined;
    const follow = ({ clientX, clientY }: PointerEvent) =>
      setAimed(
        ENDS.find((end) => {
          const place = targets.current.get(end)?.getBoundingClientRect();
          return (
            place && clientX >= place.left && clientX < place.right && clientY >= place.top && clientY < place.bottom
          );
        }),
      );
    globalThis.addEventListener('pointermove', follow);
    return () => {
      globalThis.removeEventListener('pointermove', follow);
      setAimed(undefined);
    };
  }, [targets, byPointer]);
  return aimed;
}
