import 'server-only';
import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits that fit into an address. */
export function newSecretToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of it: so many random bits need no slow hash. */
export function hashSecretToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
