import { readdirSync, readFileSync } from 'node:fs';

/** What Trino says to a statement, or what is said here. */
export interface Answer {
  types?: string[];
  rows?: (string | null)[][];
  error?: string;
}

/** The statements, and what a Trino has answered to each (recorded by `node scripts/run.mjs trino-corpus --record`). */
const FOLDER = `${import.meta.dirname}/../corpus`;

export const ANSWERS_FILE = `${FOLDER}/answers.json`;

/** Statements by family: one a line. */
export function corpusStatements(): Record<string, string[]> {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.sql') && file !== 'fixture.sql');
  return Object.fromEntries(files.map((file) => [file.replace('.sql', ''), lines(file)]));
}

function lines(file: string): string[] {
  return readFileSync(`${FOLDER}/${file}`, 'utf8').split('\n').filter(Boolean);
}

/** Tables by name, each the query that fills it. */
export function fixtureTables(): [string, string][] {
  return lines('fixture.sql').map((line) => {
    const at = line.indexOf(': ');
    return [line.slice(0, at), line.slice(at + 2)];
  });
}

/** Trino's answers by family and statement. */
export function recordedAnswers(): Record<string, Record<string, Answer>> {
  return JSON.parse(readFileSync(ANSWERS_FILE, 'utf8')) as Record<string, Record<string, Answer>>;
}

/**
 * An answer as it is compared. Of an error its code, place and text, but for the lists of what would have been right,
 * and for what Athena itself words in another way: it shows syntax errors without a code, and says of a column that it
 * may be forbidden.
 */
export function comparable({ types, rows, error }: Answer): string {
  if (error === undefined) return JSON.stringify({ types, rows });
  return error
    .replace(' or requester is not authorized to access requested resources', '')
    .replace(/\. ?Expect(?:ing|ed):.*/s, '')
    .replace(/^SYNTAX_ERROR: (?=line \d+:\d+: (?:mismatched|Invalid|backquoted))/, '');
}
