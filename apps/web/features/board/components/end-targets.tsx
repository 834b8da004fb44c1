import { Droppable } from '@hello-pangea/dnd';
import { CirclePause, ThumbsDown, Trophy } from 'lucide-react';
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
export function EndTargets() {
  const t = useTexts(boardTexts);
  return (
    <div role="group" aria-label={t('ends')} className="bg-canvas sticky right-0 hidden shrink-0 gap-1 pl-1 sm:flex">
      {ENDS.map((end) => {
        const { icon: Icon, over } = LOOKS[end];
        return (
          <Droppable
            key={end}
            droppableId={`end:${end}`}
            mode="virtual"
            renderClone={(provided) => <div ref={provided.innerRef} {...provided.draggableProps} />}
          >
            {(provided, { isDraggingOver }) => (
              <div
                ref={provided.innerRef}
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
