import dns, { type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { AppError } from '../errors.ts';
import { type AddressPolicy, isAllowedAddress } from './address-kind.ts';

export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

const resolveName: Resolve = (hostname) => dns.promises.lookup(hostname, { all: true, verbatim: true });

/**
 * The `lookup` of a socket that may go only where the policy lets it. The name is resolved once and the socket is opened to
 * what was checked, so that a name cannot stand for another address a moment later. One address that may not be
 * called refuses the whole name. A host that is an address already is never looked up: `findUrlFault` checks those.
 */
export function guardedLookup(policy: AddressPolicy, resolve = resolveName): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        const refused = addresses.find(({ address }) => !isAllowedAddress(address, policy));
        if (refused || !first) return callback(refusedPlace(hostname), '', 0);
        if (options.all) return callback(null, addresses);
        callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}

/** The address is not repeated: what a name stands for inside a network is not the asker's business. */
export function refusedPlace(hostname: string): AppError {
  return new AppError(
    'INVALID',
    `${hostname} is not on the public internet, and is not allowed by the configuration.`,
    {
      reason: 'outgoingPlace',
      details: { host: hostname },
    },
  );
}
