/**
 * The Glue Data Catalog: databases, tables with their versions, partitions. What else is kept about a table or a partition
 * (statistics, indexes, functions) goes with it.
 *
 * Reads are synchronous and see the last commit; Athena plans a query on them without going through the wire. Whoever
 * calls is expected to have authorised the caller. Names are folded to lower case at the edge (`CatalogName`), and once
 * more here, since SQL reaches the catalog without passing the edge.
 */
import type { State, StateKey, Table as StateTable } from '../../state/state.ts';
import type { Database, DatabaseInput, Partition, PartitionInput, Table, TableInput } from './catalog-schemas.ts';
import { alreadyExists, concurrentModification, entityNotFound, invalidInput } from './errors.ts';
import {
  COLUMN_STATISTICS,
  FUNCTIONS,
  PARTITION_INDEXES,
  STATISTICS_SETTINGS,
  statisticsPrefix,
} from './kept-with-tables.ts';

export interface UpdateTableOptions {
  /** The version that the caller has read; an update in between makes ConcurrentModificationException. */
  versionId?: string | undefined;
  /** Does not keep the former version. */
  skipArchive?: boolean | undefined;
  /** ARN shown as `CreatedBy`. */
  createdBy?: string | undefined;
}

export class Catalog {
  readonly #state: State;
  readonly #clock: () => number;
  readonly #databases;
  readonly #tables;
  readonly #versions;
  readonly #partitions;
  readonly #statistics;
  readonly #statisticsSettings;
  readonly #indexes;
  readonly #functions;

  constructor(state: State, clock: () => number) {
    this.#state = state;
    this.#clock = clock;
    this.#databases = state.table<Database>('glue.databases');
    this.#tables = state.table<Table>('glue.tables');
    this.#versions = state.table<Table>('glue.table-versions');
    this.#partitions = state.table<Partition>('glue.partitions');
    this.#statistics = state.table(COLUMN_STATISTICS);
    this.#statisticsSettings = state.table(STATISTICS_SETTINGS);
    this.#indexes = state.table(PARTITION_INDEXES);
    this.#functions = state.table(FUNCTIONS);
  }

  listDatabases(): Database[] {
    return values(this.#databases.range());
  }

  findDatabase(name: string): Database | undefined {
    return this.#databases.get([name.toLowerCase()]);
  }

  getDatabase(name: string): Database {
    const database = this.findDatabase(name);
    if (!database) throw entityNotFound(`Database ${name} not found.`);
    return database;
  }

  listTables(database: string): Table[] {
    return values(this.#tables.under([database.toLowerCase()]));
  }

  findTable(database: string, name: string): Table | undefined {
    return this.#tables.get([database.toLowerCase(), name.toLowerCase()]);
  }

  getTable(database: string, name: string): Table {
    this.getDatabase(database);
    const table = this.findTable(database, name);
    if (!table) throw entityNotFound(`Table ${name} not found.`);
    return table;
  }

  /** Newest first, the current one included. */
  listTableVersions(database: string, name: string): Table[] {
    const current = this.getTable(database, name);
    return [current, ...values(this.#versions.under([database.toLowerCase(), name.toLowerCase()], { reverse: true }))];
  }

  /** In the order of their values. */
  listPartitions(database: string, table: string): Partition[] {
    return values(this.#partitions.under([database.toLowerCase(), table.toLowerCase()]));
  }

  findPartition(database: string, table: string, partitionValues: string[]): Partition | undefined {
    return this.#partitions.get(partitionKey(database, table, partitionValues));
  }

  createDatabase(input: DatabaseInput): Promise<void> {
    return this.#state.commit(() => {
      if (this.findDatabase(input.Name)) throw alreadyExists('Database already exists.');
      this.#databases.put([input.Name.toLowerCase()], { ...input, createdAt: this.#clock() });
    });
  }

  updateDatabase(name: string, input: DatabaseInput): Promise<void> {
    return this.#state.commit(() => {
      const { createdAt } = this.getDatabase(name);
      // Glue cannot rename a database: the name in the input is not looked at.
      this.#databases.put([name.toLowerCase()], { ...input, Name: name.toLowerCase(), createdAt });
    });
  }

  deleteDatabase(name: string): Promise<void> {
    return this.#state.commit(() => {
      this.getDatabase(name);
      for (const table of this.listTables(name)) this.#dropTable(table.DatabaseName, table.Name);
      removeUnder(this.#functions, [name.toLowerCase()]);
      this.#databases.remove([name.toLowerCase()]);
    });
  }

