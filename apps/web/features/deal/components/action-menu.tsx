import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import { useMay } from '../../../api/me.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { uiTexts } from '../../../ui/ui.texts.ts';
import { actionTexts } from '../action.texts.ts';
import type { Status } from '../api/deal.ts';
import { actionsOf, undoesEnding, type DealAction } from '../deal-rules.ts';

interface ActionMenuProps {
  readonly status: Status;
  /** Why nothing can be changed, where that is so. */
  readonly locked: string | undefined;
  readonly onChoose: (action: DealAction) => void;
}

/** The actions that the deal's status allows. */
export function ActionMenu({ status, locked, onChoose }: ActionMenuProps) {
  const t = useTexts(actionTexts);
  const chosen = useRef<DealAction>(undefined);
  const ui = useTexts(uiTexts);
  const may = useMay();
  const actions = actionsOf(status);
  const isForbidden = (action: DealAction) => undoesEnding(action, status) && !may('undo_endings');
  if (actions.length === 0) return null;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild disabled={locked !== undefined}>
        <Button look="primary" title={locked} data-print="hidden">
          {t('menu')} <ChevronDown size={14} aria-hidden />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        sideOffset={4}
        onCloseAutoFocus={() => {
          // Only now has the menu given the focus back, so that the dialog can give it back to the button.
          if (chosen.current) onChoose(chosen.current);
          chosen.current = undefined;
        }}
        className="bg-raised border-line shadow-raised z-50 max-h-[70vh] min-w-44 overflow-auto rounded-lg border p-1 text-sm"
      >
        {actions.map((action) => (
          <DropdownMenu.Item
            key={action}
            onSelect={() => {
              chosen.current = action;
            }}
            disabled={isForbidden(action)}
            className="data-highlighted:bg-sunken data-disabled:text-muted flex min-h-8 cursor-pointer flex-col justify-center rounded px-2 outline-none data-disabled:cursor-default"
          >
            {t(action)}
            {isForbidden(action) && <span className="text-xs">{ui('forManagers')}</span>}
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
