import { type AddressPolicy, addressKind, isAllowedAddress } from './address-kind.ts';

/** Why an address may not be called: `protocol`, `credentials` in it, the `place` that it names, or that it is `malformed`. */
export type UrlFault = 'malformed' | 'protocol' | 'credentials' | 'place';

/**
 * What is wrong with an address that somebody wrote, before any name is looked up; undefined where nothing is. To say it
 * beside a field: the call itself checks what the name stands for.
 */
export function findUrlFault(address: string, policy: AddressPolicy): UrlFault | undefined {
  if (!URL.canParse(address)) return 'malformed';
  const { protocol, hostname, username, password } = new URL(address);
  if (username || password) return 'credentials';
  const isHere = isLoopbackHost(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && isHere && policy.allowsLoopback)) return 'protocol';
  if (isHere) return policy.allowsLoopback ? undefined : 'place';
  const literal = literalAddress(hostname);
  return literal && !isAllowedAddress(literal, policy) ? 'place' : undefined;
}

/** Whether a host names this machine by itself, without being looked up. */
export function isLoopbackHost(hostname: string): boolean {
  const literal = literalAddress(hostname);
  if (literal) return addressKind(literal) === 'loopback';
  return /^(.+\.)?localhost\.?$/i.test(hostname);
}

/** The IP address that a URL's host is, without brackets; undefined for a name. URLs write IPv4 in one way only. */
function literalAddress(hostname: string): string | undefined {
  if (hostname.startsWith('[')) return hostname.slice(1, -1);
  return /^\d+\.\d+\.\d+\.\d+\.?$/.test(hostname) ? hostname.replace(/\.$/, '') : undefined;
}
