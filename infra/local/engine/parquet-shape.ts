import type { DuckDBConnection } from '@duckdb/node-api';
import { hiveToDuckType } from './hive-type.ts';
import { quoteText } from './session.ts';
import type { FileTable, TableColumn } from './task.ts';

/** The columns of a Parquet file by their names in lower case, with DuckDB's types. */
type Shape = Map<string, string>;

/** Files are immutable, so what is known of one stays true. Bounded, since the process lives long. */
const shapes = new Map<string, Shape>();
const MAX_SHAPES = 20_000;

/** DuckDB's own spelling of a type. */
const spelled = new Map<string, string>();

/**
 * Says of a Parquet table whether its files have the columns that it declares. Those are read as they are: where each
 * file is fitted to a schema, DuckDB reads all columns of all rows for a sorted LIMIT, and not only those of the few
 * rows that are left.
 */
export async function withExactness(table: FileTable, connection: DuckDBConnection): Promise<FileTable> {
  if (table.format.type !== 'parquet' || table.files.length === 0) return table;
  const types = await spell(table.columns, connection);
  await learnShapes(
    table.files.map((file) => file.path),
    connection,
  );
  const isExact = table.files.every(({ path }) => {
    const shape = shapes.get(path);
    return table.columns.every(({ name }, index) => shape?.get(name) === types[index]);
  });
  return { ...table, format: { type: 'parquet', isExact } };
}

async function spell(columns: TableColumn[], connection: DuckDBConnection): Promise<(string | undefined)[]> {
  const types = columns.map(({ type }) => hiveToDuckType(type));
  if (types.some((type) => !spelled.has(type))) {
    if (spelled.size > MAX_SHAPES) spelled.clear();
    const asked = types.map((type) => `typeof(CAST(NULL AS ${type}))`);
    const [texts] = (await connection.runAndReadAll(`SELECT ${asked.join(', ')}`)).getRows();
    for (const [index, type] of types.entries()) spelled.set(type, String(texts?.[index]));
  }
  return types.map((type) => spelled.get(type));
}

/** Many files have few shapes: footers are compared inside the engine, and one file of each kind is described. */
async function learnShapes(paths: string[], connection: DuckDBConnection): Promise<void> {
  const unknown = paths.filter((path) => !shapes.has(path));
  if (unknown.length === 0) return;
  if (shapes.size + unknown.length > MAX_SHAPES) shapes.clear();
  const reader = await connection.runAndReadAll(
    `SELECT list(file_name) FROM (
       SELECT file_name, list((name, duckdb_type, num_children) ORDER BY column_id) AS shape
       FROM parquet_schema([${paths.map(quoteText).join(', ')}]) GROUP BY file_name
     ) GROUP BY shape`,
  );
  for (const [files] of reader.getRowsJson() as [string[]][]) {
    const described = await connection.runAndReadAll(
      `DESCRIBE SELECT * FROM read_parquet(${quoteText(files[0] as string)}, hive_partitioning = false)`,
    );
    const shape: Shape = new Map(described.getRows().map(([name, type]) => [String(name).toLowerCase(), String(type)]));
    for (const file of files) shapes.set(file, shape);
  }
}
