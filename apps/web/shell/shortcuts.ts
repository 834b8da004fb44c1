import { useEffect } from 'react';

const CHORD_MILLISECONDS = 1_000;

/**
 * Calls an action where its keys are pressed outside of fields: `mod+k` (Ctrl or Cmd), `?`, or two keys one after the
 * other, `g b`. Keys of a dialog or menu that is open are its own.
 */
export function useShortcuts(actions: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    let first: { readonly key: string; readonly at: number } | undefined;
    const onKey = (event: KeyboardEvent): void => {
      const modified = event.ctrlKey || event.metaKey;
      if (event.defaultPrevented || event.altKey || (!modified && isOccupied(event.target))) return;
      const key = `${modified ? 'mod+' : ''}${event.key.toLowerCase()}`;
      const chord = first && event.timeStamp - first.at < CHORD_MILLISECONDS ? `${first.key} ${key}` : key;
      first = { key, at: event.timeStamp };
      const action = actions[chord] ?? actions[key];
      if (!action) return;
      event.preventDefault();
      first = undefined;
      action();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [actions]);
}

function isOccupied(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, [role=dialog], [role=menu]') !== null)
  );
}
