import type { SqlPosition } from '../../../../lib/languages/trino-sql/sql-error.ts';
import type { Type } from '../../../../lib/languages/trino-sql/types.ts';

/** A table or view as a query sees it. */
export type CatalogTable =
  | { type: 'files'; schema: string; name: string; columns: CatalogColumn[]; partitionColumns: CatalogColumn[] }
  | {
      type: 'view';
      schema: string;
      name: string;
      sql: string /** Schema of names in it that have none. */;
      defaultSchema: string;
    };

export interface CatalogColumn {
  name: string;
  type: Type;
}

/** Finds tables by name. Throws Athena's error for one that is not there. */
export interface Catalog {
  find(
    name: { catalog?: string | undefined; schema?: string | undefined; name: string },
    at: SqlPosition,
  ): CatalogTable;
  /** The same for names inside a view. */
  within(schema: string): Catalog;
}
