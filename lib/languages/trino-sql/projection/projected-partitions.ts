import { MAX_PARTITIONS, type NamedValues, ProjectedColumn } from './projected-column.ts';
import { WrongProjection } from './wrong-projection.ts';

export interface ProjectedTable {
  /** `database.table` */
  name: string;
  properties: Readonly<Record<string, string>>;
  /** The table's own, `s3://…`. */
  location: string;
  /** Of the partition columns, in lower case. */
  keys: readonly string[];
}

export interface ProjectedPartition {
  values: string[];
  /** `s3://…/`, by the table's template or, without one, by the names of the columns. */
  uri: string;
}

export interface ProjectionOptions {
  named: NamedValues;
  now: Date;
  /** Leaves values of one column out before they are combined with those of others. */
  isNeeded?: (column: number, value: string) => boolean;
}

export function isProjected({ properties, keys }: Pick<ProjectedTable, 'properties' | 'keys'>): boolean {
  return properties['projection.enabled']?.toLowerCase() === 'true' && keys.length > 0;
}

/**
 * The partitions that a table's properties tell of instead of the catalog. Throws WrongProjection.
 * https://docs.aws.amazon.com/athena/latest/ug/partition-projection-setting-up.html
 */
export function projectedPartitions(table: ProjectedTable, options: ProjectionOptions): ProjectedPartition[] {
  const { named, now, isNeeded = () => true } = options;
  const of = { table: table.name, properties: table.properties, now };
  const values = table.keys.map((key, index) =>
    new ProjectedColumn(key, of).values(named).filter((value) => isNeeded(index, value)),
  );
  const count = values.reduce((product, each) => product * each.length, 1);
  if (count > MAX_PARTITIONS) {
    const message = `Table ${table.name} has ${count} projected partitions; filter them`;
    throw new WrongProjection('INVALID_TABLE_PROPERTY', message, 'projection.enabled');
  }
  const combined = values.reduce<string[][]>(
    (rows, each) => rows.flatMap((row) => each.map((value) => [...row, value])),
    [[]],
  );
  return combined.map((partition) => ({ values: partition, uri: uriOf(table, partition) }));
}

/** The folder that all projected partitions are in. */
export function projectedRoot({ properties, location }: Pick<ProjectedTable, 'properties' | 'location'>): string {
  const [fixed] = properties['storage.location.template']?.split('${') ?? [];
  return fixed === undefined ? location : fixed.slice(0, fixed.lastIndexOf('/') + 1);
}

function uriOf({ properties, location, keys }: ProjectedTable, partition: readonly string[]): string {
  const template = properties['storage.location.template'];
  const folder = keys.map((key, index) => `${key}=${partition[index]}`).join('/');
  const uri = template
    ? keys.reduce((text, key, index) => text.replaceAll(`\${${key}}`, partition[index] as string), template)
    : `${withSlash(location)}${folder}`;
  return withSlash(uri);
}

function withSlash(uri: string): string {
  return uri.endsWith('/') ? uri : `${uri}/`;
}
