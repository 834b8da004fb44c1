import { useSyncExternalStore } from 'react';
import { watchers } from '../ui/watchers.ts';

const KEY = 'dealtrail.token';

let isRefused = false;
const { watch, tell } = watchers();

// Whoever signs in or out does so in every tab.
addEventListener('storage', ({ key }) => {
  // Null where everything was cleared.
  if (key === KEY || key === null) globalThis.location.reload();
});

/** Whether a text can be a token: what stands in a header is ASCII without spaces. */
export function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

/** The bearer token of whoever uses this browser; none where the server asks for none. */
export function readToken(): string | undefined {
  const token = localStorage.getItem(KEY);
  return token !== null && isToken(token) ? token : undefined;
}

/** Signs in; everything is loaded again with the token. */
export function keepToken(token: string): void {
  localStorage.setItem(KEY, token);
  globalThis.location.reload();
}

/** Signs out, and with the page forgets what it knew. */
export function forgetToken(): void {
  localStorage.removeItem(KEY);
  globalThis.location.reload();
}

/** The server wants another token, whatever was asked of it. */
export function tellRefused(): void {
  isRefused = true;
  tell();
}

/** Whether somebody has to sign in. */
export function useIsRefused(): boolean {
  return useSyncExternalStore(watch, () => isRefused);
}
