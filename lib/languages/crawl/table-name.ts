import { type Reason, reason } from './crawl-plan.ts';

const lengthMax = 128;

export interface TableName {
  name: string;
  better?: string;
  reasons: Reason[];
}

export interface NamedPlace {
  /** The folder, or the file, that the table is named after. */
  source: string;
  /** The folder above it. */
  parent: string;
  location: string;
}

/**
 * A table's name as Glue makes it: the crawler's prefix and the folder's name, in lower case, with `_` for what is no
 * letter or digit, and a hash where another table is called so.
 * https://docs.aws.amazon.com/glue/latest/dg/define-crawler.html
 */
export function tableName(place: NamedPlace, prefix: string, isTaken: (name: string) => boolean): TableName {
  const { source, parent, location } = place;
  const folder = cleaned(source);
  const reasons = [reason('nameFolder', { folder: source })];
  if (folder !== source) reasons.push(reason('nameCharacters', { folder: source, name: folder }));
  const lead = prefix.toLowerCase();
  if (lead) reasons.push(reason('namePrefix', { prefix: lead }));
  const plain = `${lead}${folder}`.slice(0, lengthMax);
  const better = betterName(folder, cleaned(parent), lead, isTaken);
  if (isDoubled(folder, lead)) reasons.push(reason('nameDoubled', { name: plain, better: better ?? plain }));
  const name = isTaken(plain) ? `${plain.slice(0, lengthMax - 33)}_${hash(location)}` : plain;
  if (name !== plain) reasons.push(reason('nameHash', { name: plain }));
  if (/^\d/.test(name)) reasons.push(reason('nameDigit', { name }));
  return { name, reasons, ...(better && better !== name ? { better } : {}) };
}

const cleaned = (text: string): string => text.toLowerCase().replace(/[^a-z0-9_]/g, '_');

/** The prefix `sales` or `sales_` before a folder that is called so, or begins so, already. */
function isDoubled(folder: string, prefix: string): boolean {
  const word = prefix.replace(/_+$/, '');
  return word !== '' && (folder === word || folder.startsWith(`${word}_`));
}

function betterName(folder: string, parent: string, prefix: string, isTaken: (name: string) => boolean) {
  const trimmed = folder.replace(/_{2,}/g, '_').replace(/^_+|_+$/g, '');
  const name = isDoubled(folder, prefix) ? trimmed : `${prefix}${trimmed}`;
  const isSound = /^[a-z_]/.test(name) && !isTaken(name);
  if (isSound) return name;
  const longer = [parent, trimmed].filter(Boolean).join('_');
  const lettered = /^\d/.test(longer) ? `table_${longer}` : longer;
  const candidate = isDoubled(lettered, prefix) ? lettered : `${prefix}${lettered}`;
  return isTaken(candidate) ? undefined : candidate;
}

/** FNV-1a of 128 bits. Glue's own hash is not documented; it has as many digits. */
function hash(text: string): string {
  let value = 0x6c62272e07bb014262b821756295c58dn;
  for (const byte of new TextEncoder().encode(text))
    value = BigInt.asUintN(128, (value ^ BigInt(byte)) * 0x0000000001000000000000000000013bn);
  return value.toString(16).padStart(32, '0');
}
