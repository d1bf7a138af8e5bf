import 'server-only';
import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'lacustre_';
const HINT_LENGTH = PREFIX.length + 4;

/** A new token: its prefix lets scanners of leaked secrets know it, the rest is 256 random bits. */
export function newToken(): string {
  return PREFIX + randomBytes(32).toString('base64url');
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function hintOf(token: string): string {
  return `${token.slice(0, HINT_LENGTH)}…`;
}
