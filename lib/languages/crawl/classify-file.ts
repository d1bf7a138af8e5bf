import { isAvro } from '../file-format/avro-header.ts';
import { decodeText } from '../file-format/decode-text.ts';
import { gunzipHead } from '../file-format/gunzip-head.ts';
import { extensionOf, findSignature } from '../file-format/media-type.ts';
import { isOrc } from '../file-format/orc-footer.ts';
import { withoutGzip } from '../file-format/promised-content.ts';
import { readMediaFacts } from '../file-format/read-media-facts.ts';
import { isXml } from '../file-format/read-xml-rows.ts';
import { isParquet } from '../file-format/sniff.ts';
import type { Classifier } from './classifier.ts';
import { classifyAvro } from './classify-avro.ts';
import { classifyCsv } from './classify-csv.ts';
import { classifyJson } from './classify-json.ts';
import { classifyGrok, classifyLog } from './classify-log.ts';
import { classifyOrc } from './classify-orc.ts';
import { classifyParquet } from './classify-parquet.ts';
import { classifyXml } from './classify-xml.ts';
import { type FileHead, type Reason, reason } from './crawl-plan.ts';
import type { Classified, FileSchema } from './file-schema.ts';
import type { TextFile } from './text-file.ts';

/** Glue reads the first megabyte of a text to find its schema: https://repost.aws/knowledge-center/glue-crawler-detect-schema */
export const crawlHeadBytes = 1024 * 1024;

/** Documents: their names say that no commas in them make a table. */
const documents = ['md', 'html', 'htm', 'xml', 'yaml', 'yml', 'svg', 'rtf', 'tex'];

/** Finds out what a file is, by the custom classifiers first, as Glue does. */
export function classifyFile(read: FileHead, sizeBytes: number, classifiers: Classifier[]): Classified {
  const file = { ...read, sizeBytes };
  const name = file.key.split('/').at(-1) ?? file.key;
  if (file.head.length === 0) return { kind: 'empty' };
  const stated = classifyStated(file, name, sizeBytes);
  if (stated) return 'code' in stated ? fileOf(file, name, [stated]) : { kind: 'table', schema: stated };
  const { bytes, isTruncated, compression } = unpacked(file, sizeBytes);
  if (bytes.length === 0) return { kind: 'empty' };
  const signature = findSignature(bytes);
  if (signature) return fileOf(file, name, [reason('fileBinary', { mediaType: signature.mediaType })]);
  const decoded = decodeText(bytes, isTruncated);
  if (decoded.type !== 'text')
    return decoded.type === 'broken'
      ? fileOf(file, name, [reason('fileBroken')], decoded.text)
      : fileOf(file, name, [reason('fileUnknown')]);
  if (decoded.text.trim() === '') return { kind: 'empty' };
  const lines = decoded.text.split('\n').length - (decoded.text.endsWith('\n') ? 1 : 0);
  const ratio = Math.max(1, sizeBytes / Math.min(file.head.length, sizeBytes));
  const text: TextFile = {
    name,
    text: decoded.text.replace(/^\uFEFF/, ''),
    isComplete: !isTruncated,
    compression,
    encoding: decoded.encoding,
    lines: isTruncated ? lines * ratio : lines,
  };
  const schema = classifyText(text, classifiers);
  if (!schema) return textFileOf(file, text);
  schema.reasons.push(...aboutText(text));
  return { kind: 'table', schema };
}

/** A file that states its columns itself; a reason where it cannot be read. Undefined for all else. */
function classifyStated(
  { head, tail = head }: FileHead,
  name: string,
  sizeBytes: number,
): FileSchema | Reason | undefined {
  if (isParquet(head)) return classifyParquet(name, tail) ?? reason('parquetDamaged', { file: name });
  if (isAvro(head)) return classifyAvro(name, head, sizeBytes) ?? reason('avroDamaged', { file: name });
  return isOrc(head) ? classifyOrc(name, tail) : undefined;
}

function classifyText(text: TextFile, classifiers: Classifier[]): FileSchema | undefined {
  for (const classifier of classifiers) {
    const schema = classifyBy(text, classifier);
    if (schema) return schema;
  }
  if (documents.includes(extensionOf(withoutGzip(text.name))) || isXml(text.text)) return undefined;
  return classifyJson(text) ?? classifyLog(text) ?? classifyCsv(text);
}

function classifyBy(text: TextFile, classifier: Classifier): FileSchema | undefined {
  if (classifier.type === 'csv') return classifyCsv(text, classifier);
  if (classifier.type === 'grok') return classifyGrok(text, classifier);
  return classifier.type === 'xml' ? classifyXml(text, classifier) : classifyJson(text, classifier);
}

function aboutText({ compression, encoding, name, isComplete }: TextFile): Reason[] {
  return [
    ...(compression === 'gzip' ? [reason('compressed', { file: name })] : []),
    // Athena's SerDes read UTF-8.
    ...(encoding === 'utf-8' ? [] : [reason('encoding', { encoding, file: name })]),
    ...(isComplete ? [] : [reason('readStart', { file: name })]),
  ];
}

function unpacked({ head }: FileHead, sizeBytes: number) {
  const isPart = head.length < sizeBytes;
  if (head[0] !== 0x1f || head[1] !== 0x8b) return { bytes: head, isTruncated: isPart, compression: 'none' as const };
  const { bytes, truncated, damaged } = gunzipHead(head, isPart, crawlHeadBytes);
  // What cannot be unpacked keeps the signature of gzip, and is a file.
  if (damaged) return { bytes: head, isTruncated: isPart, compression: 'none' as const };
  return { bytes, isTruncated: truncated, compression: 'gzip' as const };
}

function textFileOf(file: FileHead & { sizeBytes: number }, { name, text }: TextFile): Classified {
  const { mediaType } = readMediaFacts({ fileName: name, head: file.head, text });
  // A drawing is XML too.
  if (mediaType.startsWith('image/')) return fileOf(file, name, [reason('fileBinary', { mediaType })], text);
  return fileOf(file, name, [reason(isXml(text) ? 'fileXml' : 'fileText')], text);
}

function fileOf(
  { head, tail, sizeBytes }: FileHead & { sizeBytes: number },
  fileName: string,
  reasons: Reason[],
  text?: string,
): Classified {
  return { kind: 'file', facts: readMediaFacts({ fileName, head, tail, sizeBytes, text }), reasons };
}
