import { compileGrok, type Grok, GrokError } from '../grok/compile-grok.ts';
import type { GrokClassifier } from './classifier.ts';
import { type Reason, reason } from './crawl-plan.ts';
import { DeclaredEvidence } from './declared-evidence.ts';
import { type FileSchema, serdes } from './file-schema.ts';
import { scalar } from './hive-type.ts';
import type { TextFile } from './text-file.ts';

/** Logs that Glue knows by itself: https://docs.aws.amazon.com/glue/latest/dg/add-classifier.html#classifier-built-in */
const builtIn = [
  { classification: 'combined_apache', pattern: '%{COMBINEDAPACHELOG}' },
  { classification: 'apache', pattern: '%{COMMONAPACHELOG}' },
].map((log) => ({ ...log, grok: compileGrok(log.pattern) }));

const linesTried = 200;
/** The share of lines that must be of the kind. */
const shareMin = 0.8;

/** A log as Apache and nginx write it. */
export function classifyLog(file: TextFile): FileSchema | undefined {
  for (const { classification, pattern, grok } of builtIn) {
    const { share, lines } = tryLines(file, grok);
    if (share < shareMin) continue;
    const why = reason('formatLog', { pattern, share: Math.round(share * 100), lines });
    return schemaOf(file, { classification, pattern, grok, why });
  }
  return undefined;
}

/** A log that a custom classifier describes; a pattern that cannot be compiled recognizes nothing. */
export function classifyGrok(file: TextFile, { name, classification, pattern, customPatterns }: GrokClassifier) {
  const grok = compiled(pattern, customPatterns);
  if (!grok) return undefined;
  const { share, lines } = tryLines(file, grok);
  if (share < shareMin) return undefined;
  const why = reason('formatGrok', { classifier: name, pattern, share: Math.round(share * 100), lines });
  return schemaOf(file, { classification, pattern, grok, why, customPatterns });
}

function compiled(pattern: string, customPatterns: string | undefined): Grok | undefined {
  try {
    return compileGrok(pattern, customPatterns);
  } catch (error) {
    if (!(error instanceof GrokError)) throw error;
    return undefined;
  }
}

function tryLines({ text }: TextFile, grok: Grok): { share: number; lines: number } {
  const lines = text
    .slice(0, 256 * 1024)
    .split(/\r?\n/, linesTried + 1)
    .slice(0, linesTried)
    .filter((line) => line.trim() !== '');
  const expression = new RegExp(grok.pattern);
  const matching = lines.filter((line) => expression.test(line)).length;
  return { share: lines.length === 0 ? 0 : matching / lines.length, lines: lines.length };
}

interface Log {
  classification: string;
  pattern: string;
  grok: Grok;
  why: Reason;
  customPatterns?: string | undefined;
}

function schemaOf(file: TextFile, { classification, pattern, grok, why, customPatterns }: Log): FileSchema {
  return {
    classification,
    compression: file.compression,
    serde: serdes.grok(pattern, customPatterns),
    parameters: {
      grokPattern: pattern,
      ...(customPatterns ? { grokCustomPatterns: customPatterns } : {}),
    },
    columns: grok.fields.map((field) => ({
      name: field.name,
      evidence: new DeclaredEvidence(file.name, scalar(field.type), reason('typeGrok', { pattern: field.pattern })),
      reasons: [reason('nameGrok', { field: field.name })],
    })),
    isNameless: false,
    rows: Math.round(file.lines),
    reasons: [why],
  };
}
