/** What is wrong with a ruleset's text for a table: also in the browser, where it is underlined while it is written. */
import { checkRuleset } from '@/lib/languages/dqdl/check.ts';
import { DqdlError } from '@/lib/languages/dqdl/dqdl-error.ts';
import { parseRuleset } from '@/lib/languages/dqdl/parse.ts';
import type { TableColumn } from '@/lib/languages/dqdl/table.ts';

export interface TextProblem {
  /** Offsets in the text. */
  from: number;
  to: number;
  severity: 'error' | 'warning';
  message: string;
  /** Names the sentence in the reader's language. */
  code: string;
  values: Record<string, string | number>;
}

export function checkText(text: string, columns: TableColumn[]): TextProblem[] {
  try {
    return checkRuleset(parseRuleset(text), columns);
  } catch (error) {
    if (!(error instanceof DqdlError)) throw error;
    // Its place is told by where it is underlined, and by itself where it is written.
    const { from, to, code, values } = error;
    return [{ from, to, severity: 'error', code, values, message: error.message.replace(/^line \d+:\d+: /, '') }];
  }
}

/** Lines and columns count from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
