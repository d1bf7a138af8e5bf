import type { GetQueryResultsOutput } from '@aws-sdk/client-athena';
import type { Cell, RowPage } from './schemas';

/**
 * Returns a page of Athena's results as plain rows.
 *
 * The first page of a SELECT begins with a row of the column names, which is not data; of SHOW, DESCRIBE and EXPLAIN it
 * does not. https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html
 */
export function rowPage(output: GetQueryResultsOutput, options: { first: boolean }): RowPage {
  const columns = (output.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map((info) => ({
    name: info.Name ?? '',
    type: typeName(info),
  }));
  const rows = (output.ResultSet?.Rows ?? []).map((row) =>
    // Trailing nulls of a row may be left out.
    columns.map((_, index): Cell => row.Data?.[index]?.VarCharValue ?? null),
  );
  const isHeader = options.first && rows[0]?.every((cell, index) => cell === columns[index]?.name) === true;
  return {
    columns,
    rows: isHeader ? rows.slice(1) : rows,
    ...(output.NextToken ? { nextToken: output.NextToken } : {}),
  };
}

function typeName(info: {
  Type?: string | undefined;
  Precision?: number | undefined;
  Scale?: number | undefined;
}): string {
  const type = info.Type ?? 'varchar';
  return type === 'decimal' && info.Precision ? `decimal(${info.Precision},${info.Scale ?? 0})` : type;
}
