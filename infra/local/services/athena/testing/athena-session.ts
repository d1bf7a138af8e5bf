import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type QueryExecution,
  type Row,
  StartQueryExecutionCommand,
  type StartQueryExecutionCommandInput,
} from '@aws-sdk/client-athena';
import type { TestLake } from '../../../testing/test-lake.ts';

export type StartOptions = Partial<StartQueryExecutionCommandInput>;

/** What a test does with Athena: statements started, awaited and read, in one database and with one place for results. */
export class AthenaSession {
  readonly client: AthenaClient;
  readonly #defaults: StartOptions;

  constructor(client: AthenaClient | TestLake['clientConfig'], defaults: StartOptions) {
    this.client = client instanceof AthenaClient ? client : new AthenaClient(client);
    this.#defaults = defaults;
  }

  /** The same, as someone else. */
  as(client: AthenaClient): AthenaSession {
    return new AthenaSession(client, this.#defaults);
  }

  async start(sql: string, options: StartOptions = {}): Promise<string> {
    const command = new StartQueryExecutionCommand({ QueryString: sql, ...this.#defaults, ...options });
    const { QueryExecutionId } = await this.client.send(command);
    return QueryExecutionId as string;
  }

  async finish(id: string): Promise<QueryExecution> {
    for (;;) {
      const { QueryExecution } = await this.client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
      if (!['QUEUED', 'RUNNING'].includes(QueryExecution?.Status?.State ?? '')) return QueryExecution as QueryExecution;
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  }

  async stateOf(id: string): Promise<string | undefined> {
    const { QueryExecution } = await this.client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
    return QueryExecution?.Status?.State;
  }

  async run(sql: string, options: StartOptions = {}): Promise<QueryExecution> {
    return this.finish(await this.start(sql, options));
  }

  /** The rows of the first page, without a query's header. Throws the reason of a statement that fails. */
  async rows(sql: string, options: StartOptions = {}): Promise<(string | undefined)[][]> {
    const { Status, QueryExecutionId, SubstatementType } = await this.run(sql, options);
    if (Status?.State !== 'SUCCEEDED') throw new Error(`${Status?.State}: ${Status?.StateChangeReason}`);
    const { ResultSet } = await this.client.send(new GetQueryResultsCommand({ QueryExecutionId }));
    const rows = valuesOf(ResultSet?.Rows);
    return SubstatementType === 'SELECT' ? rows.slice(1) : rows;
  }

  /** Why a statement failed. Throws if it did not. */
  async reason(sql: string, options: StartOptions = {}): Promise<string> {
    const { Status } = await this.run(sql, options);
    if (Status?.State !== 'FAILED') throw new Error(`${sql} is ${Status?.State}, and not FAILED`);
    return Status.StateChangeReason ?? '';
  }
}

export function valuesOf(rows: Row[] = []): (string | undefined)[][] {
  return rows.map((row) => (row.Data ?? []).map((datum) => datum.VarCharValue));
}
