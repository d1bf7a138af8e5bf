import 'server-only';
import { randomInt } from 'node:crypto';
import bcrypt from 'bcryptjs';

/** Some 100 ms here; OWASP asks for 10 or more: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html */
const COST = 11;
/** Hash of nothing anyone has: compared with when there is no such person, so that both answers take the same time. */
const NOBODY = bcrypt.hashSync('no such person', COST);

export function hashPassword(password: string): Promise<string> {
  return bcrypt.hash(password, COST);
}

/** Compares in the same time whether there is such a person with a password (`hash`) or not. */
export async function verifyPassword(password: string, hash: string | null | undefined): Promise<boolean> {
  const matches = await bcrypt.compare(password, hash ?? NOBODY);
  return matches && Boolean(hash);
}

/** Without look-alikes (0 O, 1 l I), since people type it from a terminal. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A random password of 4 groups of 5: about 99 bits. */
export function newPassword(): string {
  const group = () => Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
