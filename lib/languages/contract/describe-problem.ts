import type { Problem, ProblemCode, ProblemFacts } from './problem.ts';

const valueLength = 100;

/** Makes a problem from its facts, with its English sentence. */
export function describeProblem(code: ProblemCode, facts: ProblemFacts = {}): Problem {
  const value = facts.value === undefined ? undefined : shorten(facts.value);
  const known = Object.fromEntries(Object.entries({ ...facts, value }).filter(([, fact]) => fact !== undefined));
  return { code, message: sentences[code]({ ...facts, value }), ...known };
}

function shorten(value: string): string {
  return value.length > valueLength ? `${value.slice(0, valueLength - 1)}…` : value;
}

const sentences: Record<ProblemCode, (facts: ProblemFacts) => string> = {
  'no-dataset': () =>
    'The file is not in a folder, so there is no telling which dataset it belongs to. Put it under one whose name has a letter, as in sales/january.csv.',
  'file-empty': () => 'The file is empty (0 bytes). Check the export that made it, and send it again.',
  'content-unexpected': ({ expected, found }) =>
    `The file is named as ${expected} but holds ${found}. Export it as ${expected}, or give it the ending of what it is.`,
  'gzip-damaged': () => 'The gzip file is damaged or was cut before its end. Compress it again, and send it again.',
  'parquet-damaged': () =>
    'The file starts as Parquet but does not end as Parquet, so it was cut or written over. Write it again, and send it again.',
  'encoding-invalid': ({ expected, ...facts }) =>
    `${where(facts)} is not valid ${expected ?? 'UTF-8'} text. Save the file as UTF-8, and send it again.`,
  'delimiter-unknown': ({ found }) =>
    `The header is one field, and its parts seem to be separated by ${found}. Separate them by a comma, a semicolon, a tab or |.`,
  'header-missing': ({ value }) =>
    `The first line looks like data (“${value}”), not like column names. Add a first line with the names of the columns.`,
  'header-only': () => 'The file has columns but no rows. Check the export that made it, and send it again.',
  'header-name-empty': ({ found }) =>
    `Field ${found} of the header has no name. Name it, or remove that column from every line.`,
  'header-name-duplicate': ({ column, found }) =>
    `The header has “${column}” more than once (fields ${found}). Give each column a name of its own.`,
  'column-missing': ({ column, expected, row, line }) =>
    `Column “${column}” (${expected}) is missing${row ? ` in ${rowAt({ row, line })}` : ' from the file'}. Add it, or change the dataset's contract.`,
  'column-unexpected': ({ column, ...facts }) =>
    `Column “${column}”${facts.row ? ` in ${rowAt(facts)}` : ''} is not in the dataset's contract. Remove it, rename it, or add it to the contract.`,
  'fields-too-few': (facts) =>
    `${where(facts)} has ${facts.found} fields where the header has ${facts.expected}. Add what is missing; an empty value still needs its separator.`,
  'fields-too-many': (facts) =>
    `${where(facts)} has ${facts.found} fields where the header has ${facts.expected}. Put a value that holds a separator in double quotes.`,
  'record-too-long': (facts) =>
    `${where(facts)} is longer than ${facts.expected}. Check the file for a missing line break or an unclosed double quote.`,
  'quote-unclosed': (facts) =>
    `${where(facts)} opens a double quote that is never closed. Close it, or write a double quote inside a value twice ("").`,
  'quote-misplaced': (facts) =>
    `${where(facts)} goes on after its closing double quote. Write a double quote inside a value twice ("").`,
  'value-required': (facts) => `${where(facts)} is empty, but every row must have a value there. Fill it in.`,
  'type-mismatch': (facts) =>
    `${where(facts)} is “${facts.value}”; expected ${facts.expected}. Correct the value, or change the column's type in the contract.`,
  'date-impossible': (facts) =>
    `${where(facts)} is “${facts.value}”, a day or time that does not exist. Expected ${facts.expected}.`,
  'number-out-of-range': (facts) =>
    `${where(facts)} is “${facts.value}”, too large for ${facts.expected}. Correct the value, or change the column's type in the contract.`,
  'json-malformed': (facts) =>
    `The JSON is malformed at ${facts.line}:${facts.position} (line:column): expected ${facts.expected}, found ${facts.found}. Correct it there.`,
  'json-not-records': ({ line, found }) =>
    `The JSON${line ? ` at line ${line}` : ''} holds ${found}; expected an array of objects, or one object a line.`,
  'log-line-malformed': ({ line, value }) =>
    `Line ${line} is not a line of an access log: “${value}”. Expected host ident user [time] "request" status bytes "referer" "agent".`,
  'rule-broken': ({ expected }) =>
    `With the file's rows the table breaks its rule “${expected}”. Correct the rows that break it, or change the rule.`,
  'contract-violated': ({ found }) => `The file breaks the dataset's contract: ${found}`,
};

/** `Row 3 (line 4), column “price”`, with as much of it as is known, as the start of a sentence. */
function where({ row, line, column }: ProblemFacts): string {
  const place = row ? rowAt({ row, line }) : line ? `line ${line}` : '';
  const text = [place, column && `column “${column}”`].filter(Boolean).join(', ');
  return text ? text.charAt(0).toUpperCase() + text.slice(1) : 'The file';
}

function rowAt({ row, line }: ProblemFacts): string {
  return line ? `row ${row} (line ${line})` : `row ${row}`;
}
