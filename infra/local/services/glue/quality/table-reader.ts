/** A table as a run of data quality reads it: as the run's role, through the catalog, with Athena's SQL. */
import { randomUUID } from 'node:crypto';
import type { StatementAnswer, TableColumn } from '../../../../../lib/languages/dqdl/plan.ts';
import type { Principal } from '../../../service.ts';
import { AwsError } from '../../../service.ts';
import { explainFailure } from '../../athena/explain-failure.ts';
import { type RowReaderOptions, readRows } from '../../athena/read-rows.ts';
import type { Catalog } from '../catalog.ts';
import { QualityRunFailure } from './quality-run.ts';

export interface TableReaderOptions extends RowReaderOptions {
  /** Each statement has a folder of its own in it. */
  workFolder: string;
}

/** A rule's own statement may select rows: more of them than this say nothing more. */
const ROWS_MAX = 10_000;

export class TableReader {
  readonly #options: TableReaderOptions;
  readonly #principal: Principal;
  readonly #database: string;
  readonly #signal: AbortSignal;

  constructor(options: TableReaderOptions, principal: Principal, database: string, signal: AbortSignal) {
    this.#options = options;
    this.#principal = principal;
    this.#database = database;
    this.#signal = signal;
  }

  /** Answers of all statements by their ids. What the role is not allowed ends the run; what is wrong in a statement is its answer. */
  async answerAll(statements: { id: string; sql: string }[]): Promise<Record<string, StatementAnswer>> {
    const answers: Record<string, StatementAnswer> = {};
    for (const { id, sql } of statements) answers[id] = await this.#answer(sql);
    return answers;
  }

  async #answer(sql: string): Promise<StatementAnswer> {
    try {
      return await readRows(this.#options, {
        sql,
        database: this.#database,
        principal: this.#principal,
        signal: this.#signal,
        folder: `${this.#options.workFolder}/${randomUUID()}`,
        maxRows: ROWS_MAX,
      });
    } catch (error) {
      this.#signal.throwIfAborted();
      if (error instanceof AwsError && error.code.startsWith('AccessDenied'))
        throw new QualityRunFailure(error.message);
      return { error: explainFailure(error).reason };
    }
  }
}

/** Columns of a table with those of its partitions. */
export function columnsOf(catalog: Catalog, database: string, table: string): TableColumn[] {
  const { StorageDescriptor, PartitionKeys = [] } = catalog.getTable(database, table);
  return [...(StorageDescriptor?.Columns ?? []), ...PartitionKeys].map(({ Name, Type = 'string' }) => ({
    name: Name,
    type: Type,
  }));
}
