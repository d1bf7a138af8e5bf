import { DelimitedReader } from '../file-format/delimited-reader.ts';
import { describeReaderProblem } from '../file-format/sniff-delimited.ts';
import { fits } from '../file-format/value-kind.ts';
import { codeOfMisfit } from './code-of-misfit.ts';
import { describeType, type FitValue } from './column-type.ts';
import { type Contract, columnsOf } from './contract.ts';
import type { FileFormat } from './format.ts';
import { checkNames } from './match-columns.ts';
import type { ProblemList } from './problem-list.ts';

type CsvFormat = Extract<FileFormat, { type: 'csv' }>;

const space = 0x20;

/** A column of the contract as the file has it. */
interface CheckedColumn {
  field: number;
  name: string;
  required: boolean;
  expected: string;
  fitValue: FitValue | undefined;
}

/** Checks a delimited file's rows against the contract; answers how many there were. */
export function checkDelimited(
  text: string,
  format: CsvFormat,
  complete: boolean,
  contract: Contract,
  problems: ProblemList,
): number {
  const columns = findColumns(format, contract, problems);
  const reader = openRows(text, format, complete);
  while (reader.next()) {
    if (reader.count === format.header.length) checkRow(reader, columns, problems);
    else addRagged(reader, format.header.length, problems);
  }
  if (reader.problem) problems.addAll([describeReaderProblem(reader)]);
  return Math.max(reader.record - 1, 0);
}

/** A reader that stands on the header. */
export function openRows(text: string, format: CsvFormat, complete: boolean): DelimitedReader {
  const keepBlankLines = format.header.length === 1;
  const reader = new DelimitedReader(text, { delimiter: format.delimiter, complete, keepBlankLines });
  reader.next();
  return reader;
}

function findColumns(format: CsvFormat, contract: Contract, problems: ProblemList): CheckedColumn[] {
  const { fieldOf } = checkNames(format.header, contract, problems);
  return columnsOf(contract)
    .map(({ physicalType, required }, index) => {
      const field = fieldOf[index] ?? -1;
      const { expected, fitValue } = describeType(physicalType);
      return { field, name: format.header[field]?.trim() ?? '', required, expected, fitValue };
    })
    .filter(({ field, required, fitValue }) => field >= 0 && (required || fitValue));
}

function checkRow(reader: DelimitedReader, columns: CheckedColumn[], problems: ProblemList): void {
  const { text } = reader;
  for (const column of columns) {
    const start = reader.start(column.field);
    const end = reader.end(column.field);
    // Nearly every value fits as it stands; only one that does not is looked at without the space around it.
    const isSound = column.fitValue
      ? start < end && column.fitValue(text, start, end) === fits
      : start < end && text.charCodeAt(start) > space;
    if (!isSound) checkTrimmed(reader, column, problems);
  }
}

function checkTrimmed(reader: DelimitedReader, column: CheckedColumn, problems: ProblemList): void {
  const { text } = reader;
  let start = reader.start(column.field);
  let end = reader.end(column.field);
  while (start < end && text.charCodeAt(start) <= space) start++;
  while (start < end && text.charCodeAt(end - 1) <= space) end--;
  if (start === end) {
    if (column.required) addEmpty(reader, column, problems);
    return;
  }
  const fit = column.fitValue?.(text, start, end) ?? fits;
  if (fit === fits) return;
  problems.add(
    codeOfMisfit[fit],
    () => ({ ...placeOf(reader, column), value: reader.field(column.field), expected: column.expected }),
    column.name,
  );
}

function addEmpty(reader: DelimitedReader, column: CheckedColumn, problems: ProblemList): void {
  problems.add('value-required', () => ({ ...placeOf(reader, column), expected: column.expected }), column.name);
}

function addRagged(reader: DelimitedReader, expected: number, problems: ProblemList): void {
  problems.add(reader.count < expected ? 'fields-too-few' : 'fields-too-many', () => ({
    row: reader.record - 1,
    line: reader.line,
    expected: String(expected),
    found: String(reader.count),
  }));
}

function placeOf(reader: DelimitedReader, { name }: CheckedColumn) {
  return { row: reader.record - 1, line: reader.line, column: name };
}
