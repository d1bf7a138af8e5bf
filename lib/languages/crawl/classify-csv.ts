/**
 * Delimited text as Glue's built-in CSV classifier sees it: two columns and two rows at least; the first row is a
 * header where it is text, and the others are not.
 * https://docs.aws.amazon.com/glue/latest/dg/add-classifier.html#classifier-built-in-csv
 */
import { toSnakeCase } from '../contract/snake-case.ts';
import { DelimitedReader } from '../file-format/delimited-reader.ts';
import type { CsvClassifier } from './classifier.ts';
import { TextEvidence } from './column-evidence.ts';
import { type Reason, type ReasonCode, reason } from './crawl-plan.ts';
import { type FileSchema, type SchemaColumn, serdes } from './file-schema.ts';
import type { TextFile } from './text-file.ts';

const delimiters = [',', '|', '\t', ';', '\u0001'];
const recordsRead = 1000;
const headerLengthMax = 150;
/** The share of rows that must have as many fields as the first one. */
const consistencyMin = 0.9;

export function classifyCsv(file: TextFile, custom?: CsvClassifier): FileSchema | undefined {
  const found = findRecords(file, custom);
  if (!found) return undefined;
  const { delimiter, records } = found;
  const width = records[0]?.length ?? 0;
  const header = decideHeader(records, file.name, custom);
  const rows = header.hasHeader ? records.slice(1) : records;
  const isQuoted = file.text.includes('"');
  const serde = serdeOf(delimiter, isQuoted, custom);
  const names = custom?.header ?? (header.hasHeader ? (records[0] ?? []) : []);
  return {
    classification: 'csv',
    compression: file.compression,
    serde,
    parameters: {
      delimiter,
      columnsOrdered: 'true',
      areColumnsQuoted: 'false',
      ...(header.hasHeader ? { 'skip.header.line.count': '1' } : {}),
    },
    columns: columnsOf(names, rows, width, file.name),
    isNameless: names.length === 0,
    rows: Math.max(0, Math.round(file.lines) - (header.hasHeader ? 1 : 0)),
    reasons: [
      custom
        ? reason(custom.name ? 'formatCsvCustom' : 'formatCsvChosen', {
            classifier: custom.name,
            delimiter: visible(delimiter),
            columns: width,
          })
        : reason('formatCsv', {
            delimiter: visible(delimiter),
            columns: width,
            share: Math.round(found.consistency * 100),
          }),
      header.reason,
      ...(isQuoted && serde.library.endsWith('LazySimpleSerDe')
        ? [reason('serdeQuotesKept', { file: file.name })]
        : []),
    ],
    delimited: { delimiter, hasHeader: header.hasHeader, isQuoted },
  };
}

/** A delimiter as people see it. */
const visible = (delimiter: string): string => ({ '\t': '⇥', '\u0001': '0x01' })[delimiter] ?? delimiter;

interface Records {
  delimiter: string;
  records: string[][];
  consistency: number;
}

function findRecords(file: TextFile, custom: CsvClassifier | undefined): Records | undefined {
  const candidates = (custom?.delimiter ? [custom.delimiter] : delimiters)
    .map((delimiter) => readRecords(file, delimiter))
    .filter(({ records }) => records.length >= 2 && ((records[0]?.length ?? 0) >= 2 || custom?.allowSingleColumn))
    .filter(({ consistency }) => consistency >= consistencyMin)
    .sort(
      (one, other) =>
        other.consistency - one.consistency || (other.records[0]?.length ?? 0) - (one.records[0]?.length ?? 0),
    );
  return candidates[0];
}

function readRecords({ text, isComplete }: TextFile, delimiter: string): Records {
  const reader = new DelimitedReader(text, { delimiter, complete: isComplete });
  const records: string[][] = [];
  while (records.length <= recordsRead && reader.next()) records.push(reader.fields());
  const width = records[0]?.length ?? 0;
  const alike = records.filter((record) => record.length === width).length;
  return { delimiter, records: reader.problem ? [] : records, consistency: alike / Math.max(1, records.length) };
}

