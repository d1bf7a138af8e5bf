import { createHmac, timingSafeEqual } from 'node:crypto';

/** The end of the chain. Who has the database alone cannot sign another one. */
export interface Head {
  sequence: number;
  hash: string;
  at: Date;
  signature: string;
}

export function signHead(head: Omit<Head, 'signature'>, key: string): Head {
  const { sequence, hash, at } = head;
  return { sequence, hash, at, signature: signatureOf({ sequence, hash, at }, key) };
}

export function isSigned({ signature, ...head }: Head, key: string): boolean {
  const [given, right] = [Buffer.from(signature, 'hex'), Buffer.from(signatureOf(head, key), 'hex')];
  return given.length === right.length && timingSafeEqual(given, right);
}

function signatureOf({ sequence, hash, at }: Omit<Head, 'signature'>, key: string): string {
  const text = JSON.stringify(['lacustre-audit-head-1', String(sequence), hash, at.toISOString()]);
  return createHmac('sha256', key).update(text).digest('hex');
}
