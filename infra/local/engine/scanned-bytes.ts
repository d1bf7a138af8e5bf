import { createHash } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { quoteText } from './session.ts';
import type { FileTable } from './task.ts';

/**
 * How many bytes a query will read, as Athena counts them: of a Parquet file the compressed column chunks that are
 * needed, of other formats the whole files. DuckDB's own counter sees only footers, so the plan says which columns each
 * scan needs and the footers say how large they are.
 */
export async function scannedBytes(sql: string, tables: FileTable[], connection: DuckDBConnection): Promise<number> {
  const read = tables.filter((table) => table.files.length > 0);
  const parquet = read.filter((table) => table.format.type === 'parquet');
  const whole = read.filter((table) => table.format.type !== 'parquet').flatMap((table) => table.files);
  const wholeBytes = whole.reduce((sum, file) => sum + file.sizeBytes, 0);
  return parquet.length === 0 ? wholeBytes : wholeBytes + (await parquetBytes(sql, parquet, connection));
}

/** What was counted: the same query over the same files reads the same, and files are immutable. */
const counted = new Map<string, number>();
const MAX_COUNTED = 1000;

async function parquetBytes(sql: string, tables: FileTable[], connection: DuckDBConnection): Promise<number> {
  const key = createHash('sha256')
    .update(JSON.stringify([sql, tables]))
    .digest('base64');
  const known = counted.get(key);
  if (known !== undefined) return known;
  const bytes = await countParquet(sql, tables, connection);
  if (counted.size >= MAX_COUNTED) counted.clear();
  counted.set(key, bytes);
  return bytes;
}

async function countParquet(sql: string, tables: FileTable[], connection: DuckDBConnection): Promise<number> {
  const plan = await connection.runAndReadAll(`EXPLAIN (FORMAT json) ${sql}`);
  const scans = PlanNodes.parse(JSON.parse(String(plan.getRows()[0]?.[1]))).flatMap(scansOf);
  const sizes: ColumnSizes[] = [];
  for (const table of tables) sizes.push(await columnSizes(table, connection));
  return assign(
    scans.map((scan) => scan.columns),
    sizes,
  );
}

interface PlanNode {
  name: string;
  children: PlanNode[];
  extra_info: Record<string, string | string[]>;
}

const PlanNode: z.ZodType<PlanNode> = z.object({
  name: z.string(),
  children: z.array(z.lazy(() => PlanNode)),
  extra_info: z.record(z.string(), z.union([z.string(), z.array(z.string())])).catch({}),
});
const PlanNodes = z.array(PlanNode);

interface Scan {
  columns: string[];
}

function scansOf(node: PlanNode): Scan[] {
  const below = node.children.flatMap(scansOf);
  if (isSecondLook(node)) return [{ columns: below.flatMap(({ columns }) => columns) }];
  if (!/^(READ_)?PARQUET/.test(node.name.trim())) return below;
  const projections = node.extra_info.Projections ?? [];
  const columns = (Array.isArray(projections) ? projections : [projections]).map((name) => name.trim().toLowerCase());
  return [{ columns: [...columns, ...filteredColumns(node)] }, ...below];
}

/** The few rows of a sorted LIMIT are found by their keys first, and then read whole: the same table twice, read once. */
function isSecondLook({ extra_info }: PlanNode): boolean {
  return [extra_info.Conditions ?? []].flat().includes('file_row_number = file_row_number');
}

/** A column that is only filtered on is read too, though the plan does not list it among the projections. */
function filteredColumns(node: PlanNode): string[] {
  const filters = [node.extra_info.Filters ?? []].flat();
  return filters.flatMap(
    (filter) => /^(?:optional: )?"?([A-Za-z_][\w.]*)"?\s*(?:[<>=!]| IN | IS )/.exec(filter)?.[1]?.toLowerCase() ?? [],
  );
}

type ColumnSizes = Map<string, number>;

/** Footers do not change: files are immutable. Bounded, since the process lives long. */
const footers = new Map<string, ColumnSizes>();
const MAX_FOOTERS = 20_000;

/** Compressed bytes of each leaf column (`a`, `s.x`) over all files of a table. */
async function columnSizes(table: FileTable, connection: DuckDBConnection): Promise<ColumnSizes> {
  const unknown = table.files.filter((file) => !footers.has(file.path)).map((file) => file.path);
  if (unknown.length > 0) await readFooters(unknown, connection);
  const total: ColumnSizes = new Map();
  for (const file of table.files) {
    for (const [column, size] of footers.get(file.path) ?? []) total.set(column, (total.get(column) ?? 0) + size);
  }
  return total;
}

async function readFooters(paths: string[], connection: DuckDBConnection): Promise<void> {
  if (footers.size + paths.length > MAX_FOOTERS) footers.clear();
  for (const path of paths) footers.set(path, new Map());
  const reader = await connection.runAndReadAll(
    `SELECT file_name, lower(replace(path_in_schema, ', ', '.')), CAST(sum(total_compressed_size) AS BIGINT)
     FROM parquet_metadata([${paths.map(quoteText).join(', ')}]) GROUP BY ALL`,
  );
  for (const [path, column, size] of reader.getRows()) footers.get(String(path))?.set(String(column), Number(size));
}

/**
 * The plan does not name the table of a scan. Each scan is given to a table that has its columns, one that has no scan
 * yet before others; tables that share all columns of a scan are told apart only by that order.
 */
function assign(scans: string[][], tables: ColumnSizes[]): number {
  const free = new Set(tables);
  let total = 0;
  for (const columns of scans) {
    const having = tables.filter((sizes) => columns.every((column) => leavesOf(column, sizes).length > 0));
    const table = having.find((sizes) => free.has(sizes)) ?? having[0] ?? tables[0];
    if (!table) continue;
    free.delete(table);
    const leaves = new Set(columns.flatMap((column) => leavesOf(column, table)));
    for (const leaf of leaves) total += table.get(leaf) ?? 0;
  }
  return total;
}

function leavesOf(column: string, sizes: ColumnSizes): string[] {
  if (sizes.has(column)) return [column];
  return [...sizes.keys()].filter((leaf) => leaf.startsWith(`${column}.`));
}
