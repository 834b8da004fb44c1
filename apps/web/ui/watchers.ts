/** Those who follow a value that is kept outside of React; `watch` is what `useSyncExternalStore` wants to subscribe by. */
export interface Watchers {
  /** Has a watcher told from now on; gives back what ends that. */
  readonly watch: (watcher: () => void) => () => void;
  /** Tells all that the value is another one. */
  readonly tell: () => void;
}

export function watchers(): Watchers {
  const all = new Set<() => void>();
  return {
    watch(watcher) {
      all.add(watcher);
      return () => all.delete(watcher);
    },
    tell() {
      for (const watcher of all) watcher();
    },
  };
}
