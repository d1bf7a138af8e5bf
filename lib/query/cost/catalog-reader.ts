import 'server-only';
import {
  GetPartitionsCommand,
  GetTableCommand,
  GetTablesCommand,
  type Partition,
  type Table,
} from '@aws-sdk/client-glue';
import type { Context } from '@/lib/auth';
import { collectPages } from '@/lib/aws/paginate';
import { asUnknown, UnknownCost } from './unknown-cost';

const MAX_PARTITIONS = 20_000;
const MAX_TABLES = 1_000;

/** Tables that are catalogued only once the statement is run, by their full name. */
export type ComingTables = (name: string) => { table: Table; partitions: Partition[] } | undefined;

/** Tables and partitions as the signed-in person sees them, each asked for once. */
export class CatalogReader {
  readonly #ctx: Context;
  readonly #signal: AbortSignal;
  readonly #coming: ComingTables;
  readonly #tables = new Map<string, Promise<Table>>();
  readonly #partitions = new Map<string, Promise<Partition[]>>();

  constructor(ctx: Context, signal: AbortSignal, coming: ComingTables) {
    this.#ctx = ctx;
    this.#signal = signal;
    this.#coming = coming;
  }

  async getTable(database: string, name: string): Promise<Table> {
    const coming = this.#coming(`${database}.${name}`);
    if (coming) return coming.table;
    return kept(this.#tables, `${database}.${name}`, async () => {
      const input = { DatabaseName: database, Name: name };
      const { Table: table } = await this.#send(
        () => this.#ctx.aws.glue.send(new GetTableCommand(input), { abortSignal: this.#signal }),
        `${database}.${name}`,
      );
      if (!table) throw new UnknownCost('table', `${database}.${name}`);
      return table;
    });
  }

  /** Partitions, of which Glue tests `filter` itself. */
  async listPartitions(database: string, table: string, filter: string | undefined): Promise<Partition[]> {
    const name = `${database}.${table}`;
    const coming = this.#coming(name);
    if (coming) return coming.partitions;
    return kept(this.#partitions, `${name} ${filter ?? ''}`, async () => {
      const pages = collectPages<Partition>(async (NextToken) => {
        const input = { DatabaseName: database, TableName: table, Expression: filter, ExcludeColumnSchema: true };
        const page = await this.#ctx.aws.glue.send(new GetPartitionsCommand({ ...input, NextToken }), {
          abortSignal: this.#signal,
        });
        return { items: page.Partitions, next: page.NextToken };
      }, MAX_PARTITIONS);
      const { items, isTruncated } = await this.#send(() => pages, name);
      if (isTruncated) throw new UnknownCost('tooMany', name);
      return items;
    });
  }

  async listTables(database: string): Promise<Table[]> {
    const pages = collectPages<Table>(async (NextToken) => {
      const input = { DatabaseName: database, NextToken };
      const page = await this.#ctx.aws.glue.send(new GetTablesCommand(input), { abortSignal: this.#signal });
      return { items: page.TableList, next: page.NextToken };
    }, MAX_TABLES);
    const { items } = await this.#send(() => pages, database);
    return items;
  }

  async #send<T>(send: () => Promise<T>, name: string): Promise<T> {
    try {
      return await send();
    } catch (error) {
      this.#signal.throwIfAborted();
      throw asUnknown(error, name);
    }
  }
}

function kept<T>(map: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const made = map.get(key) ?? make();
  map.set(key, made);
  return made;
}
