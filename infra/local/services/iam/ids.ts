import { createHash, randomBytes } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes */
export type IdPrefix = 'AIDA' | 'AROA' | 'ANPA' | 'AKIA' | 'ASIA';

/** AWS's unique id from a random one: a prefix that tells the kind, and 17 characters. */
export function uniqueId(prefix: IdPrefix, newId: () => string): string {
  const bytes = createHash('sha256').update(newId()).digest().subarray(0, 17);
  return prefix + Array.from(bytes, (byte) => ALPHABET[byte % 32]).join('');
}

/** A secret access key: 40 characters. Never from `newId`, which a test may own. */
export function newSecret(): string {
  return randomBytes(30).toString('base64');
}
