import { headerKey } from '../file-format/header-key.ts';
import { describeType } from './column-type.ts';
import { type Contract, columnsOf } from './contract.ts';
import type { ProblemList } from './problem-list.ts';

export interface MatchedColumns {
  /** For each column of the contract the index of its name in the file, or -1. */
  fieldOf: number[];
  /** Indexes of the names that the contract does not know. */
  unexpected: number[];
}

/** Finds the contract's columns among a file's names: order, case and white space do not matter. */
function matchColumns(names: string[], contract: Contract): MatchedColumns {
  const fieldByKey = new Map(names.map((name, index) => [headerKey(name), index]));
  const fieldOf = columnsOf(contract).map(({ physicalName }) => fieldByKey.get(headerKey(physicalName)) ?? -1);
  const matched = new Set(fieldOf);
  return { fieldOf, unexpected: [...names.keys()].filter((index) => !matched.has(index)) };
}

/** Reports every column that a file lacks, and every one it has too many. */
export function checkNames(names: string[], contract: Contract, problems: ProblemList): MatchedColumns {
  const matched = matchColumns(names, contract);
  columnsOf(contract).forEach(({ physicalName, physicalType }, index) => {
    if ((matched.fieldOf[index] ?? -1) >= 0) return;
    problems.add('column-missing', { column: physicalName, expected: describeType(physicalType).expected });
  });
  for (const index of matched.unexpected) problems.add('column-unexpected', { column: names[index]?.trim() });
  return matched;
}
