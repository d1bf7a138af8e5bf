import { describeProblem } from '../contract/describe-problem.ts';
import type { FileFormat } from '../contract/format.ts';
import type { Problem } from '../contract/problem.ts';
import { isCombinedLog } from './combined-log.ts';
import { type Decoded, decodeText } from './decode-text.ts';
import { gunzipHead } from './gunzip-head.ts';
import { findSignature, mediaTypeOf, unknownMediaType } from './media-type.ts';
import { type ParquetFooter, readParquetFooter } from './parquet-footer.ts';
import { isOpenName, type Promised, promisedBy, promisedNames, withoutGzip } from './promised-content.ts';
import { sniffDelimited } from './sniff-delimited.ts';
import { sniffJson } from './sniff-json.ts';

/** What is known of a file beside its first bytes. */
export interface FileFacts {
  fileName: string;
  /** Of the whole file. */
  sizeBytes: number;
  /** True when the bytes at hand are only its start. */
  truncated: boolean;
  /** The last bytes of a file that is truncated, as many as `parquetFooterBytes` says; Parquet keeps its columns there. */
  tail?: Uint8Array;
}

export interface Sniffed {
  format: FileFormat;
  /** What keeps the file from being read at all, or its header from being one. */
  problems: Problem[];
  /** What was read of it, decoded; empty where it is no text. */
  text: string;
  /** True when `text` is all of it. */
  complete: boolean;
  /** Of a Parquet file whose end was at hand. */
  footer?: ParquetFooter;
}

/** The part of a file that is looked at before it is accepted. */
export const headBytes = 4 * 1024 * 1024;

/** Finds out what a file is from its first bytes; its name only breaks ties, and says what to complain about. */
export function sniff(head: Uint8Array, facts: FileFacts): Sniffed {
  if (head.length === 0) return broken(describeProblem('file-empty', { found: '0 bytes' }));
  if (head[0] === 0x1f && head[1] === 0x8b) return sniffGzip(head, facts);
  if (isParquet(head)) return sniffParquet(head, facts);
  return sniffContent(head, facts);
}

function sniffGzip(head: Uint8Array, facts: FileFacts): Sniffed {
  const { bytes, truncated, damaged } = gunzipHead(head, facts.truncated, headBytes);
  const fileName = withoutGzip(facts.fileName);
  if (damaged) return broken(describeProblem('gzip-damaged'), 'application/gzip');
  if (bytes.length === 0) return broken(describeProblem('file-empty', { found: 'nothing in the gzip file' }));
  const sniffed = sniffContent(bytes, { ...facts, fileName, truncated });
  // An archive of something else, a tar file for one, is a file like any other.
  if (sniffed.format.type === 'binary')
    return { ...sniffed, format: { type: 'binary', mediaType: 'application/gzip' } };
  return {
    ...sniffed,
    format: sniffed.format.type === 'parquet' ? sniffed.format : { ...sniffed.format, compression: 'gzip' },
  };
}

function sniffParquet(head: Uint8Array, { truncated, tail }: FileFacts): Sniffed {
  const sniffed: Sniffed = { format: { type: 'parquet' }, problems: [], text: '', complete: false };
  const end = truncated ? tail : head;
  if (!end) return sniffed;
  const footer = readParquetFooter(end);
  if (!footer) return { ...sniffed, problems: [describeProblem('parquet-damaged')] };
  return { ...sniffed, footer, problems: footer.rows === 0 ? [describeProblem('header-only')] : [] };
}

function sniffContent(head: Uint8Array, facts: FileFacts): Sniffed {
  const promised = promisedBy(facts.fileName);
  const signature = findSignature(head);
  if (signature) return sniffUnreadable(facts, promised, signature.mediaType, signature.noun);
  const decoded = decodeText(head, facts.truncated);
  if (decoded.type === 'binary') return sniffUnreadable(facts, promised, unknownMediaType, 'binary data');
  if (decoded.type === 'broken') return sniffBrokenText(decoded, facts, promised);
  if (decoded.text.trim() === '' && promised)
    return broken(describeProblem('file-empty', { found: 'only white space' }));
  return sniffText(decoded, facts, promised);
}

function sniffText(
  { text, encoding }: Extract<Decoded, { type: 'text' }>,
  facts: FileFacts,
  promised: Promised,
): Sniffed {
  const complete = !facts.truncated;
  const plain: Sniffed = {
    format: { type: 'binary', mediaType: mediaTypeOf(facts.fileName, 'text/plain') },
    problems: [],
    text,
    complete,
  };
  if (promised === 'csv') return { ...sniffDelimited(text, encoding, complete), text, complete };
  if (promised === 'json') return { ...sniffJson(text, complete), text, complete };
  if (promised === 'parquet') return sniffUnreadable(facts, promised, 'text/plain', 'text');
  if (!isOpenName(facts.fileName)) return plain;
  if (isCombinedLog(text)) return { ...plain, format: { type: 'combined-log' } };
  if (/^\s*[[{]/.test(text)) {
    const json = sniffJson(text, complete);
    if (json.problems.length === 0) return { ...json, text, complete };
  }
  const table = sniffDelimited(text, encoding, complete);
  const isTable = table.problems.length === 0 && table.format.header.length > 1 && table.consistency === 1;
  return isTable ? { ...table, text, complete } : plain;
}

/** No text: a fine file of its own kind, unless its name promises a table. */
function sniffUnreadable(facts: FileFacts, promised: Promised, mediaType: string, noun: string): Sniffed {
  const format: FileFormat = { type: 'binary', mediaType: mediaTypeOf(facts.fileName, mediaType) };
  const isBroken = promised !== undefined && promised !== 'log';
  const problems = isBroken
    ? [describeProblem('content-unexpected', { expected: promisedNames[promised], found: noun })]
    : [];
  return { format, problems, text: '', complete: false };
}

function sniffBrokenText({ text }: { text: string }, facts: FileFacts, promised: Promised): Sniffed {
  const format: FileFormat = { type: 'binary', mediaType: mediaTypeOf(facts.fileName, 'text/plain') };
  const line = text.split('\n').length;
  const problems = promised ? [describeProblem('encoding-invalid', { line, expected: 'UTF-8' })] : [];
  return { format, problems, text: '', complete: false };
}

function broken(problem: Problem, mediaType = unknownMediaType): Sniffed {
  return { format: { type: 'binary', mediaType }, problems: [problem], text: '', complete: true };
}

/** https://parquet.apache.org/docs/file-format/ */
export function isParquet(head: Uint8Array): boolean {
  return String.fromCharCode(...head.subarray(0, 4)) === 'PAR1';
}
