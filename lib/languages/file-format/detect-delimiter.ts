import { type Delimiter, delimiters } from '../contract/format.ts';
import { DelimitedReader } from './delimited-reader.ts';

const recordsRead = 200;

export interface DetectedDelimiter {
  delimiter: Delimiter;
  /** How many fields the first record has by it. */
  fields: number;
  /** The share of records with as many fields as the first one. */
  consistency: number;
}

/** Finds the delimiter by which the most records have as many fields as the first one; a comma where none splits it. */
export function detectDelimiter(text: string, complete: boolean): DetectedDelimiter {
  const candidates = delimiters
    .map((delimiter) => measure(text, delimiter, complete))
    .filter(({ fields }) => fields > 1)
    .sort((one, other) => other.consistency - one.consistency || other.fields - one.fields);
  return candidates[0] ?? { delimiter: ',', fields: 1, consistency: 1 };
}

function measure(text: string, delimiter: Delimiter, complete: boolean): DetectedDelimiter {
  const reader = new DelimitedReader(text, { delimiter, complete });
  let fields = 0;
  let consistent = 0;
  while (reader.record < recordsRead && reader.next()) {
    if (reader.record === 1) fields = reader.count;
    if (reader.count === fields) consistent++;
  }
  return { delimiter, fields, consistency: reader.record === 0 ? 0 : consistent / reader.record };
}

const unsupported: Record<string, string> = {
  '^': '^',
  '~': '~',
  '#': '#',
  ':': ':',
  '\x01': 'the control character 0x01',
};

/** Names the character that splits the first lines into as many parts each, though nobody can be asked to guess it. */
export function findUnsupportedDelimiter(text: string): string | undefined {
  const [header = '', ...rows] = text
    .slice(0, 64 * 1024)
    .split(/\r?\n/, 21)
    .filter(Boolean);
  const found = Object.keys(unsupported).find((character) => {
    const parts = header.split(character).length;
    return parts > 1 && rows.length > 0 && rows.slice(0, -1).every((row) => row.split(character).length === parts);
  });
  return found && unsupported[found];
}
