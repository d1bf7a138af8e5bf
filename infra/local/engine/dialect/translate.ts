/**
 * Athena's SQL (Trino's) to DuckDB's: parsed by Trino's grammar, every name and type resolved as Trino resolves it, and
 * written as SQL that leaves nothing to DuckDB's own reading: names are qualified, coercions are casts, functions are
 * chosen by the types of their arguments. What Trino refuses is refused here, and so is what the engine does not have.
 */

import { bindParameters } from '../../../../lib/languages/trino-sql/parameters.ts';
import { parseQuery } from '../../../../lib/languages/trino-sql/query-parser.ts';
import { SqlError, type SqlPosition } from '../../../../lib/languages/trino-sql/sql-error.ts';
import type { Query } from '../../../../lib/languages/trino-sql/syntax.ts';
import type { Type } from '../../../../lib/languages/trino-sql/types.ts';
import { hiveToType } from '../hive-type.ts';
import type { NamedTable, TableColumn, TranslateTask, Translation } from '../task.ts';
import type { Catalog, CatalogTable } from './catalog.ts';
import { type DecimalMode, EXACT } from './decimals.ts';
import { mostRows } from './most-rows.ts';
import { QueryCompiler, type Scan } from './query-compiler.ts';

/** Translates a statement over the tables that come with it. */
export function translate({ sql, parameters, database, tables }: TranslateTask): Translation {
  const compiled = compileQuery(sql, parameters, new GivenTables(tables, database));
  const scans = compiled.scans.map(({ table, alias, filters, values }) => ({
    table,
    alias,
    filters,
    values: Object.fromEntries(values),
  }));
  const { exactSql, mostRows, columns } = compiled;
  return { sql: compiled.sql, exactSql, mostRows, columns, scans };
}

class GivenTables implements Catalog {
  readonly #tables: Map<string, NamedTable>;
  readonly #database: string;

  constructor(tables: NamedTable[] | Map<string, NamedTable>, database: string) {
    this.#tables = Array.isArray(tables)
      ? new Map(tables.map((table) => [`${table.schema}.${table.name}`, table]))
      : tables;
    this.#database = database;
  }

  find({ catalog, schema = this.#database, name }: Parameters<Catalog['find']>[0], at: SqlPosition): CatalogTable {
    const table = this.#tables.get(`${schema}.${name}`);
    if (!table)
      throw new SqlError(
        'TABLE_NOT_FOUND',
        `Table '${catalog ?? 'awsdatacatalog'}.${schema}.${name}' does not exist`,
        at,
      );
    if (table.type === 'view') return table;
    const typed = (columns: TableColumn[]) =>
      columns.map((column) => ({ name: column.name, type: hiveToType(column.type) }));
    return { ...table, columns: typed(table.columns), partitionColumns: typed(table.partitionColumns) };
  }

  within(schema: string): Catalog {
    return new GivenTables(this.#tables, schema);
  }
}

export interface Compilation {
  sql: string;
  /** For when `sql` raises that a decimal has no room, see `isWordOverflow`; only where it can. */
  exactSql?: string;
  /** Where the text tells. */
  mostRows?: number;
  columns: { name: string; type: Type }[];
  scans: Scan[];
}

/** Translates one query. Throws SqlError where Athena would. */
export function compileQuery(sql: string, parameters: string[], catalog: Catalog): Compilation {
  try {
    return compile(sql, parameters, catalog);
  } catch (error) {
    // What is nested too deeply exhausts the stack, in Trino too.
    if (!(error instanceof RangeError)) throw error;
    throw new SqlError('STACK_OVERFLOW', 'statement is too large (stack overflow during analysis)');
  }
}

function compile(sql: string, parameters: string[], catalog: Catalog): Compilation {
  const query = parseQuery(bindParameters(sql, parameters));
  const decimals: DecimalMode = { isExact: false, isAtRisk: false };
  let compiled: Compilation;
  try {
    compiled = compileWith(query, catalog, decimals);
  } catch (error) {
    // What is exact in any case is not known again where it is grouped by.
    if (error instanceof SqlError && decimals.isAtRisk) return compileWith(query, catalog, EXACT);
    throw error;
  }
  return decimals.isAtRisk ? { ...compiled, exactSql: compileWith(query, catalog, EXACT).sql } : compiled;
}

function compileWith(query: Query, catalog: Catalog, decimals: DecimalMode): Compilation {
  let aliases = 0;
  const scans: Scan[] = [];
  const compiler = new QueryCompiler({ catalog, alias: () => `r${++aliases}`, scans, decimals });
  const { sql, columns } = compiler.compile(query);
  return {
    sql,
    scans,
    mostRows: mostRows(query),
    columns: columns.map(({ name, type }, index) => ({ name: name ?? `_col${index}`, type })),
  };
}
