import { Link } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useMay } from '../../../api/me.ts';
import { useLanguage } from '../../../i18n/language.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { stageName } from '../../../pipelines/stage-name.ts';
import type { DealCard, Stage } from '../api/board.ts';
import { uiTexts } from '../../../ui/ui.texts.ts';
import { boardTexts } from '../board.texts.ts';
import type { Wish } from './use-deal-steps.ts';

const ITEM =
  'data-highlighted:bg-sunken flex min-h-8 cursor-pointer items-center rounded px-2 outline-none data-disabled:opacity-50';
const SURFACE = 'bg-raised border-line shadow-raised z-50 min-w-40 rounded-lg border p-1 text-sm';

interface DealMenuProps {
  readonly card: DealCard;
  readonly stages: readonly Stage[];
  readonly tabIndex: number;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly onWish: (card: DealCard, wish: Wish) => void;
}

/** Everything that dragging a card does, and more, without dragging. */
export function DealMenu({ card, stages, tabIndex, isOpen, onOpenChange, onWish }: DealMenuProps) {
  const t = useTexts(boardTexts);
  return (
    <DropdownMenu.Root modal={false} open={isOpen} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger
        aria-label={t('actionsOf', { title: card.title })}
        tabIndex={tabIndex}
        data-print="hidden"
        className="text-muted hover:bg-sunken absolute top-1 right-1 grid size-7 place-items-center rounded-md"
      >
        <Ellipsis size={15} aria-hidden />
      </DropdownMenu.Trigger>
      {isOpen && (
        <DropdownMenu.Portal container={document.querySelector('main')}>
          <DropdownMenu.Content align="end" className={SURFACE}>
            <Items card={card} stages={stages} onWish={onWish} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      )}
    </DropdownMenu.Root>
  );
}

/** Apart, so that a card whose menu is closed asks for nothing that only the menu needs. */
function Items({ card, stages, onWish }: Pick<DealMenuProps, 'card' | 'stages' | 'onWish'>) {
  const t = useTexts(boardTexts);
  const ui = useTexts(uiTexts);
  const mayChange = useMay()('change');
  const language = useLanguage();
  return (
    <>
      <DropdownMenu.Item asChild className={ITEM}>
        <Link to="/deals/$id" params={{ id: card.id }}>
          {t('open')}
        </Link>
      </DropdownMenu.Item>
      <DropdownMenu.Sub>
        <DropdownMenu.SubTrigger disabled={!mayChange} className={`${ITEM} justify-between`}>
          {t('moveTo')}
          <span aria-hidden>›</span>
        </DropdownMenu.SubTrigger>
        <DropdownMenu.Portal container={document.querySelector('main')}>
          <DropdownMenu.SubContent className={SURFACE}>
            {stages.map((stage) => (
              <DropdownMenu.Item
                key={stage.id}
                className={ITEM}
                onSelect={() => onWish(card, { kind: 'move', toStage: stage.id })}
              >
                {stageName(stage, language)}
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.SubContent>
        </DropdownMenu.Portal>
      </DropdownMenu.Sub>
      {!mayChange && <DropdownMenu.Label className="text-muted px-2 py-1 text-xs">{ui('readOnly')}</DropdownMenu.Label>}
      <DropdownMenu.Separator className="bg-line my-1 h-px" />
      {(['win', 'lose', 'suspend', 'transfer'] as const).map((kind) => (
        <DropdownMenu.Item key={kind} disabled={!mayChange} className={ITEM} onSelect={() => onWish(card, { kind })}>
          {t(kind)}
        </DropdownMenu.Item>
      ))}
    </>
  );
}
