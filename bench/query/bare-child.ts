/** DuckDB and nothing around it: one warm connection that knows the data as views. */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Dataset } from './datasets.ts';

export type BareTask =
  | { type: 'open'; datasets: Dataset[]; threads: number }
  /** All rows, in JavaScript's memory. */
  | { type: 'all'; sql: string }
  /** The first rows as they come. */
  | { type: 'first'; sql: string }
  /** The result as a CSV file. */
  | { type: 'csv'; sql: string; file: string };

export interface BareAnswer {
  ms: number;
  rows: number;
}

let connection: DuckDBConnection;

process.on('message', (task: BareTask) => {
  const startedAt = performance.now();
  perform(task).then(
    (rows) => process.send?.({ answer: { ms: performance.now() - startedAt, rows } satisfies BareAnswer }),
    (error: Error) => process.send?.({ error: error.message }),
  );
});

async function perform(task: BareTask): Promise<number> {
  switch (task.type) {
    case 'open': {
      const instance = await DuckDBInstance.create(':memory:', { threads: String(task.threads) });
      connection = await instance.connect();
      for (const { table, file } of task.datasets)
        await connection.run(`CREATE VIEW ${table} AS SELECT * FROM read_parquet('${file}')`);
      return 0;
    }
    case 'all':
      return (await connection.runAndReadAll(task.sql)).currentRowCount;
    case 'first': {
      const result = await connection.stream(task.sql);
      const chunk = await result.fetchChunk();
      return chunk?.rowCount ?? 0;
    }
    case 'csv':
      return Number(
        (
          await connection.runAndReadAll(`COPY (${task.sql}) TO '${task.file}' (FORMAT csv, FORCE_QUOTE *)`)
        ).getRows()[0]?.[0],
      );
  }
}
