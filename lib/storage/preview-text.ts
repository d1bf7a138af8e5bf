import { indentJson } from '@/lib/format/indent-json';
import type { FileFormat } from '@/lib/languages/contract/format.ts';
import { DelimitedReader } from '@/lib/languages/file-format/delimited-reader.ts';
import { unknownMediaType } from '@/lib/languages/file-format/media-type.ts';
import { type FileFacts, type Sniffed, sniff } from '@/lib/languages/file-format/sniff.ts';
import type { Cell } from '@/lib/query/schemas';
import { PREVIEW_COLUMNS, PREVIEW_ROWS, type PreviewContent } from './preview-schemas';

/** Of text so many characters are shown, and of one cell of a table. */
const TEXT_MAX = 64 * 1024;
const CELL_MAX = 1_000;

export interface HeadPreview {
  mediaType: string;
  isGzip: boolean;
  /** Of an image or a PDF only what it is: the browser shows it. */
  content: Exclude<PreviewContent, { kind: 'image' | 'pdf' | 'parquet' }> | { kind: 'media'; as: 'image' | 'pdf' };
}

const images = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml']);

/** Makes what can be shown of a file that is no Parquet, from its first bytes. */
export function previewHead(head: Uint8Array, facts: FileFacts): HeadPreview {
  const sniffed = sniff(head, facts);
  const { format } = sniffed;
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  if (format.type === 'csv') return { mediaType: 'text/csv', isGzip, content: previewTable(sniffed, format) };
  if (format.type === 'json' || hasJsonName(facts.fileName)) {
    return { mediaType: 'application/json', isGzip, content: previewJson(sniffed, head) };
  }
  if (format.type === 'binary')
    return { mediaType: format.mediaType, isGzip, content: previewPlain(sniffed, format, head) };
  return { mediaType: 'text/plain', isGzip, content: text('text', sniffed.text, sniffed) };
}

const hasJsonName = (name: string) => /\.(json|geojson|ndjson|jsonl)(\.gz)?$/i.test(name);

function previewTable(sniffed: Sniffed, { delimiter, encoding, header }: Extract<FileFormat, { type: 'csv' }>) {
  // Where the first line is data already, it is shown as such and the columns are counted.
  const isHeaderless = sniffed.problems.some(({ code }) => code === 'header-missing');
  const reader = new DelimitedReader(sniffed.text, { delimiter, complete: sniffed.complete });
  const rows: Cell[][] = [];
  if (!isHeaderless) reader.next();
  let isPart = !sniffed.complete;
  while (reader.next()) {
    if (rows.length === PREVIEW_ROWS) {
      isPart = true;
      break;
    }
    rows.push(reader.fields().slice(0, PREVIEW_COLUMNS).map(cut));
  }
  const width = Math.min(PREVIEW_COLUMNS, Math.max(header.length, ...rows.map((row) => row.length)));
  const columns = Array.from({ length: width }, (_, index) => ({
    name: (isHeaderless ? undefined : header[index]?.trim()) || String(index + 1),
    type: 'string',
  }));
  return { kind: 'table', columns, rows, isPart, delimiter, encoding, problems: sniffed.problems } as const;
}

const cut = (value: string) => (value.length > CELL_MAX ? `${value.slice(0, CELL_MAX)}…` : value);

/** JSON of any shape is shown, also what no table can be made of: a preview holds nobody to a contract. */
function previewJson(sniffed: Sniffed, head: Uint8Array) {
  const source = sniffed.text || lossy(head);
  const problems = sniffed.problems.filter(({ code }) => code !== 'json-not-records' && code !== 'file-empty');
  const isBroken = problems.length > 0 && !(sniffed.complete && isJson(source));
  return isBroken
    ? text('text', source, { ...sniffed, problems })
    : text('json', indentJson(source.slice(0, TEXT_MAX)), {
        problems: [],
        complete: sniffed.complete && source.length <= TEXT_MAX,
      });
}

function isJson(source: string): boolean {
  try {
    JSON.parse(source);
    return true;
  } catch {
    return false;
  }
}

function previewPlain(
  sniffed: Sniffed,
  { mediaType }: { mediaType: string },
  head: Uint8Array,
): HeadPreview['content'] {
  if (images.has(mediaType)) return { kind: 'media', as: 'image' };
  if (mediaType === 'application/pdf') return { kind: 'media', as: 'pdf' };
  if (sniffed.text !== '') return text('text', sniffed.text, sniffed);
  const isBrokenText =
    mediaType.startsWith('text/') && sniffed.problems.some(({ code }) => code === 'encoding-invalid');
  if (isBrokenText) return text('text', lossy(head), { problems: sniffed.problems, complete: false });
  // "Empty" may be said of white space alone, or of an archive with nothing in it.
  if (mediaType === unknownMediaType && sniffed.problems.some(({ code }) => code === 'file-empty'))
    return { kind: 'empty' };
  return { kind: 'none', problems: sniffed.problems };
}

/** What is no valid UTF-8 is shown with a mark in the place of each wrong byte. */
const lossy = (head: Uint8Array) => new TextDecoder().decode(head.subarray(0, TEXT_MAX));

function text<K extends 'text' | 'json'>(
  kind: K,
  whole: string,
  { complete, problems }: Pick<Sniffed, 'complete' | 'problems'>,
) {
  const isPart = !complete || whole.length > TEXT_MAX;
  return { kind, text: kind === 'json' ? whole : whole.slice(0, TEXT_MAX), isPart, problems };
}
