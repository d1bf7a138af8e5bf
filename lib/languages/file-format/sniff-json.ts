import { describeProblem } from '../contract/describe-problem.ts';
import type { FileFormat } from '../contract/format.ts';
import type { Problem } from '../contract/problem.ts';
import { readJson } from './json-reader.ts';

interface SniffedJson {
  format: Extract<FileFormat, { type: 'json' }>;
  problems: Problem[];
}

/** Tells an array of objects from an object a line, and says so where it is neither. Reads as far as the first record. */
export function sniffJson(text: string, complete: boolean): SniffedJson {
  const first = text.trimStart()[0];
  const layout = first === '[' ? 'array' : 'lines';
  const format = { type: 'json', layout } as const;
  if (layout === 'lines' && isObjectOverLines(text)) {
    return {
      format,
      problems: [describeProblem('json-not-records', { found: 'an object that goes over several lines' })],
    };
  }
  let rows = 0;
  const problem = readJson(text, { layout, complete }, () => {
    rows++;
    return false;
  });
  if (problem) return { format, problems: [problem] };
  const problems =
    rows === 0 && complete ? [describeProblem('file-empty', { found: 'an array without elements' })] : [];
  return { format, problems };
}

/** A line that breaks off after a bracket or a comma is the start of a pretty-printed object. */
function isObjectOverLines(text: string): boolean {
  const [first = '', ...rest] = text
    .trimStart()
    .slice(0, 64 * 1024)
    .split('\n', 2);
  return rest.length > 0 && /^\{(.*[,{[])?\s*$/.test(first);
}
