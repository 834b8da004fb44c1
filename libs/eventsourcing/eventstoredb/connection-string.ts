/**
 * The credentials to pass on every append, from the connection string. An insecure connection sends none, yet the
 * client needs some value to choose the right call. Throws `TypeError` for a connection string that cannot work.
 */
export function credentialsOf(url: string): { readonly username: string; readonly password: string } {
  if (/[?&]throwOnAppendFailure=false/i.test(url)) {
    throw new TypeError('throwOnAppendFailure=false is refused: the client then reports a wrong revision.');
  }
  const [, username, password] = /^[^:]+:\/\/([^:@/]+):([^@]+)@/.exec(url) ?? [];
  if (username && password) {
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  }
  if (!/[?&]tls=false(&|$)/i.test(url)) {
    throw new TypeError('A connection to EventStoreDB over TLS needs user and password: esdb://user:password@host.');
  }
  return { username: 'insecure', password: 'insecure' };
}
