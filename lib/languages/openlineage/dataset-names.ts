/** How OpenLineage names what the lake has. https://openlineage.io/docs/spec/naming */

export interface DatasetId {
  namespace: string;
  name: string;
}

/** An object, or a folder of a bucket. */
export function objectId(bucket: string, key: string): DatasetId {
  return { namespace: `s3://${bucket}`, name: key };
}

/** A table of the Glue catalog. */
export function tableId(place: { region: string; account: string }, database: string, table: string): DatasetId {
  return { namespace: `arn:aws:glue:${place.region}:${place.account}`, name: `table/${database}/${table}` };
}

export function findTable({ name }: DatasetId): { database: string; table: string } | undefined {
  const [, database, table] = /^table\/([^/]+)\/(.+)$/.exec(name) ?? [];
  return database && table ? { database, table } : undefined;
}
