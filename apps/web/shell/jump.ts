import { useRouter, type LinkProps } from '@tanstack/react-router';
import { useCallback } from 'react';

type Target = Pick<LinkProps, 'to' | 'search' | 'params'>;

/** Goes to a page otherwise than by a link of its own: the focus goes to its heading, which so is read out. */
export function useJump(): (target: Target) => Promise<void> {
  const router = useRouter();
  return useCallback(
    async (target) => {
      await router.navigate(target);
      // What closes meanwhile first gives the focus back to where it was.
      setTimeout(focusHeading);
    },
    [router],
  );
}

function focusHeading(): void {
  const main = document.querySelector('main')!;
  const found = (): boolean => {
    const heading = main.querySelector('h1');
    if (!heading) return false;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    return true;
  };
  if (found()) return;
  // A deal has no name before it is read. Whoever has gone on by then is left alone.
  const before = document.activeElement;
  const observer = new MutationObserver(() => {
    if (document.activeElement !== before || found()) observer.disconnect();
  });
  observer.observe(main, { childList: true, subtree: true });
}
