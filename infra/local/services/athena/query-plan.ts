import type { FileTable, QueryTask, TableReference, TableSource, Translation } from '../../engine/task.ts';
import type { Table } from '../glue/catalog-schemas.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import type { ObjectVersion } from '../s3/object-version.ts';
import type { CatalogAccess } from './catalog-access.ts';
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
  const builder = new PlanBuilder(options);
  const translation = await builder.translate(options.sql, options.parameters);
  await builder.addTables(translation.tables, options.database, translation.usesPath, 0);
  return {
    task: {
      type: 'query',
      sql: translation.sql,
      macros: [...builder.macros],
      defaultSchema: options.database,
      tables: [...builder.tables.values()],
    },
    release: options.store.hold(builder.versions),
  };
}

class PlanBuilder {
  readonly tables = new Map<string, TableSource>();
  readonly versions: ObjectVersion[] = [];
  readonly macros = new Set<string>();
  readonly #options: PlanOptions;

  constructor(options: PlanOptions) {
    this.#options = options;
  }

  async translate(sql: string, parameters: string[]): Promise<Translation> {
    const { translations, signal } = this.#options;
    const translation = await translations.get(sql, parameters, signal);
    for (const macro of translation.macros) this.macros.add(macro);
    return translation;
  }

  /** Callees come first: a view is made after the tables that it reads. */
  async addTables(references: TableReference[], database: string, withPath: boolean, depth: number): Promise<void> {
    for (const reference of references) {
      const table = this.#options.access.getTable(reference, database, depth === 0 ? reference : undefined);
      const key = `${table.DatabaseName}.${table.Name}`;
      if (this.tables.has(key)) continue;
      if (isView(table)) await this.#addView(key, table, depth);
      else this.#addFiles(key, table, withPath);
    }
  }

  async #addView(key: string, table: Table, depth: number): Promise<void> {
    if (depth >= MAX_VIEW_DEPTH) throw new Error(`View '${key}' is nested too deeply`);
    const definition = readView(table);
    const schema = definition.schema ?? table.DatabaseName;
    const { sql, tables, usesPath } = await this.translate(definition.originalSql, []);
    await this.addTables(tables, schema, usesPath, depth + 1);
    this.tables.set(key, { type: 'view', schema: table.DatabaseName, name: table.Name, sql });
  }

  #addFiles(key: string, table: Table, withPath: boolean): void {
    const { source, versions } = this.#options.access.openTable(table, withPath);
    this.versions.push(...versions);
    this.tables.set(key, source satisfies FileTable);
  }
}
