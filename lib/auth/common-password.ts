import 'server-only';

/** Words of this house: the first guesses of whoever knows where they are. */
const HOUSE = ['lacustre', 'datalake'];
const SAME_AGAIN = /^(.{1,6}?)\1+.{0,5}$/u;
const SEQUENCES = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
];

let common: Promise<ReadonlySet<string>> | undefined;

/**
 * Whether a password is among the first that anybody tries: one of the 49,000 most common, such a one with digits and
 * signs around it, the same few letters again and again, a run of the keyboard, or the person's own address. What else it
 * is made of does not matter: https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver
 */
export async function isCommonPassword(password: string, email: string): Promise<boolean> {
  const said = password.toLowerCase();
  const core = said.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  if (core === '' || SAME_AGAIN.test(said) || SEQUENCES.some((run) => run.repeat(2).includes(said))) return true;
  const [local = ''] = email.toLowerCase().split('@');
  if ([...HOUSE, local, email.toLowerCase()].some((word) => word !== '' && (core === word || said === word)))
    return true;
  common ??= readCommon();
  const list = await common;
  return list.has(said) || list.has(core);
}

async function readCommon(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common']);
}
