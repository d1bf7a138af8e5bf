import { combinedLogColumns, isCombinedLogLine } from '../file-format/combined-log.ts';
import type { Contract } from './contract.ts';
import { checkNames } from './match-columns.ts';
import type { ProblemList } from './problem-list.ts';

/** Checks that every line is one of an access log, and that the contract is one for such logs; answers how many there were. */
export function checkLog(text: string, complete: boolean, contract: Contract, problems: ProblemList): number {
  checkNames(
    combinedLogColumns.map(({ name }) => name),
    contract,
    problems,
  );
  let row = 0;
  let line = 0;
  for (let start = 0; start < text.length; ) {
    const lineEnd = text.indexOf('\n', start);
    if (lineEnd < 0 && !complete) break;
    const source = text.slice(start, lineEnd < 0 ? text.length : lineEnd);
    start += source.length + 1;
    line++;
    if (source.trim() === '') continue;
    row++;
    if (!isCombinedLogLine(source)) problems.add('log-line-malformed', { row, line, value: source.trimEnd() });
  }
  return row;
}
