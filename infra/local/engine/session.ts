import { mkdir } from 'node:fs/promises';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { ChildSettings } from './child-message.ts';
import { macroStatements, scriptFunctionsOf } from './dialect/macros.ts';

/** What a database's tasks may touch. */
export interface SessionLimits {
  files: string[];
  outputFolder?: string;
  settings?: Record<string, string | number | boolean>;
}

/** A table of the catalog, and what its rows are. */
interface View {
  schema: string;
  name: string;
  select: string;
}

/** A double divided by zero is infinite, as in Trino. */
export const TRINO_SETTINGS = { ieee_floating_point_ops: true };

/** What one task may spill to disk; DuckDB's own limit is nearly all of it. */
const MAX_SPILL = '20GB';

/**
 * One DuckDB database, fresh for each task that reads files. It is opened before it is needed (10–20 ms) and locked when
 * the task is known: afterwards it opens the listed files and no other, writes into one folder, loads no extension, and
 * none of this can be changed from SQL (https://duckdb.org/docs/stable/operations_manual/securing_duckdb/overview).
 */
export class Session {
  readonly connection: DuckDBConnection;
  readonly #instance: DuckDBInstance;
  readonly #provided = new Set<string>();
  /** What each view selects, by its name. */
  #shown = new Map<string, string>();
  #isLocked = false;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.connection = connection;
  }

  static async open(settings: ChildSettings): Promise<Session> {
    const instance = await DuckDBInstance.create(':memory:', {
      autoload_known_extensions: 'false',
      autoinstall_known_extensions: 'false',
      allow_community_extensions: 'false',
      allow_persistent_secrets: 'false',
      memory_limit: settings.memoryLimit,
      threads: String(settings.threads),
      temp_directory: settings.spillFolder,
      max_temp_directory_size: MAX_SPILL,
    });
    const connection = await instance.connect();
    // A query is planned more than once before it runs; footers are read for the first of these times alone.
    await connection.run("SET TimeZone='UTC'; SET parquet_metadata_cache = true");
    return new Session(instance, connection);
  }

  get isLocked(): boolean {
    return this.#isLocked;
  }

  async lock(limits: SessionLimits): Promise<void> {
    const statements = Object.entries(limits.settings ?? {}).map(
      ([name, value]) => `SET ${quoteName(name)} = ${typeof value === 'string' ? quoteText(value) : value}`,
    );
    if (limits.files.length > 0) statements.push(`SET allowed_paths = [${limits.files.map(quoteText).join(', ')}]`);
    if (limits.outputFolder) {
      await mkdir(limits.outputFolder, { recursive: true });
      statements.push(`SET allowed_directories = [${quoteText(withSlash(limits.outputFolder))}]`);
    }
    // The order matters: once external access is off, the two lists are frozen.
    statements.push('SET enable_external_access = false', 'SET lock_configuration = true');
    await this.connection.run(statements.join(';\n'));
    this.#isLocked = true;
  }

  /** What Trino has and DuckDB does not, as far as the compiled SQL calls it. */
  async provide(sql: string): Promise<void> {
    const isNew = (text: string) => !this.#provided.has(text) && this.#provided.add(text);
    const [scripts, macros] = [scriptFunctionsOf(sql).filter(isNew), macroStatements(sql).filter(isNew)];
    if (scripts.length > 0)
      (await import('./dialect/script-functions/index.ts')).registerScripts(scripts, this.connection);
    if (macros.length > 0) await this.connection.run(macros.join(';\n'));
  }

  /** Shows these tables of the catalog and no others; one that is shown already stays as it is. */
  async show(views: View[]): Promise<void> {
    const wanted = new Map(views.map((view) => [viewName(view), view.select]));
    const stale = [...this.#shown.keys()].filter((name) => !wanted.has(name));
    const changed = views.filter((view) => this.#shown.get(viewName(view)) !== view.select);
    const schemas = new Set(changed.map(({ schema }) => schema));
    const statements = [
      ...stale.map((name) => `DROP VIEW ${name}`),
      ...Array.from(schemas, (schema) => `CREATE SCHEMA IF NOT EXISTS ${quoteName(schema)}`),
      ...changed.map((view) => `CREATE OR REPLACE VIEW ${viewName(view)} AS ${view.select}`),
    ];
    if (statements.length > 0) await this.connection.run(statements.join(';\n'));
    this.#shown = wanted;
  }

  close(): void {
    this.connection.closeSync();
    this.#instance.closeSync();
  }
}

function viewName({ schema, name }: View): string {
  return `${quoteName(schema)}.${quoteName(name)}`;
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function withSlash(folder: string): string {
  return folder.endsWith('/') ? folder : `${folder}/`;
}
