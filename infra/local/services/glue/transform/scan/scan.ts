/**
 * Reading a whole file by the contract's own checker, when the engine has stopped at it.
 *
 * The engine is the fast reader and the checker the one that is right. Either the checker finds what is wrong, with
 * rows, lines and sentences, or it finds nothing: then the file is sound but beyond DuckDB (line ends of both kinds,
 * UTF-16), and the copy of it that the scan has written in the plainest form is read by the engine instead.
 */
import type { Contract } from '../../../../../../lib/languages/contract/contract.ts';
import type { FileFormat } from '../../../../../../lib/languages/contract/format.ts';
import type { ContractViolation } from '../../../../../../lib/languages/contract/problem.ts';

/** Crosses a thread boundary, so it is plain data. */
export interface ScanRequest {
  path: string;
  format: FileFormat;
  contract: Contract;
  /** Where the plain copy goes: comma-separated UTF-8 under the same header, or under the contract's names for JSON. */
  copyPath: string;
}

export interface ScanResult extends ContractViolation {
  rows: number;
}
