const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether the console may send requests there on behalf of an issuer: https anywhere but this machine, and this machine
 * only for an issuer that is on it. A provider's document must not lead the console to its own neighbours.
 */
export function isAllowedAddress(address: string, issuer: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username || password) return false;
  if (LOOPBACK.has(hostname)) return LOOPBACK.has(new URL(issuer).hostname) && /^https?:$/.test(protocol);
  return protocol === 'https:';
}
