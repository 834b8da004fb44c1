const TYPES = ['touchmove', 'touchend', 'touchcancel'] as const;

/**
 * Lets the window hear of a touch although the element it began on is gone. A lifted card is drawn anew elsewhere, so
 * the browser keeps telling the old element, from which nothing reaches the window, where the drag is followed.
 */
export function keepTouches(target: EventTarget): void {
  const stop = new AbortController();
  const forward = (event: Event): void => {
    if (event instanceof TouchEvent && target instanceof Node && !target.isConnected) {
      const { touches, targetTouches, changedTouches, cancelable } = event;
      const lists = { touches: [...touches], targetTouches: [...targetTouches], changedTouches: [...changedTouches] };
      const heard = new TouchEvent(event.type, { ...lists, cancelable, bubbles: true });
      if (!globalThis.dispatchEvent(heard)) event.preventDefault();
    }
    if (event.type !== 'touchmove') stop.abort();
  };
  for (const type of TYPES) target.addEventListener(type, forward, { passive: false, signal: stop.signal });
}
