import { useEffect } from 'react';

const CHORD_MILLISECONDS = 1_000;
/** The one key that means nothing to a field. */
const EVERYWHERE = 'mod+k';

type Actions = Readonly<Record<string, () => void>>;

/** What the parts of the page that are there have asked for, the one that came last first. */
const asked: Actions[] = [];
/** The key before, of which the next one may be the second. */
let first: { readonly key: string; readonly at: number } | undefined;

/**
 * Calls an action where its keys are pressed outside of fields: `mod+z` (Ctrl or Cmd), `?`, or two keys one after the
 * other, `g b`, which win over the second key alone. Keys of a dialog or menu that is open are its own. Only
 * `mod+k` does the same in fields, menus and such dialogs as well; behind a modal dialog no key does anything.
 */
export function useShortcuts(actions: Actions): void {
  useEffect(() => {
    if (asked.length === 0) document.addEventListener('keydown', onKey);
    asked.unshift(actions);
    return () => {
      asked.splice(asked.indexOf(actions), 1);
      if (asked.length === 0) document.removeEventListener('keydown', onKey);
    };
  }, [actions]);
}

/** Does what a key does on the page as it stands; says whether it does anything. */
export function press(key: string): boolean {
  const action = actionOf(key);
  action?.();
  return action !== undefined;
}

/** What the pressed key is called here; nothing where it is held with others that make another command of it. */
export function keyOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>) {
  const modified = event.ctrlKey || event.metaKey;
  // Ctrl+Shift+Z does again what Ctrl+Z takes back; without Ctrl, `?` needs Shift.
  if (event.altKey || (modified && event.shiftKey)) return undefined;
  return `${modified ? 'mod+' : ''}${event.key.toLowerCase()}`;
}

function onKey(event: KeyboardEvent): void {
  const key = keyOf(event);
  if (key === undefined || event.defaultPrevented || isBehindDialog()) return;
  if (key !== EVERYWHERE && isOccupied(event.target)) return;
  const chord = first && event.timeStamp - first.at < CHORD_MILLISECONDS ? `${first.key} ${key}` : key;
  first = { key, at: event.timeStamp };
  const action = actionOf(chord) ?? actionOf(key);
  if (!action) return;
  event.preventDefault();
  first = undefined;
  action();
}

function actionOf(keys: string): (() => void) | undefined {
  return asked.find((actions) => actions[keys])?.[keys];
}

/** Wherever the focus is: what lies behind a modal dialog cannot be used. */
function isBehindDialog(): boolean {
  return document.querySelector('[aria-modal=true]') !== null;
}

function isOccupied(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, [role=dialog], [role=menu]') !== null)
  );
}
