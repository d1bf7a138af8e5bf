import type { Sniffed } from '../file-format/sniff.ts';
import { checkDelimited } from './check-delimited.ts';
import { checkJson } from './check-json.ts';
import { checkLog } from './check-log.ts';
import type { Contract } from './contract.ts';
import { checkNames } from './match-columns.ts';
import type { Problem } from './problem.ts';
import { ProblemList } from './problem-list.ts';

export interface Checked {
  rowsChecked: number;
  /** The first ones of each kind, 50 at most. */
  problems: Problem[];
  problemCount: number;
}

/** Checks what was read of a file against a contract: its names, and every row that is there whole (Parquet: none). */
export function checkFile({ format, text, complete, footer }: Sniffed, contract: Contract): Checked {
  const problems = new ProblemList();
  let rowsChecked = 0;
  if (format.type === 'csv') rowsChecked = checkDelimited(text, format, complete, contract, problems);
  else if (format.type === 'json') rowsChecked = checkJson(text, { ...format, complete }, contract, problems);
  else if (format.type === 'combined-log') rowsChecked = checkLog(text, complete, contract, problems);
  else if (footer)
    checkNames(
      footer.columns.map((column) => column.physicalName),
      contract,
      problems,
    );
  return { rowsChecked, problems: problems.problems, problemCount: problems.count };
}