  createTable(database: string, input: TableInput, createdBy = ''): Promise<void> {
    return this.#state.commit(() => {
      const owner = this.getDatabase(database);
      if (this.findTable(owner.Name, input.Name)) throw alreadyExists('Table already exists.');
      const now = this.#clock();
      const table = { ...input, Name: input.Name.toLowerCase(), DatabaseName: owner.Name };
      this.#tables.put([owner.Name, table.Name], {
        ...table,
        VersionId: '0',
        createdAt: now,
        updatedAt: now,
        createdBy,
      });
    });
  }

  updateTable(database: string, input: TableInput, options: UpdateTableOptions = {}): Promise<void> {
    return this.#state.commit(() => {
      const current = this.getTable(database, input.Name);
      if (options.versionId !== undefined && options.versionId !== current.VersionId) {
        throw concurrentModification('Update table failed due to concurrent modifications.');
      }
      const key = [current.DatabaseName, current.Name];
      if (!options.skipArchive) this.#versions.put([...key, Number(current.VersionId)], current);
      this.#tables.put(key, {
        ...input,
        Name: current.Name,
        DatabaseName: current.DatabaseName,
        VersionId: String(Number(current.VersionId) + 1),
        createdAt: current.createdAt,
        updatedAt: this.#clock(),
        createdBy: options.createdBy ?? current.createdBy,
      });
    });
  }

  deleteTable(database: string, name: string): Promise<void> {
    return this.#state.commit(() => {
      const table = this.getTable(database, name);
      this.#dropTable(table.DatabaseName, table.Name);
    });
  }

  /** Of a former version; the current one stays. */
  deleteTableVersion(database: string, name: string, versionId: string): Promise<void> {
    return this.#state.commit(() => {
      const { DatabaseName, Name, VersionId } = this.getTable(database, name);
      if (versionId === VersionId) {
        throw invalidInput('Cannot delete the current version of a table. Update the table, or delete it.');
      }
      const key = [DatabaseName, Name, versionNumber(versionId)];
      if (!this.#versions.get(key)) throw entityNotFound('Version not found.');
      this.#versions.remove(key);
    });
  }

  getTableVersion(database: string, name: string, versionId: string | undefined): Table {
    const current = this.getTable(database, name);
    if (versionId === undefined || versionId === current.VersionId) return current;
    const version = this.#versions.get([current.DatabaseName, current.Name, versionNumber(versionId)]);
    if (!version) throw entityNotFound('Version not found.');
    return version;
  }

  /** Returns the values of those that were there already; the others are made, as BatchCreatePartition does. */
  createPartitions(database: string, table: string, inputs: PartitionInput[]): Promise<string[][]> {
    return this.#state.commit(() => {
      const { DatabaseName, Name: TableName, PartitionKeys = [] } = this.getTable(database, table);
      const known: string[][] = [];
      for (const input of inputs) {
        if (input.Values.length !== PartitionKeys.length) {
          throw invalidInput('The number of partition keys do not match the number of partition values');
        }
        const key = partitionKey(DatabaseName, TableName, input.Values);
        if (this.#partitions.get(key)) known.push(input.Values);
        else this.#partitions.put(key, { ...input, DatabaseName, TableName, createdAt: this.#clock() });
      }
      return known;
    });
  }

  getPartition(database: string, table: string, partitionValues: string[]): Partition {
    const { DatabaseName, Name } = this.getTable(database, table);
    const partition = this.findPartition(DatabaseName, Name, partitionValues);
    if (!partition) throw entityNotFound('Cannot find partition.');
    return partition;
  }

  updatePartition(database: string, table: string, former: string[], input: PartitionInput): Promise<void> {
    return this.#state.commit(() => {
      const partition = this.getPartition(database, table, former);
      const { DatabaseName, TableName, createdAt } = partition;
      const key = partitionKey(DatabaseName, TableName, input.Values);
      const moved = former.join('\0') !== input.Values.join('\0');
      if (moved && this.#partitions.get(key)) throw alreadyExists('Partition already exists.');
      if (moved) this.#dropPartition(DatabaseName, TableName, former);
      this.#partitions.put(key, { ...input, DatabaseName, TableName, createdAt });
    });
  }

  deletePartition(database: string, table: string, partitionValues: string[]): Promise<void> {
    return this.#state.commit(() => {
      const { DatabaseName, TableName } = this.getPartition(database, table, partitionValues);
      this.#dropPartition(DatabaseName, TableName, partitionValues);
    });
  }

  #dropTable(database: string, name: string): void {
    this.#tables.remove([database, name]);
    for (const kept of [this.#versions, this.#partitions, this.#statistics, this.#statisticsSettings, this.#indexes]) {
      removeUnder(kept, [database, name]);
    }
  }

  #dropPartition(database: string, table: string, partitionValues: string[]): void {
    this.#partitions.remove(partitionKey(database, table, partitionValues));
    removeUnder(this.#statistics, statisticsPrefix(database, table, partitionValues));
  }
}

function removeUnder(table: StateTable<unknown>, prefix: StateKey): void {
  for (const { key } of [...table.under(prefix)]) table.remove(key);
}

function versionNumber(versionId: string): number {
  if (!/^\d{1,10}$/.test(versionId)) throw invalidInput(`For input string: "${versionId}"`);
  return Number(versionId);
}

const partitionKey = (database: string, table: string, partitionValues: string[]): StateKey => [
  database.toLowerCase(),
  table.toLowerCase(),
  ...partitionValues,
];

const values = <V>(entries: Iterable<{ value: V }>): V[] => Array.from(entries, (entry) => entry.value);
