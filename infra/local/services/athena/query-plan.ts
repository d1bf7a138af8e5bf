import { bindParameters } from '../../../../lib/languages/trino-sql/parameters.ts';
import { type HiddenColumn, queryNames, type TableName } from '../../../../lib/languages/trino-sql/query-names.ts';
import { parseQuery } from '../../../../lib/languages/trino-sql/query-parser.ts';
import { SqlError } from '../../../../lib/languages/trino-sql/sql-error.ts';
import type { Engine } from '../../engine/engine.ts';
import type { NamedTable, QueryColumn, QueryTask, TableScan, Translation } from '../../engine/task.ts';
import type { Table } from '../glue/catalog-schemas.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import type { ObjectVersion } from '../s3/object-version.ts';
import type { CatalogAccess } from './catalog-access.ts';
import { neededPlaces } from './needed-places.ts';
import { tableColumn } from './table-files.ts';
import type { Translations } from './translations.ts';
import { isView, readView } from './view.ts';

/** All that the engine needs for a query but where its rows go; `release` lets the files go. */
export interface QueryPlan {
  task: Omit<QueryTask, 'output'>;
  release: () => void;
}

export interface PlanOptions {
  sql: string;
  parameters: string[];
  database: string;
  access: CatalogAccess;
  translations: Translations;
  engine: Engine;
  store: ObjectStore;
  signal: AbortSignal;
}

/** A view that refers to itself would be opened for ever; Athena's own limit is on the depth of the plan. */
const MAX_VIEW_DEPTH = 16;

/**
 * Translates a query, asks for every permission it needs and fixes the files it will read. What the plan holds is all
 * that the query will ever see, so a later change of a table does not reach it.
 */
export async function planQuery(options: PlanOptions): Promise<QueryPlan> {
  const names = new NamedTables(options.access);
  const translation = await translateQuery(options, names);
  const versions: ObjectVersion[] = [];
  const tables: QueryTask['tables'] = [];
  for (const [key, scans] of Map.groupBy(translation.scans, (scan: TableScan) => scan.table)) {
    const table = names.files.get(key) as Table;
    const places = await neededPlaces(table, scans, options);
    const opened = options.access.openTable(table, places, [...names.hiddenColumns]);
    versions.push(...opened.versions);
    tables.push(opened.source);
  }
  const { sql, exactSql, mostRows, columns } = translation;
  return { task: { type: 'query', sql, exactSql, mostRows, columns, tables }, release: options.store.hold(versions) };
}

/** Names and types of a query's columns, without running it. */
export async function describeColumns(options: PlanOptions): Promise<QueryColumn[]> {
  return (await translateQuery(options, new NamedTables(options.access))).columns;
}

async function translateQuery(options: PlanOptions, names: NamedTables): Promise<Translation> {
  const { sql, parameters, database, translations, signal } = options;
  const bound = bindParameters(sql, parameters);
  // What is no query is said before its tables are looked for.
  parseQuery(bound);
  names.add(bound, database, 0);
  return translations.get({ type: 'translate', sql: bound, parameters: [], database, tables: names.tables }, signal);
}

/** The tables and views that a query names, and those that its views name. */
class NamedTables {
  readonly tables: NamedTable[] = [];
  readonly files = new Map<string, Table>();
  readonly hiddenColumns = new Set<HiddenColumn>();
  readonly #access: CatalogAccess;
  readonly #seen = new Set<string>();

  constructor(access: CatalogAccess) {
    this.#access = access;
  }

  add(sql: string, database: string, depth: number): void {
    const { tables, hiddenColumns } = queryNames(sql);
    for (const column of hiddenColumns) this.hiddenColumns.add(column);
    for (const name of tables) this.#addTable(name, database, depth);
  }

  #addTable(name: TableName, database: string, depth: number): void {
    const table = this.#access.getTable(name, database, depth === 0 ? name : undefined);
    const { DatabaseName: schema, Name } = table;
    const key = `${schema}.${Name}`;
    if (isView(table) && depth >= MAX_VIEW_DEPTH)
      throw new SqlError('VIEW_IS_RECURSIVE', `View '${key}' is nested too deeply`);
    if (this.#seen.has(key) && !isView(table)) return;
    if (isView(table)) {
      const view = readView(table);
      const defaultSchema = view.schema ?? schema;
      this.add(view.originalSql, defaultSchema, depth + 1);
      if (!this.#seen.has(key))
        this.tables.push({ type: 'view', schema, name: Name, sql: view.originalSql, defaultSchema });
    } else {
      this.files.set(key, table);
      const columns = (table.StorageDescriptor?.Columns ?? []).map(tableColumn);
      this.tables.push({
        type: 'files',
        schema,
        name: Name,
        columns,
        partitionColumns: (table.PartitionKeys ?? []).map(tableColumn),
      });
    }
    this.#seen.add(key);
  }
}
