import { describeProblem } from '../contract/describe-problem.ts';
import type { FileFormat } from '../contract/format.ts';
import type { Problem } from '../contract/problem.ts';
import type { Encoding } from './decode-text.ts';
import { DelimitedReader } from './delimited-reader.ts';
import { detectDelimiter, findUnsupportedDelimiter } from './detect-delimiter.ts';
import { headerKey } from './header-key.ts';
import { fitDate, fits, fitTimestamp, readNumber } from './value-kind.ts';

interface SniffedDelimited {
  format: Extract<FileFormat, { type: 'csv' }>;
  problems: Problem[];
  /** The share of the first records that have as many fields as the header. */
  consistency: number;
}

/** Finds delimiter and header of a delimited file, and what is wrong with the header. */
export function sniffDelimited(text: string, encoding: Encoding, complete: boolean): SniffedDelimited {
  const { delimiter, fields, consistency } = detectDelimiter(text, complete);
  const reader = new DelimitedReader(text, { delimiter, complete });
  const header = reader.next() ? reader.fields() : [];
  const problems = findStructuralProblems(reader, header, complete);
  const unsupported = fields === 1 && findUnsupportedDelimiter(text);
  if (unsupported) problems.unshift(describeProblem('delimiter-unknown', { found: unsupported }));
  return { format: { type: 'csv', delimiter, quote: '"', encoding, header }, problems, consistency };
}

/** Checks the header, and that something follows it. */
function findStructuralProblems(reader: DelimitedReader, header: string[], complete: boolean): Problem[] {
  if (reader.problem) return [describeReaderProblem(reader)];
  if (looksLikeData(header)) return [describeProblem('header-missing', { value: header.join(', ') })];
  const problems = [...findUnnamed(header), ...findDuplicates(header)];
  if (problems.length > 0) return problems;
  const hasRows = reader.next() || !complete || reader.problem !== undefined;
  return hasRows ? [] : [describeProblem('header-only')];
}

/** Says why a reader could not go on. The header is no row. */
export function describeReaderProblem(reader: DelimitedReader): Problem {
  const { code, line } = reader.problem ?? { code: 'quote-misplaced', line: reader.line };
  return describeProblem(code, {
    row: reader.record > 0 ? reader.record : undefined,
    line,
    expected: code === 'record-too-long' ? '1 MiB' : undefined,
  });
}

/** Most columns are not named by a number or a date; a lone year is, in tables with a column a year. */
function looksLikeData(header: string[]): boolean {
  return header.length > 0 && header.filter(isValue).length * 2 >= header.length;
}

function isValue(field: string): boolean {
  const text = field.trim();
  if (/^(19|20)\d\d$/.test(text)) return false;
  return (
    readNumber(text, 0, text.length) !== undefined ||
    fitDate(text, 0, text.length) === fits ||
    fitTimestamp(text, 0, text.length) === fits
  );
}

function findUnnamed(header: string[]): Problem[] {
  return header.flatMap((name, index) =>
    name.trim() === '' ? [describeProblem('header-name-empty', { line: 1, found: String(index + 1) })] : [],
  );
}

function findDuplicates(header: string[]): Problem[] {
  const fieldsByName = Map.groupBy(header.keys(), (index) => headerKey(header[index] ?? ''));
  return [...fieldsByName].flatMap(([key, [first = 0, ...others]]) =>
    key === '' || others.length === 0
      ? []
      : [
          describeProblem('header-name-duplicate', {
            line: 1,
            column: header[first]?.trim(),
            found: [first, ...others].map((index) => index + 1).join(', '),
          }),
        ],
  );
}