interface HeaderDecision {
  hasHeader: boolean;
  reason: Reason;
}

function decideHeader(records: string[][], file: string, custom: CsvClassifier | undefined): HeaderDecision {
  if (custom?.containsHeader === 'PRESENT' || custom?.containsHeader === 'ABSENT') {
    const hasHeader = custom.containsHeader === 'PRESENT';
    const [present, absent] = custom.name
      ? (['headerTold', 'headerToldAbsent'] as const)
      : (['headerChosen', 'headerChosenAbsent'] as const);
    return { hasHeader, reason: reason(hasHeader ? present : absent, { classifier: custom.name }) };
  }
  const [first = [], ...rows] = records;
  const last = first.length - 1;
  const typed = first.findIndex((value) => isTyped(value));
  if (typed >= 0) return no('headerTyped', { column: typed + 1, value: first[typed] ?? '' });
  const empty = first.findIndex((value, index) => value.trim() === '' && index !== last);
  if (empty >= 0) return no('headerEmpty', { column: empty + 1 });
  const long = first.findIndex((value, index) => value.length >= headerLengthMax && index !== last);
  if (long >= 0) return no('headerLong', { column: long + 1, length: headerLengthMax });
  const evidence = evidenceOf(rows, first.length, file);
  const other = evidence.findIndex((column) => column.isTyped);
  if (other < 0) return no('headerNotDifferent', { first: first.slice(0, 3).join(', ') });
  return {
    hasHeader: true,
    reason: reason('headerFound', { column: first[other]?.trim() ?? '', type: evidence[other]?.decide().type ?? '' }),
  };
}

const no = (code: ReasonCode, values: Reason['values']): HeaderDecision => ({
  hasHeader: false,
  reason: reason(code, values),
});

function isTyped(value: string): boolean {
  const evidence = new TextEvidence('');
  evidence.add(value, 1);
  return evidence.isTyped;
}

function evidenceOf(rows: string[][], width: number, file: string): TextEvidence[] {
  const columns = Array.from({ length: width }, () => new TextEvidence(file));
  rows.forEach((row, index) => {
    if (row.length < width && row.length === 1) return;
    columns.forEach((column, field) => {
      column.add(row[field] ?? '', index + 1);
    });
  });
  return columns;
}

function columnsOf(names: string[], rows: string[][], width: number, file: string): SchemaColumn[] {
  const taken = new Set<string>();
  return evidenceOf(rows, width, file).map((evidence, index) => {
    const given = names[index]?.trim() ?? '';
    const { name, reasons } = nameOf(given, index, taken);
    taken.add(name);
    const better = toSnakeCase(given);
    const isAwkward = given !== '' && better !== '' && name !== better && /[^a-z0-9_]/.test(name);
    return {
      name,
      evidence,
      reasons,
      ...(isAwkward ? { betterName: { name: better, reason: reason('betterColumnName', { name }) } } : {}),
    };
  });
}

function nameOf(given: string, index: number, taken: Set<string>): { name: string; reasons: Reason[] } {
  if (given === '') return { name: `col${index}`, reasons: [reason('namePlace', { place: index + 1 })] };
  const name = given.toLowerCase();
  if (!taken.has(name)) return { name, reasons: [reason('nameHeader', { header: given })] };
  let copy = 2;
  while (taken.has(`${name}_${copy}`)) copy++;
  return { name: `${name}_${copy}`, reasons: [reason('nameTwice', { header: given })] };
}

function serdeOf(delimiter: string, isQuoted: boolean, custom: CsvClassifier | undefined) {
  if (custom?.serde === 'OpenCSVSerDe' || (custom?.quote && custom.serde !== 'LazySimpleSerDe' && isQuoted))
    return serdes.quoted(delimiter, custom.quote);
  return serdes.plain(delimiter);
}
