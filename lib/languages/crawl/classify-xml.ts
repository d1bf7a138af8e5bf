import { isXml, readXmlRows, type XmlRow, type XmlValue } from '../file-format/read-xml-rows.ts';
import type { XmlClassifier } from './classifier.ts';
import { reason } from './crawl-plan.ts';
import { type FileSchema, type SchemaColumn, serdes } from './file-schema.ts';
import { JsonEvidence } from './json-evidence.ts';
import type { TextFile } from './text-file.ts';

/**
 * XML as a custom classifier sees it: each element of a name is a row, what is in it its columns.
 * https://docs.aws.amazon.com/glue/latest/dg/custom-classifier.html#custom-classifier-xml
 */
export function classifyXml(file: TextFile, { name, classification, rowTag }: XmlClassifier): FileSchema | undefined {
  if (!rowTag || !isXml(file.text)) return undefined;
  const rows = readXmlRows(file.text, rowTag);
  if (rows.length === 0) return undefined;
  return {
    classification,
    compression: file.compression,
    serde: serdes.xml(rowTag),
    parameters: { rowTag },
    columns: columnsOf(file.name, rows),
    isNameless: false,
    rows: file.isComplete ? rows.length : Math.round((rows.length * file.lines) / Math.max(1, linesOf(file.text))),
    reasons: [reason('formatXml', { classifier: name, tag: rowTag, rows: rows.length })],
  };
}

function columnsOf(file: string, rows: XmlRow[]): SchemaColumn[] {
  const columns = new Map<string, SchemaColumn & { evidence: JsonEvidence }>();
  rows.forEach((row, index) => {
    for (const [tag, value] of Object.entries(row)) {
      const name = tag.toLowerCase();
      const known = columns.get(name);
      const column = known ?? { name, evidence: new JsonEvidence(file), reasons: [reason('nameTag', { tag })] };
      if (!known) columns.set(name, column);
      column.evidence.add(typed(value), index + 1);
    }
  });
  return [...columns.values()];
}

/** XML knows text alone: what looks like a number is one, but for codes that begin with a zero. */
function typed(value: XmlValue): unknown {
  if (Array.isArray(value)) return value.map(typed);
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, typed(field)]));
  if (value === '') return null;
  if (/^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(value)) return Number(value);
  return /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : value;
}

const linesOf = (text: string): number => text.split('\n').length;
