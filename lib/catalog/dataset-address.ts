/** What `/datasets/<name>` names: a table of the lake's own database by its name, any other as `database.table`. */
export function datasetAddress({ database, name }: { database: string; name: string }, own: string): string {
  return database === own ? name : `${database}.${name}`;
}

/** Neither Glue's crawlers nor Athena make names with dots, so that the first one ends the database's. */
export function readDatasetAddress(address: string, own: string): { database: string; name: string } {
  const dot = address.indexOf('.');
  return dot > 0 ? { database: address.slice(0, dot), name: address.slice(dot + 1) } : { database: own, name: address };
}
