import { DuckDBInstance } from '@duckdb/node-api';
import { SqlError } from '../../../../../lib/languages/trino-sql/sql-error.ts';
import { type Type, typeText } from '../../../../../lib/languages/trino-sql/types.ts';
import { explainDuckMessage } from '../../explain-error.ts';
import type { Catalog, CatalogTable } from '../catalog.ts';
import { quoteName } from '../compiled.ts';
import { isWordOverflow } from '../decimals.ts';
import { macroStatements, scriptFunctionsOf } from '../macros.ts';
import { registerScripts } from '../script-functions/index.ts';
import { textOf } from '../text-of.ts';
import { compileQuery } from '../translate.ts';
import { type Answer, fixtureTables } from './corpus.ts';

/** One database with the fixture's tables, and answers from it. */
export class CorpusDatabase {
  readonly #instance: DuckDBInstance;
  readonly #tables = new Map<string, CatalogTable>();

  private constructor(instance: DuckDBInstance) {
    this.#instance = instance;
  }

  static async open(): Promise<CorpusDatabase> {
    const database = new CorpusDatabase(await DuckDBInstance.create(':memory:'));
    for (const [name, sql] of fixtureTables()) await database.#make(name, sql);
    return database;
  }

  async #make(name: string, query: string): Promise<void> {
    const { sql, columns } = compileQuery(query, [], this.#catalog);
    const list = columns.map((column, index) => `c${index} AS ${quoteName(column.name)}`).join(', ');
    await this.#run(
      `CREATE SCHEMA IF NOT EXISTS "default"; CREATE TABLE "default".${quoteName(name)} AS SELECT ${list} FROM (${sql}) AS s`,
      sql,
    );
    this.#tables.set(name, { type: 'files', schema: 'default', name, columns, partitionColumns: [] });
  }

  readonly #catalog: Catalog = {
    find: ({ catalog = 'awsdatacatalog', schema = 'default', name }, at) => {
      const table = this.#tables.get(name);
      if (schema !== 'default') throw new SqlError('SCHEMA_NOT_FOUND', `Schema '${schema}' does not exist`, at);
      if (!table) throw new SqlError('TABLE_NOT_FOUND', `Table '${catalog}.${schema}.${name}' does not exist`, at);
      return table;
    },
    within: () => this.#catalog,
  };

  async answer(statement: string): Promise<Answer> {
    let sql = '';
    try {
      const compiled = compileQuery(statement, [], this.#catalog);
      const list = compiled.columns.map((_, index) => `c${index}`).join(', ');
      const texts = compiled.columns.map(({ type }, index) => textOf(`c${index}`, type as Type));
      const shown = (query: string) =>
        `SELECT ${texts.map((text, index) => `CAST(${text} AS VARCHAR) AS t${index}`).join(', ')} FROM (${query}) AS result(${list})`;
      sql = shown(compiled.sql);
      const rows = await this.#run(sql, sql).catch((error: Error) => {
        if (compiled.exactSql === undefined || !isWordOverflow(error.message)) throw error;
        sql = shown(compiled.exactSql);
        return this.#run(sql, sql);
      });
      return { types: compiled.columns.map(({ type }) => typeText(type)), rows };
    } catch (error) {
      if (error instanceof SqlError) return { error: error.message };
      const { message, stack } = error as Error;
      if (/^[A-Z][A-Za-z ]+ Error:|^(?:Binder|Parser)/.test(message))
        return { error: explainDuckMessage(message).message };
      return { error: `${stack}\n${sql}` };
    }
  }

  async #run(sql: string, named: string): Promise<(string | null)[][]> {
    const connection = await this.#instance.connect();
    try {
      await connection.run("SET TimeZone = 'UTC'; SET ieee_floating_point_ops = true");
      registerScripts(scriptFunctionsOf(named), connection);
      for (const macro of macroStatements(named))
        await connection.run(macro.replace('CREATE MACRO', 'CREATE OR REPLACE TEMP MACRO'));
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowsJson() as (string | null)[][];
    } finally {
      connection.closeSync();
    }
  }

  close(): void {
    this.#instance.closeSync();
  }
}
