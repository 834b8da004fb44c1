import { useRouter, type LinkProps } from '@tanstack/react-router';
import { useCallback } from 'react';

type Target = Pick<LinkProps, 'to' | 'search' | 'params'>;

/** Goes to a page otherwise than by a link of its own: the focus goes to its heading, which so is read out. */
export function useJump(): (target: Target) => Promise<void> {
  const router = useRouter();
  return useCallback(
    async (target) => {
      const { href } = router.buildLocation(target);
      await router.navigate(target);
      // What closes meanwhile first gives the focus back to where it was.
      setTimeout(() => focusHeading(() => router.latestLocation.href === href));
    },
    [router],
  );
}

/** Whoever went on or back before the heading was there is left alone. */
function focusHeading(isThere: () => boolean): void {
  const main = document.querySelector('main')!;
  const before = document.activeElement;
  const isOver = (): boolean => {
    if (!isThere() || document.activeElement !== before) return true;
    const heading = main.querySelector('h1');
    if (!heading) return false;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    return true;
  };
  if (isOver()) return;
  // A deal has no name before it is read.
  const observer = new MutationObserver(() => {
    if (isOver()) observer.disconnect();
  });
  observer.observe(main, { childList: true, subtree: true });
}
