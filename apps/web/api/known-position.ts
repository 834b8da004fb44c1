let latest: string | undefined;

/**
 * Remembers the position of an event this page knows of, from a command's answer or a live event. Positions are
 * opaque; the one heard last is the one to wait for.
 */
export function rememberPosition(position: string): void {
  latest = position;
}

/** What the next reads must contain, so that people see what they did themselves. */
export function knownPosition(): string | undefined {
  return latest;
}

/** Forgets it, where the log that had it is gone. */
export function forgetPosition(): void {
  latest = undefined;
}
