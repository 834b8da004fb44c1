import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { actionTexts } from '../action.texts.ts';
import type { Status } from '../api/deal.ts';
import { actionsOf, type DealAction } from '../deal-rules.ts';

interface ActionMenuProps {
  readonly status: Status;
  /** The past cannot be changed. */
  readonly past: boolean;
  readonly onChoose: (action: DealAction) => void;
}

/** The actions that the deal's status allows. */
export function ActionMenu({ status, past, onChoose }: ActionMenuProps) {
  const t = useTexts(actionTexts);
  const chosen = useRef<DealAction>(undefined);
  const actions = actionsOf(status);
  if (actions.length === 0) return null;
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild disabled={past}>
        <Button look="primary" title={past ? t('disabled') : undefined} data-print="hidden">
          {t('menu')} <ChevronDown size={14} aria-hidden />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
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
              className="data-highlighted:bg-sunken flex min-h-8 cursor-pointer items-center rounded px-2 outline-none"
            >
              {t(action)}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
