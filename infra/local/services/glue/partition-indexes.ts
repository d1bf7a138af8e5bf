/**
 * Partition indexes. The catalog here finds partitions without any, so an index is made at once: what it is kept for is
 * that clients see what they have made, and that values which no index can hold are told.
 * https://docs.aws.amazon.com/glue/latest/dg/partition-indexes.html
 */
import { z } from 'zod';
import type { State } from '../../state/state.ts';
import type { Catalog } from './catalog.ts';
import type { Column, Partition } from './catalog-schemas.ts';
import { alreadyExists, entityNotFound, glueError, invalidInput } from './errors.ts';
import { PARTITION_INDEXES } from './kept-with-tables.ts';

const INDEXES_MAX = 3;

export const PartitionIndex = z.object({
  IndexName: z.string().min(1).max(255),
  Keys: z.array(z.string().min(1).max(255)).min(1),
});
export type PartitionIndex = z.infer<typeof PartitionIndex>;

/** By what type of column can be indexed: whether it can hold a value. */
const indexable: [type: RegExp, holds: (value: string) => boolean][] = [
  [/^(string|char\(\d+\)|varchar\(\d+\))$/i, () => true],
  [/^(int|integer|bigint|long|tinyint|smallint)$/i, (value) => /^-?\d+$/.test(value)],
  [/^date$/i, (value) => /^\d{4}-\d\d-\d\d$/.test(value)],
];

export interface IndexDescription {
  IndexName: string;
  Keys: { Name: string; Type: string }[];
  IndexStatus: 'ACTIVE' | 'FAILED';
  BackfillErrors?: { Code: string; Partitions: { Values: string[] }[] }[];
}

export class PartitionIndexes {
  readonly #state: State;
  readonly #catalog: Catalog;
  readonly #indexes;

  constructor(state: State, catalog: Catalog) {
    this.#state = state;
    this.#catalog = catalog;
    this.#indexes = state.table<PartitionIndex>(PARTITION_INDEXES);
  }

  list(database: string, table: string): IndexDescription[] {
    const { DatabaseName, Name, PartitionKeys = [] } = this.#catalog.getTable(database, table);
    const partitions = this.#catalog.listPartitions(DatabaseName, Name);
    return Array.from(this.#indexes.under([DatabaseName, Name]), ({ value }) =>
      described(value, PartitionKeys, partitions),
    );
  }

  create(database: string, table: string, index: PartitionIndex): Promise<void> {
    return this.#state.commit(() => {
      const { DatabaseName, Name, PartitionKeys = [] } = this.#catalog.getTable(database, table);
      mustFit(index, PartitionKeys);
      const key = [DatabaseName, Name, index.IndexName];
      if (this.#indexes.get(key)) {
        throw alreadyExists(`Index with the given indexName : ${index.IndexName} already exists`);
      }
      if ([...this.#indexes.under([DatabaseName, Name])].length >= INDEXES_MAX) {
        throw glueError('ResourceNumberLimitExceededException', `A table can have ${INDEXES_MAX} partition indexes`);
      }
      this.#indexes.put(key, index);
    });
  }

  delete(database: string, table: string, indexName: string): Promise<void> {
    return this.#state.commit(() => {
      const { DatabaseName, Name } = this.#catalog.getTable(database, table);
      const key = [DatabaseName, Name, indexName];
      if (!this.#indexes.get(key)) throw entityNotFound(`Index with the given indexName : ${indexName} does not exist`);
      this.#indexes.remove(key);
    });
  }
}

/** Throws InvalidInputException for keys that a table does not have, or that cannot be indexed. */
export function mustFit({ Keys }: PartitionIndex, partitionKeys: Column[]): void {
  for (const [i, key] of Keys.entries()) {
    const column = columnOf(key, partitionKeys);
    if (!column) throw invalidInput(`Index key ${key} is not a partition key of the table`);
    if (Keys.findIndex((other) => other.toLowerCase() === key.toLowerCase()) !== i) {
      throw invalidInput(`Index key ${key} is given twice`);
    }
    const type = column.Type ?? 'string';
    if (!indexable.some(([pattern]) => pattern.test(type))) {
      throw invalidInput(
        `Index key ${key} is of type ${type}; only string, char, varchar, date and whole numbers can be indexed`,
      );
    }
  }
}

function described(index: PartitionIndex, partitionKeys: Column[], partitions: Partition[]): IndexDescription {
  const Keys = index.Keys.map((key) => {
    const { Name = key, Type = 'string' } = columnOf(key, partitionKeys) ?? {};
    return { Name, Type };
  });
  const checks = Keys.map(({ Name, Type }) => ({
    at: partitionKeys.findIndex((column) => column.Name === Name),
    holds: indexable.find(([pattern]) => pattern.test(Type))?.[1] ?? (() => false),
  }));
  const wrong = partitions.filter(({ Values }) => checks.some(({ at, holds }) => !holds(Values[at] ?? '')));
  const about = { IndexName: index.IndexName, Keys };
  if (wrong.length === 0) return { ...about, IndexStatus: 'ACTIVE' };
  // As many as Glue shows.
  const Partitions = wrong.slice(0, 5).map(({ Values }) => ({ Values }));
  const BackfillErrors = [{ Code: 'INVALID_PARTITION_TYPE_DATA_ERROR', Partitions }];
  return { ...about, IndexStatus: 'FAILED', BackfillErrors };
}

function columnOf(key: string, partitionKeys: Column[]): Column | undefined {
  return partitionKeys.find(({ Name }) => Name.toLowerCase() === key.toLowerCase());
}
