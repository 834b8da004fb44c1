import { Tooltip } from 'radix-ui';
import { useState } from 'react';

/** A name that says on hover, focus or touch what it means. */
export function Definition({ name, means }: { readonly name: string; readonly means: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Tooltip.Provider delayDuration={150}>
      <Tooltip.Root open={open} onOpenChange={setOpen}>
        <Tooltip.Trigger asChild>
          <button
            type="button"
            onClick={() => setOpen(true)}
            className="decoration-line-strong min-h-6 text-left underline decoration-dotted underline-offset-3"
          >
            {name}
          </button>
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content
            sideOffset={4}
            collisionPadding={8}
            className="bg-raised border-line shadow-raised z-50 max-w-72 rounded-md border px-2.5 py-1.5 text-xs"
          >
            {means}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
