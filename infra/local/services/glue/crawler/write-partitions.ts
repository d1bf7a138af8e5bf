import type { PlannedPartition, PlannedTable } from '../../../../../lib/languages/crawl/crawl-plan.ts';
import type { Catalog } from '../catalog.ts';
import type { Table } from '../catalog-schemas.ts';
import type { CrawlSummary } from './crawl-summary.ts';

interface WriterOptions {
  catalog: Catalog;
  database: string;
  summary: CrawlSummary;
  call: (operation: string, input: Record<string, unknown>) => Promise<unknown>;
}

interface WriteOptions {
  /** The partitions that are there get the columns of their table. */
  inherits: boolean;
  /** Those whose files are gone are deleted. */
  deletes: boolean;
}

const batchMax = 100;
const idOf = (values: string[]): string => values.join('\0');

/** Brings the partitions of a table up to what a crawl found. */
export class PartitionWriter {
  readonly #options: WriterOptions;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  async write({ name, partitionKeys, partitions }: PlannedTable, { inherits, deletes }: WriteOptions): Promise<void> {
    const { catalog, database } = this.#options;
    const table = catalog.getTable(database, name);
    // A table that was left as it is may have other keys than its folders have now.
    if (partitionKeys.length === 0 || table.PartitionKeys?.length !== partitionKeys.length) return;
    const known = new Map(catalog.listPartitions(database, name).map((one) => [idOf(one.Values), one]));
    await this.#create(
      table,
      partitions.filter(({ values }) => !known.has(idOf(values))),
    );
    const found = new Set(partitions.map(({ values }) => idOf(values)));
    for (const [id, { Values }] of known) if (deletes && !found.has(id)) await this.#delete(table, Values);
    if (inherits) for (const one of partitions) if (known.has(idOf(one.values))) await this.#update(table, one);
  }

  async #create(table: Table, partitions: PlannedPartition[]): Promise<void> {
    const inputs = partitions.map((partition) => inputOf(table, partition));
    for (let at = 0; at < inputs.length; at += batchMax) {
      const PartitionInputList = inputs.slice(at, at + batchMax);
      await this.#call('BatchCreatePartition', table, { PartitionInputList });
    }
    this.#options.summary.partitionsCreated.push(
      ...partitions.map(({ values }) => `${table.Name}/${values.join('/')}`),
    );
  }

  async #update(table: Table, partition: PlannedPartition): Promise<void> {
    const input = { PartitionValueList: partition.values, PartitionInput: inputOf(table, partition) };
    await this.#call('UpdatePartition', table, input);
    this.#options.summary.partitionsUpdated.push(`${table.Name}/${partition.values.join('/')}`);
  }

  async #delete(table: Table, values: string[]): Promise<void> {
    await this.#call('DeletePartition', table, { PartitionValues: values });
    this.#options.summary.partitionsDeleted.push(`${table.Name}/${values.join('/')}`);
  }

  #call(operation: string, { Name }: Table, input: Record<string, unknown>): Promise<unknown> {
    return this.#options.call(operation, { DatabaseName: this.#options.database, TableName: Name, ...input });
  }
}

const inputOf = ({ StorageDescriptor }: Table, { values, location }: PlannedPartition) => ({
  Values: values,
  StorageDescriptor: { ...StorageDescriptor, Location: location },
});
