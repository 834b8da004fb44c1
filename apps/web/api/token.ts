const KEY = 'dealtrail.token';

/** The bearer token of whoever uses this tab; none where the server asks for none. */
export function readToken(): string | undefined {
  return sessionStorage.getItem(KEY) ?? undefined;
}

export function keepToken(token: string): void {
  sessionStorage.setItem(KEY, token);
}
