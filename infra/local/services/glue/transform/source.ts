/** The raw file as the graph's source: what SQL reads it, and what is done when that stops. */
import type { Contract } from '../../../../../lib/languages/contract/contract.ts';
import { columnsOf } from '../../../../../lib/languages/contract/contract.ts';
import type { FileFormat } from '../../../../../lib/languages/contract/format.ts';
import { checkNames } from '../../../../../lib/languages/contract/match-columns.ts';
import { ProblemList } from '../../../../../lib/languages/contract/problem-list.ts';
import { combinedLogColumns } from '../../../../../lib/languages/file-format/combined-log.ts';
import { JobFailure } from '../jobs/job-run.ts';
import { ContractViolationFailure } from './contract-violation.ts';
import { isReadByEngine } from './csv-sql.ts';
import { datasetSql } from './dataset-sql.ts';
import { jsonSql } from './json-sql.ts';
import { logSql } from './log-sql.ts';
import { parquetSql } from './parquet-sql.ts';

export interface Source {
  path: string;
  format: FileFormat;
  contract: Contract;
  isSmall: boolean;
  /** Names in a Parquet file, which its own footer tells. */
  parquetColumns?: { name: string; type: string }[];
}

/** SQL of the cleaned, typed and checked rows; undefined for a file that the engine cannot read as it is. */
export function sourceSql({ path, format, contract, isSmall, parquetColumns = [] }: Source): string | undefined {
  const columns = columnsOf(contract);
  if (format.type === 'csv') return isReadByEngine(format) ? datasetSql(path, format, columns, isSmall) : undefined;
  if (format.type === 'json') return jsonSql(path, format, columns);
  if (format.type === 'combined-log') return logSql(path, format, columns);
  if (format.type === 'parquet') return parquetSql(path, parquetColumns, columns);
  throw new JobFailure(
    `A file of type ${format.mediaType} has no rows. Only CSV, JSON, Parquet and access logs become tables.`,
  );
}

/** Throws where the file's columns are not the contract's: no row need be looked at then. */
export function mustMatchContract({ format, contract, parquetColumns = [] }: Source): void {
  const names = namesIn(format, parquetColumns);
  if (!names) return;
  const problems = new ProblemList();
  checkNames(names, contract, problems);
  if (problems.count > 0)
    throw new ContractViolationFailure({ problems: problems.problems, problemCount: problems.count });
}

function namesIn(format: FileFormat, parquetColumns: { name: string }[]): string[] | undefined {
  if (format.type === 'csv') return format.header;
  if (format.type === 'parquet') return parquetColumns.map(({ name }) => name);
  return format.type === 'combined-log' ? combinedLogColumns.map(({ name }) => name) : undefined;
}
