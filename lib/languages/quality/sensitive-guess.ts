/** A guess whether a column holds something of people: by its values, and by its name where values alone say little. */
import type { z } from 'zod';
import type { CountedValue } from './profile-patterns.ts';
import type { ColumnProfile, SensitiveKind } from './table-profile.ts';

type Kind = z.infer<typeof SensitiveKind>;

/** So large a part of the values must look like it; a column of free text that mentions one e-mail address is none. */
const LEAST_SHARE = 0.6;

interface Guess {
  kind: Kind;
  matches: (value: string) => boolean;
  /** Of the column's name: without it the values are not enough. */
  name?: RegExp;
}

const EMAIL = /^[^\s@<>"]+@[^\s@<>"]+\.[a-z]{2,}$/i;
const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
const IPV6 = /^(?=.*::|(?:[^:]*:){7})[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}$/i;
/** International, or with the separators that people write; digits alone may count anything. */
const WRITTEN_PHONE = /^(?:\+|00)\d[\d .()/-]{6,17}\d$|^\(?0\d{1,4}\)?(?:[ ./-]\d{2,4}){2,5}$|^\(\d{3}\) ?\d{3}-\d{4}$/;
const ANY_PHONE = /^\+?[\d .()/-]{7,20}$/;
const PERSON =
  /^\p{Lu}[\p{L}\p{M}'’.-]*(?:,? (?:\p{Lu}[\p{L}\p{M}'’.-]*|de|da|del|der|di|du|la|le|van|von|bin|al)){0,5}$/u;

const PHONE_NAME = /phone|mobile|(?:^|_)tel(?:_|$)|telephone|portable|fax|gsm/i;
/** A name of somebody: `customer_name`, `nom`, and not `file_name` or `product_name`. */
const PERSON_NAME =
  /^(?:name|nom|prenom|prénom|surname|forename|patronyme)$|(?:first|last|full|given|family|middle|maiden)_?name|(?:customer|client|person|contact|employee|user|buyer|seller|owner|patient|author|sender|recipient|manager|guest|passenger|driver|student|teacher)_?name|(?:^|_)(?:nom|prenom|prénom)(?:_|$)|surname|nom_de_famille/i;

const GUESSES: Guess[] = [
  { kind: 'email', matches: (value) => EMAIL.test(value) },
  { kind: 'iban', matches: isIban },
  { kind: 'ip', matches: (value) => IPV4.test(value) || IPV6.test(value) },
  { kind: 'phone', matches: (value) => WRITTEN_PHONE.test(value) },
  { kind: 'phone', matches: (value) => ANY_PHONE.test(value), name: PHONE_NAME },
  { kind: 'name', matches: (value) => PERSON.test(value), name: PERSON_NAME },
];

export function guessSensitive(name: string, values: readonly CountedValue[]): ColumnProfile['sensitive'] {
  const filled = values.map((each) => ({ ...each, value: each.value.trim() })).filter(({ value }) => value !== '');
  const all = filled.reduce((sum, { rows }) => sum + rows, 0);
  if (all === 0) return undefined;
  for (const guess of GUESSES) {
    if (guess.name && !guess.name.test(name)) continue;
    const matching = filled.filter(({ value }) => guess.matches(value)).reduce((sum, { rows }) => sum + rows, 0);
    if (matching / all >= LEAST_SHARE) return { kind: guess.kind, share: matching / all };
  }
  return undefined;
}

/** By its check digits: https://www.iso.org/standard/81090.html */
function isIban(value: string): boolean {
  const compact = value.replaceAll(/\s/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact)) return false;
  const moved = compact.slice(4) + compact.slice(0, 4);
  let remainder = 0;
  for (const character of moved) {
    const digits = String(Number.parseInt(character, 36));
    remainder = Number(`${remainder}${digits}`) % 97;
  }
  return remainder === 1;
}
