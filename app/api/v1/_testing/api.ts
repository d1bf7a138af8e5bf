/** The routes of the data API on a lake of their own, called as Next calls them; people and tokens are real. */
import {
  AthenaClient,
  CreateWorkGroupCommand,
  ListQueryExecutionsCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startTestLake, type TestLake } from '@/infra/local/testing/test-lake';
import type { Context } from '@/lib/auth';
import { Database } from '@/lib/db/database';
import { saveQuery } from '@/lib/query';
import type { SaveQuery } from '@/lib/query/saved/schemas';
import { createToken } from '@/lib/tokens';
import type { Scope } from '@/lib/tokens/schemas';

type Handler = (request: Request, route: { params: Promise<never> }) => Promise<Response>;
type Routes = Record<string, Partial<Record<string, Handler>>>;

export interface Call {
  method?: string;
  token?: string;
  headers?: Record<string, string>;
  body?: BodyInit;
}

const WORK_GROUP = 'lacustre';
const DATABASE = 'retail';
const AUTHOR = 'author@example.com';

export class ApiUnderTest {
  readonly lake: TestLake;
  readonly database: Database;
  readonly athena: AthenaClient;
  readonly s3: S3Client;
  readonly glue: GlueClient;
  /** Nobody answers there. */
  readonly dead = { athena: deadClient(AthenaClient), glue: deadClient(GlueClient), s3: deadClient(S3Client) };
  #routes: Routes = {};

  private constructor(lake: TestLake, database: Database) {
    this.lake = lake;
    this.database = database;
    this.athena = new AthenaClient(lake.clientConfig);
    this.s3 = new S3Client(lake.clientConfig);
    this.glue = new GlueClient(lake.clientConfig);
  }

  static async start(): Promise<ApiUnderTest> {
    const [lake, database] = await Promise.all([
      startTestLake({ services: ['athena'] }),
      Database.start({ folder: 'memory://' }),
    ]);
    const api = new ApiUnderTest(lake, database);
    for (const Bucket of ['processed', 'results']) await api.s3.send(new CreateBucketCommand({ Bucket }));
    await api.glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: DATABASE } }));
    const ResultConfiguration = { OutputLocation: 's3://results/athena/' };
    await api.athena.send(new CreateWorkGroupCommand({ Name: WORK_GROUP, Configuration: { ResultConfiguration } }));
    await api.#addPerson(AUTHOR, 'analyst');
    return api;
  }

  async close(): Promise<void> {
    await Promise.all([this.lake.close(), this.database.close()]);
  }

  /** By paths as the document has them. */
  use(routes: Record<string, object>): void {
    this.#routes = routes as Routes;
  }

  /** Calls what is at an address, as the router would: the first path that fits. */
  async call(address: string, { method = 'GET', token, headers = {}, body }: Call = {}): Promise<Response> {
    const url = new URL(address, 'http://localhost:3000');
    const found = Object.entries(this.#routes).find(([path]) => patternOf(path).test(url.pathname));
    if (!found) throw new Error(`No route for ${address}`);
    const [path, handlers] = found;
    const handler = handlers[method];
    if (!handler) throw new Error(`No ${method} for ${path}`);
    const all = new Headers(headers);
    if (token !== undefined) all.set('authorization', `Bearer ${token}`);
    const request = new Request(url, {
      method,
      headers: all,
      body,
      ...(body ? { duplex: 'half' } : {}),
    } as RequestInit);
    const params = patternOf(path).exec(url.pathname)?.groups ?? {};
    return handler(request, { params: Promise.resolve(params as never) });
  }

  /** A token of a new person's, whose requests nobody else counts. */
  async token(options: { scopes?: Scope[]; role?: Context['role']; email?: string; savedQueries?: string[] } = {}) {
    const { scopes = ['query', 'saved', 'catalog'], role = 'analyst', savedQueries = [] } = options;
    const email = options.email ?? `${crypto.randomUUID()}@example.com`;
    const user = await this.#addPerson(email, role);
    const ctx = { user, role: 'analyst', requestId: 'r' } as unknown as Context;
    return (await createToken(ctx, { name: 'test', scopes, savedQueries, days: 7 })).token;
  }

  #addPerson(email: string, role: Context['role']) {
    return this.database.prisma.user.create({ data: { email, name: email, role, passwordHash: '–' } });
  }

  async addTable(name: string, columns: Record<string, string>): Promise<void> {
    const Columns = Object.entries(columns).map(([Name, Type]) => ({ Name, Type }));
    const SerdeInfo = { SerializationLibrary: 'org.apache.hadoop.hive.serde2.OpenCSVSerde' };
    const StorageDescriptor = { Columns, Location: `s3://processed/${name}/`, SerdeInfo };
    const TableInput = { Name: name, TableType: 'EXTERNAL_TABLE', StorageDescriptor };
    await this.glue.send(new CreateTableCommand({ DatabaseName: DATABASE, TableInput }));
  }

  async putFile(Key: string, Body: string): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket: 'processed', Key, Body }));
  }

  /** As the console saves it: everybody's, a new one or, where it has an id, its next version. */
  async save(query: SaveQuery): Promise<{ id: string; version: number }> {
    const { athena, glue, s3, database } = this;
    const user = await database.prisma.user.findFirstOrThrow({ where: { email: AUTHOR } });
    const ctx = { user, role: 'analyst', aws: { athena, glue, s3 }, requestId: 'r' } as unknown as Context;
    return saveQuery(ctx, query);
  }

  /** Ids of all that Athena was ever asked to run, the newest first. */
  async executions(): Promise<string[]> {
    const { QueryExecutionIds } = await this.athena.send(new ListQueryExecutionsCommand({ WorkGroup: WORK_GROUP }));
    return QueryExecutionIds ?? [];
  }

  async stop(QueryExecutionId: string): Promise<void> {
    await this.athena.send(new StopQueryExecutionCommand({ QueryExecutionId }));
  }
}

function deadClient<T>(Client: new (config: object) => T): T {
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  return new Client({ endpoint: 'http://127.0.0.1:9', region: 'eu-west-3', credentials, maxAttempts: 1 });
}

function patternOf(path: string): RegExp {
  const source = path
    .replaceAll(/[.]/g, '\\.')
    .replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')
    .replace('(?<path>[^/]+)', '.+');
  return new RegExp(`^${source}$`);
}
