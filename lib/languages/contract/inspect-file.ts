import { type FileFacts, type Sniffed, sniff } from '../file-format/sniff.ts';
import { checkFile } from './check-file.ts';
import type { Contract } from './contract.ts';
import type { FileFormat } from './format.ts';
import { inferContract } from './infer-contract.ts';
import { maxProblems, type Problem } from './problem.ts';

export interface Inspection {
  /** `table`: its rows can go to a table; `file`: a document, an image; `unreadable`: neither, and the problems say why. */
  kind: 'table' | 'file' | 'unreadable';
  format: FileFormat;
  /** The one it was held to: the given one, or the one drafted from this file. */
  contract?: Contract;
  rowsChecked: number;
  /** True when the bytes at hand were the whole file. */
  complete: boolean;
  problems: Problem[];
  problemCount: number;
}

/**
 * Looks at a file's first bytes, and holds it to its dataset's contract or, where there is none yet, drafts one from it.
 * The same for the browser before an upload and for the function that validates it after.
 */
export function inspectFile(head: Uint8Array, facts: FileFacts, dataset: string, contract?: Contract): Inspection {
  return inspectSniffed(sniff(head, facts), dataset, contract);
}

/** The same, for whoever wants to see what was read as well. */
export function inspectSniffed(sniffed: Sniffed, dataset: string, contract?: Contract): Inspection {
  const { format, problems, complete } = sniffed;
  const unchecked = {
    format,
    rowsChecked: 0,
    complete,
    problems: problems.slice(0, maxProblems),
    problemCount: problems.length,
  };
  if (problems.length > 0) return { kind: 'unreadable', ...unchecked };
  if (format.type === 'binary') return { kind: 'file', ...unchecked };
  const heldTo = contract ?? inferContract(sniffed, dataset);
  if (!heldTo) return { kind: 'table', ...unchecked };
  return { kind: 'table', format, complete, contract: heldTo, ...checkFile(sniffed, heldTo) };
}
