/** Statistics of columns, of whole tables and of partitions. https://docs.aws.amazon.com/glue/latest/webapi/API_ColumnStatistics.html */
import { z } from 'zod';
import type { State } from '../../../state/state.ts';
import type { Catalog } from '../catalog.ts';
import type { Column } from '../catalog-schemas.ts';
import { entityNotFound } from '../errors.ts';
import { COLUMN_STATISTICS, statisticsPrefix } from '../kept-with-tables.ts';

const Count = z.number().int().min(0);
const Distinct = { NumberOfNulls: Count, NumberOfDistinctValues: Count };
const Length = { MaximumLength: Count, AverageLength: z.number().min(0), NumberOfNulls: Count };
const range = <V extends z.ZodType>(value: V) =>
  z.object({ MinimumValue: value.optional(), MaximumValue: value.optional(), ...Distinct });
/** `UnscaledValue` is a big-endian two's complement in base64. */
const Decimal = z.object({ UnscaledValue: z.base64(), Scale: z.number().int() });

const data = {
  BOOLEAN: {
    BooleanColumnStatisticsData: z.object({ NumberOfTrues: Count, NumberOfFalses: Count, NumberOfNulls: Count }),
  },
  DATE: { DateColumnStatisticsData: range(z.number()) },
  DECIMAL: { DecimalColumnStatisticsData: range(Decimal) },
  DOUBLE: { DoubleColumnStatisticsData: range(z.number()) },
  LONG: { LongColumnStatisticsData: range(z.number().int()) },
  STRING: { StringColumnStatisticsData: z.object({ ...Length, NumberOfDistinctValues: Count }) },
  BINARY: { BinaryColumnStatisticsData: z.object(Length) },
};

/** The kind that `Type` names must be there; others are not kept. */
const StatisticsData = z.discriminatedUnion('Type', [
  z.object({ Type: z.literal('BOOLEAN'), ...data.BOOLEAN }),
  z.object({ Type: z.literal('DATE'), ...data.DATE }),
  z.object({ Type: z.literal('DECIMAL'), ...data.DECIMAL }),
  z.object({ Type: z.literal('DOUBLE'), ...data.DOUBLE }),
  z.object({ Type: z.literal('LONG'), ...data.LONG }),
  z.object({ Type: z.literal('STRING'), ...data.STRING }),
  z.object({ Type: z.literal('BINARY'), ...data.BINARY }),
]);

export const ColumnStatistics = z.object({
  ColumnName: z.string().min(1).max(255),
  ColumnType: z.string().max(20_000),
  /** Seconds since the epoch. */
  AnalyzedTime: z.number(),
  StatisticsData,
});
export type ColumnStatistics = z.infer<typeof ColumnStatistics>;

/** A table or, given its values, one of its partitions. */
export interface StatisticsOf {
  database: string;
  table: string;
  partitionValues?: string[] | undefined;
}

export class StatisticsStore {
  readonly #state: State;
  readonly #catalog: Catalog;
  readonly #statistics;

  constructor(state: State, catalog: Catalog) {
    this.#state = state;
    this.#catalog = catalog;
    this.#statistics = state.table<ColumnStatistics>(COLUMN_STATISTICS);
  }

  find(of: StatisticsOf, column: string): ColumnStatistics | undefined {
    return this.#statistics.get(this.#key(of, column));
  }

  /** Throws EntityNotFoundException for what is not there. */
  columnsOf({ database, table, partitionValues }: StatisticsOf): Column[] {
    const { StorageDescriptor, PartitionKeys = [] } = this.#catalog.getTable(database, table);
    if (partitionValues) this.#catalog.getPartition(database, table, partitionValues);
    return [...(StorageDescriptor?.Columns ?? []), ...PartitionKeys];
  }

  /** Keeps those of columns that are there; returns the others. */
  update(of: StatisticsOf, list: ColumnStatistics[]): Promise<ColumnStatistics[]> {
    return this.#state.commit(() => {
      const names = new Set(this.columnsOf(of).map(({ Name }) => Name.toLowerCase()));
      for (const one of list) {
        if (names.has(one.ColumnName.toLowerCase())) this.#statistics.put(this.#key(of, one.ColumnName), one);
      }
      return list.filter(({ ColumnName }) => !names.has(ColumnName.toLowerCase()));
    });
  }

  delete(of: StatisticsOf, column: string): Promise<void> {
    return this.#state.commit(() => {
      this.columnsOf(of);
      if (!this.find(of, column)) throw entityNotFound(`Statistics of column ${column} not found.`);
      this.#statistics.remove(this.#key(of, column));
    });
  }

  #key({ database, table, partitionValues }: StatisticsOf, column: string) {
    return [...statisticsPrefix(database, table, partitionValues), column.toLowerCase()];
  }
}
