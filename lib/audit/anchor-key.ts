import type { Anchor } from './chain/verify-chain';

/** Where the results zone keeps the ends of the chain, each as an object that is written once. */
export const ANCHOR_PREFIX = 'audit/console/';

const KEY = /^audit\/console\/(\d{12})-([0-9a-f]{64})\.json$/;

/** Listing the objects is reading them: place and hash are in the name. */
export function anchorKey({ sequence, hash }: { sequence: number; hash: string }): string {
  return `${ANCHOR_PREFIX}${String(sequence).padStart(12, '0')}-${hash}.json`;
}

export function readAnchorKey(key: string): Anchor | undefined {
  const [, sequence, hash] = KEY.exec(key) ?? [];
  return hash === undefined ? undefined : { sequence: Number(sequence), hash, key };
}
