import type { HiddenColumn } from '../../../../lib/languages/trino-sql/query-names.ts';
import { SqlError, type SqlPosition } from '../../../../lib/languages/trino-sql/sql-error.ts';
import type { Access, CallInside, Principal } from '../../service.ts';
import { GlueArns } from '../glue/arns.ts';
import type { Catalog } from '../glue/catalog.ts';
import type { Database, Table } from '../glue/catalog-schemas.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import { type OpenTable, openTable, type TablePlace, tablePlaces } from './table-files.ts';

/** The name of Glue's catalog in SQL. */
export const DATA_CATALOG = 'awsdatacatalog';

export interface TableName {
  catalog?: string | undefined;
  schema?: string | undefined;
  name: string;
}

export interface CatalogAccessOptions {
  catalog: Catalog;
  store: ObjectStore;
  inside: CallInside;
  region: string;
  account: string;
}

/**
 * The catalog and the files of its tables, as one person may see them. Athena reads both as its caller: Glue's
 * permissions are asked for each table, S3's once for the place where its files are.
 * https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html
 */
export class CatalogAccess {
  readonly #options: CatalogAccessOptions;
  readonly #principal: Principal;
  readonly #arns: GlueArns;

  constructor(options: CatalogAccessOptions, principal: Principal) {
    this.#options = options;
    this.#principal = principal;
    this.#arns = new GlueArns(options.region, options.account);
  }

  /** Throws Athena's error, with the place in the statement, where the table is missing or must not be seen. */
  getTable(name: TableName, defaultDatabase: string, position?: SqlPosition): Table {
    const database = this.#database(name, defaultDatabase, position);
    const { catalog } = this.#options;
    for (const { action, resource } of this.#arns.onTable('GetTable', database, name.name))
      this.#authorize(action, resource);
    if (!catalog.findDatabase(database))
      throw new SqlError('SCHEMA_NOT_FOUND', `Schema '${database}' does not exist`, position);
    const table = catalog.findTable(database, name.name);
    if (!table) {
      throw new SqlError(
        'TABLE_NOT_FOUND',
        `Table '${DATA_CATALOG}.${database}.${name.name}' does not exist`,
        position,
      );
    }
    return table;
  }

  /** Tables of a database, in the order of their names. */
  listTables(database: string): Table[] {
    for (const { action, resource } of this.#arns.onTable('GetTables', database, '*'))
      this.#authorize(action, resource);
    if (!this.#options.catalog.findDatabase(database))
      throw new SqlError('SCHEMA_NOT_FOUND', `Schema '${database}' does not exist`);
    return this.#options.catalog.listTables(database);
  }

  mayListDatabases(): void {
    for (const access of this.#arns.onCatalog('GetDatabases')) this.#authorize(access.action, access.resource);
  }

  /** The database that a table is to be made in. */
  getDatabase(name: TableName, defaultDatabase: string): Database {
    const database = this.#database(name, defaultDatabase, undefined);
    for (const { action, resource } of this.#arns.onDatabase('GetDatabase', database))
      this.#authorize(action, resource);
    const found = this.#options.catalog.findDatabase(database);
    if (!found) throw new SqlError('SCHEMA_NOT_FOUND', `Schema '${database}' does not exist`);
    return found;
  }

  /** Where the files of a table are, of all its partitions. */
  placesOf(table: Table): TablePlace[] {
    if (table.PartitionKeys?.length) {
      for (const access of this.#arns.onTable('GetPartitions', table.DatabaseName, table.Name))
        this.#authorize(access.action, access.resource);
    }
    return tablePlaces(table, this.#options.catalog);
  }

  openTable(table: Table, places: TablePlace[], hiddenColumns: HiddenColumn[]): OpenTable {
    for (const { bucket, prefix } of places) this.mayList(bucket, prefix);
    const opened = openTable(table, places, this.#options.store, hiddenColumns);
    // Each file for itself: a statement may be about a part of a folder only.
    for (const { bucket, key } of opened.versions) this.mayRead(bucket, key);
    return opened;
  }

  mayList(bucket: string, prefix: string): void {
    this.#authorize('s3:ListBucket', `arn:aws:s3:::${bucket}`, { 's3:prefix': prefix });
  }

  mayWrite(bucket: string, key: string): void {
    this.#authorize('s3:PutObject', `arn:aws:s3:::${bucket}/${key}`);
  }

  mayRead(bucket: string, key: string): void {
    this.#authorize('s3:GetObject', `arn:aws:s3:::${bucket}/${key}`);
  }

  #database({ catalog, schema }: TableName, defaultDatabase: string, position: SqlPosition | undefined): string {
    if (catalog !== undefined && catalog !== DATA_CATALOG) {
      throw new SqlError('CATALOG_NOT_FOUND', `Catalog '${catalog}' does not exist`, position);
    }
    return (schema ?? defaultDatabase).toLowerCase();
  }

  #authorize(action: string, resource: string, context?: Access['context']): void {
    this.#options.inside.authorize(this.#principal, { action, resource, context });
  }
}
