export interface CatalogColumn {
  name: string;
  type?: string;
  comment?: string;
}

export interface CatalogTable {
  database: string;
  name: string;
  isView?: boolean;
  rows?: number;
  sizeBytes?: number;
  /** Left out until somebody asked for them. */
  columns?: readonly CatalogColumn[];
}

/** What the editor knows of the lake; names come first, columns when they are asked for. */
export interface EditorCatalog {
  /** The database of names that are written without one. */
  database: string;
  databases: readonly string[];
  /** In the order of their names, the default database's first. */
  tables: readonly CatalogTable[];
  /** Whether all names are there: only then can it be said that a table does not exist. */
  isWhole: boolean;
  find: (database: string, table: string) => CatalogTable | undefined;
  /** The columns of a table; none where there is no such table or they cannot be had. */
  columns: (database: string, table: string) => Promise<readonly CatalogColumn[]>;
}
