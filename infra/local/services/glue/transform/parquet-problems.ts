import { describeType } from '../../../../../lib/languages/contract/column-type.ts';
import { type Contract, type ContractColumn, columnsOf } from '../../../../../lib/languages/contract/contract.ts';
import type { ContractViolation } from '../../../../../lib/languages/contract/problem.ts';
import { ProblemList } from '../../../../../lib/languages/contract/problem-list.ts';
import { headerKey } from '../../../../../lib/languages/file-format/header-key.ts';
import { duckdbType } from '../../../../../lib/languages/job-graph/column-type.ts';
import { quoteName, quoteText } from '../../../../../lib/languages/job-graph/sql-text.ts';
import type { ParquetColumn } from './parquet-sql.ts';

const rowsNamed = 10;

/** SQL whose rows are the first values of each column that break the contract, and how many do. */
export function parquetProblemsSql(path: string, fileColumns: ParquetColumn[], contract: Contract): string {
  const searches = columnsOf(contract).map((column, index) => {
    const name =
      fileColumns.find((candidate) => headerKey(candidate.name) === headerKey(column.physicalName))?.name ?? '';
    const bad = badValue(quoteName(name), column);
    const rows = `SELECT file_row_number + 1 AS "row", CAST(${quoteName(name)} AS VARCHAR) AS value FROM read_parquet(${quoteText(path)}, file_row_number = true) WHERE ${bad}`;
    return `SELECT ${index} AS "column", "row", value, count(*) OVER () AS total FROM (${rows}) QUALIFY row_number() OVER (ORDER BY "row") <= ${rowsNamed}`;
  });
  return `${searches.map((search) => `(${search})`).join(' UNION ALL ')} ORDER BY "column", "row"`;
}

/** The violation that those rows tell of. */
export function parquetViolation(rows: Record<string, unknown>[], contract: Contract): ContractViolation {
  const problems = new ProblemList();
  const totals = new Map<number, number>();
  for (const row of rows) {
    const column = columnsOf(contract)[Number(row.column)];
    if (!column) continue;
    totals.set(Number(row.column), Number(row.total));
    const facts = {
      row: Number(row.row),
      column: column.physicalName,
      expected: describeType(column.physicalType).expected,
    };
    if (row.value === null) problems.add('value-required', facts, column.name);
    else problems.add('type-mismatch', { ...facts, value: String(row.value) }, column.name);
  }
  const problemCount = [...totals.values()].reduce((sum, total) => sum + total, 0);
  return { problems: problems.problems, problemCount };
}

function badValue(name: string, { physicalType, required }: ContractColumn): string {
  const isMissing = `(${name} IS NULL OR trim(CAST(${name} AS VARCHAR)) = '')`;
  const isWrong = `(NOT ${isMissing} AND TRY_CAST(TRY_CAST(${name} AS ${duckdbType(physicalType)}) AS DOUBLE) IS DISTINCT FROM TRY_CAST(${name} AS DOUBLE))`;
  const isUncastable = `(NOT ${isMissing} AND TRY_CAST(${name} AS ${duckdbType(physicalType)}) IS NULL)`;
  const tests =
    physicalType === 'string' ? [] : [isUncastable, ...(/^(bigint|decimal)/.test(physicalType) ? [isWrong] : [])];
  return [...tests, ...(required ? [isMissing] : [])].join(' OR ') || 'false';
}
