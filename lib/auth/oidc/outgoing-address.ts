import 'server-only';
import { env } from '@/lib/config/env';
import type { AddressPolicy } from '@/lib/outgoing/address-kind';
import { findUrlFault, isLoopbackHost } from '@/lib/outgoing/outgoing-url';

/**
 * Where the console may send requests on behalf of an issuer: https on the internet and in the networks that are allowed,
 * and this machine only for an issuer that is on it. A provider's document must not lead the console to its own neighbours.
 */
export function policyFor(issuer: string): AddressPolicy {
  const allowsLoopback = URL.canParse(issuer) && isLoopbackHost(new URL(issuer).hostname);
  return { allowsLoopback, privateNetworks: env().LACUSTRE_PRIVATE_NETWORKS };
}

export function isAllowedAddress(address: string, issuer: string): boolean {
  return findUrlFault(address, policyFor(issuer)) === undefined;
}
