import { createReadStream } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { DuckDBInstance } from '@duckdb/node-api';
import type { LakeProcess } from '../../infra/local/testing/lake-process.ts';
import type { Dataset } from './datasets.ts';

const DATABASE = 'bench';
const PARQUET = 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe';

export interface LakeTimes {
  /** From the call that starts the query to the answer that says it is over. */
  succeededMs: number;
  /** To the first page of its rows. */
  firstPageMs: number;
  rows: number;
}

/** Queries of the lake as any client of Athena makes them: started, asked about, read. */
export class LakeQueries {
  readonly #athena: AthenaClient;
  readonly #output: string;

  private constructor(lake: LakeProcess) {
    this.#athena = new AthenaClient(lake.clientConfig);
    this.#output = `s3://${lake.bucket('results')}/bench/`;
  }

  /** Uploads the data and makes its tables. */
  static async start(lake: LakeProcess, datasets: Dataset[]): Promise<LakeQueries> {
    const [s3, glue] = [new S3Client(lake.clientConfig), new GlueClient(lake.clientConfig)];
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: DATABASE } }));
    for (const { table, file } of datasets) {
      const place = { Bucket: lake.bucket('processed'), Key: `${DATABASE}/${table}/${path.basename(file)}` };
      await new Upload({ client: s3, params: { ...place, Body: createReadStream(file) } }).done();
      const StorageDescriptor = {
        Columns: await columnsOf(file),
        Location: `s3://${place.Bucket}/${DATABASE}/${table}/`,
        SerdeInfo: { SerializationLibrary: PARQUET },
      };
      const TableInput = { Name: table, TableType: 'EXTERNAL_TABLE', StorageDescriptor };
      await glue.send(new CreateTableCommand({ DatabaseName: DATABASE, TableInput }));
    }
    s3.destroy();
    glue.destroy();
    return new LakeQueries(lake);
  }

  async run(sql: string, pollMs = 0): Promise<LakeTimes> {
    const startedAt = performance.now();
    const id = await this.begin(sql);
    await this.finish(id, pollMs);
    const succeededMs = performance.now() - startedAt;
    const { ResultSet } = await this.#athena.send(new GetQueryResultsCommand({ QueryExecutionId: id }));
    // The first row of the first page is the header.
    return { succeededMs, firstPageMs: performance.now() - startedAt, rows: (ResultSet?.Rows?.length ?? 0) - 1 };
  }

  /** The values of the first page of a query's rows. */
  async rows(sql: string): Promise<(string | null)[][]> {
    const QueryExecutionId = await this.begin(sql);
    await this.finish(QueryExecutionId, 1);
    const { ResultSet } = await this.#athena.send(new GetQueryResultsCommand({ QueryExecutionId }));
    return (ResultSet?.Rows ?? []).slice(1).map(({ Data = [] }) => Data.map((cell) => cell.VarCharValue ?? null));
  }

  async begin(sql: string): Promise<string> {
    const { QueryExecutionId } = await this.#athena.send(
      new StartQueryExecutionCommand({
        QueryString: sql,
        QueryExecutionContext: { Database: DATABASE },
        ResultConfiguration: { OutputLocation: this.#output },
      }),
    );
    return QueryExecutionId as string;
  }

  async finish(QueryExecutionId: string, pollMs: number): Promise<void> {
    let pause = pollMs;
    for (;;) {
      const { QueryExecution } = await this.#athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
      const { State, StateChangeReason } = QueryExecution?.Status ?? {};
      if (State === 'SUCCEEDED') return;
      if (State === 'FAILED' || State === 'CANCELLED') throw new Error(`${State}: ${StateChangeReason}`);
      if (pause > 0) await sleep(pause);
      // To ask is work too, which a long query shall not be charged with.
      pause = Math.min(pause * 1.5, 50);
    }
  }

  close(): void {
    this.#athena.destroy();
  }
}

const HIVE_TYPES: Record<string, string> = { VARCHAR: 'string', INTEGER: 'int' };

async function columnsOf(file: string): Promise<{ Name: string; Type: string }[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet('${file}')`);
  const columns = reader.getRows().map(([name, type]) => {
    const text = String(type);
    return { Name: String(name), Type: HIVE_TYPES[text] ?? text.toLowerCase() };
  });
  connection.closeSync();
  instance.closeSync();
  return columns;
}
