import { readJson } from '../file-format/json-reader.ts';
import type { JsonClassifier } from './classifier.ts';
import { reason } from './crawl-plan.ts';
import { type FileSchema, type SchemaColumn, serdes } from './file-schema.ts';
import { JsonEvidence } from './json-evidence.ts';
import type { TextFile } from './text-file.ts';

const rowsRead = 10_000;

/**
 * JSON as Glue's built-in classifier sees it: each object is a row. An array at the top is one row with the one
 * column `array`, unless a custom classifier looks into it.
 * https://docs.aws.amazon.com/glue/latest/dg/custom-classifier.html#custom-classifier-json
 */
export function classifyJson(file: TextFile, custom?: JsonClassifier): FileSchema | undefined {
  const first = file.text.trimStart()[0];
  if (first !== '{' && first !== '[') return undefined;
  const whole = first === '[' || isOverLines(file.text) ? parseWhole(file) : undefined;
  if (first === '[') return arraySchema(file, whole, custom);
  if (whole && !Array.isArray(whole)) {
    const rows = custom ? rowsAt(whole, custom.path) : [whole as Record<string, unknown>];
    return (
      rows && schemaOf(file, rows, [reason(custom ? 'formatJsonPath' : 'formatJsonWhole', pathOf(custom))], custom)
    );
  }
  const records: Record<string, unknown>[] = [];
  const problem = readJson(file.text, { layout: 'lines', complete: file.isComplete }, (record) => {
    records.push(record);
    return records.length < rowsRead;
  });
  if (records.length === 0 || (problem && records.length < 2)) return undefined;
  const broken = problem ? [reason('jsonBroken', { row: records.length + 1, file: file.name })] : [];
  return schemaOf(file, records, [reason('formatJsonLines', { rows: records.length }), ...broken]);
}

const pathOf = (custom: JsonClassifier | undefined): Record<string, string> =>
  custom ? { classifier: custom.name, path: custom.path } : {};

function arraySchema(file: TextFile, whole: unknown, custom: JsonClassifier | undefined): FileSchema | undefined {
  if (custom) {
    const rows = rowsAt(whole ?? partOf(file), custom.path);
    return rows && schemaOf(file, rows, [reason('formatJsonPath', pathOf(custom))], custom);
  }
  const elements = Array.isArray(whole) ? whole : partOf(file);
  if (elements.length === 0) return undefined;
  return schemaOf(file, [{ array: elements }], [reason('formatJsonArray', { elements: elements.length })]);
}

/** The elements of an array of which only the start is there. */
function partOf(file: TextFile): unknown[] {
  const elements: unknown[] = [];
  readJson(file.text, { layout: 'array', complete: file.isComplete }, (record) => {
    elements.push(record);
    return elements.length < rowsRead;
  });
  return elements;
}

/** `$[*]`, `$.a.b[*]`, `$.a`: what custom classifiers take, without filters. */
function rowsAt(whole: unknown, path: string): Record<string, unknown>[] | undefined {
  let found: unknown[] = [whole];
  for (const [, name, , isEach] of path.matchAll(/(?:\.(\w+)|\['([^']+)'\])?(\[\*\])?/g)) {
    if (name) found = found.map((value) => (value as Record<string, unknown> | null)?.[name]);
    if (isEach) found = found.flatMap((value) => (Array.isArray(value) ? value : []));
  }
  const rows = found.filter((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
  return rows.length > 0 ? (rows as Record<string, unknown>[]) : undefined;
}

function parseWhole({ text, isComplete }: TextFile): unknown {
  if (!isComplete) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isOverLines = (text: string): boolean => !/^\s*\{[^\n]*\}\s*(\n|$)/.test(text.slice(0, 1024 * 1024));

function schemaOf(
  file: TextFile,
  rows: Record<string, unknown>[],
  reasons: FileSchema['reasons'],
  custom?: JsonClassifier,
): FileSchema {
  const columns = new Map<string, SchemaColumn & { evidence: JsonEvidence; key: string }>();
  rows.forEach((row, index) => {
    for (const [key, value] of Object.entries(row)) {
      const name = key.toLowerCase();
      const known = columns.get(name);
      const column = known ?? {
        name,
        key,
        evidence: new JsonEvidence(file.name),
        reasons: [reason('nameKey', { key })],
      };
      if (!known) columns.set(name, column);
      else if (known.key !== key && known.reasons.length === 1)
        known.reasons.push(reason('nameClash', { key: known.key, other: key }));
      column.evidence.add(value, index + 1);
    }
  });
  return {
    classification: 'json',
    compression: file.compression,
    serde: serdes.json([...columns.values()].map(({ key }) => key)),
    parameters: custom ? { jsonPath: custom.path } : {},
    columns: [...columns.values()],
    isNameless: false,
    rows: file.isComplete ? rows.length : Math.round(file.lines),
    reasons,
  };
}
