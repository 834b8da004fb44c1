import { X } from 'lucide-react';
import { Dialog as Headless } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { useTexts } from '../i18n/texts.ts';
import { IconButton } from './button.tsx';
import { uiTexts } from './ui.texts.ts';

export interface DialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly description?: string | undefined;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

/** A modal dialog: its first field has the focus, focus stays in it, Escape closes it, focus goes back to whence it came. */
export function Dialog({ open, title, description, onClose, children, wide = false }: DialogProps) {
  return (
    <Headless.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Headless.Portal>
        <Headless.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Content title={title} description={description} wide={wide}>
          {children}
        </Content>
      </Headless.Portal>
    </Headless.Root>
  );
}

/** Drawn only while the dialog is open. */
function Content({ title, description, wide, children }: Omit<DialogProps, 'open' | 'onClose'>) {
  const t = useTexts(uiTexts);
  // Asked for before a field of the dialog may take the focus as it is drawn.
  const [from] = useState(() => document.activeElement);
  return (
    <Headless.Content
      aria-modal
      {...(description === undefined ? { 'aria-describedby': undefined } : {})}
      onOpenAutoFocus={focusFirstField}
      onCloseAutoFocus={(event) => {
        // Without a trigger of its own, the library would leave the focus nowhere.
        event.preventDefault();
        // Whoever opened it may have put the focus where it led.
        if (document.activeElement !== document.body) return;
        // What opened it may be gone by what was done in it.
        const next = from !== document.body && from?.isConnected ? from : document.querySelector('main');
        if (next instanceof HTMLElement) next.focus();
      }}
      className={`bg-raised shadow-raised border-line fixed top-[12vh] left-1/2 z-50 max-h-[80vh] w-[calc(100vw-2rem)] -translate-x-1/2 overflow-auto rounded-xl border p-5 ${wide ? 'max-w-3xl' : 'max-w-md'}`}
    >
      <div className="mb-3 flex items-start justify-between gap-4">
        <Headless.Title className="text-base font-semibold">{title}</Headless.Title>
        <Headless.Close asChild>
          <IconButton label={t('close')} className="-mt-1 -mr-2">
            <X size={16} aria-hidden />
          </IconButton>
        </Headless.Close>
      </div>
      {description !== undefined && (
        <Headless.Description className="text-muted mb-3 text-sm">{description}</Headless.Description>
      )}
      {children}
    </Headless.Content>
  );
}

/** Where there is no field, the first of the choices, which changes nothing; else the dialog itself chooses. */
function focusFirstField(event: Event): void {
  if (!(event.currentTarget instanceof HTMLElement)) return;
  const field =
    event.currentTarget.querySelector<HTMLElement>('input, select, textarea') ??
    event.currentTarget.querySelector<HTMLElement>('[data-choices] button');
  if (!field) return;
  event.preventDefault();
  field.focus();
}
