import {
  AthenaClient,
  BatchGetQueryExecutionCommand,
  CreateNamedQueryCommand,
  CreateWorkGroupCommand,
  DeleteNamedQueryCommand,
  DeleteWorkGroupCommand,
  GetDatabaseCommand,
  GetNamedQueryCommand,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  GetQueryRuntimeStatisticsCommand,
  GetTableMetadataCommand,
  GetWorkGroupCommand,
  ListDatabasesCommand,
  ListDataCatalogsCommand,
  ListNamedQueriesCommand,
  ListQueryExecutionsCommand,
  ListTableMetadataCommand,
  ListWorkGroupsCommand,
  StopQueryExecutionCommand,
  UpdateWorkGroupCommand,
} from '@aws-sdk/client-athena';
import { CreateDatabaseCommand, CreatePartitionCommand, CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestLake, TEST_ACCOUNT, TEST_REGION, type TestLake } from '../../testing/test-lake.ts';
import { AthenaSession, valuesOf } from './testing/athena-session.ts';

const OUTPUT = 's3://results/athena/';
/** Runs for minutes unless it is stopped. */
const ENDLESS =
  'SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a(x) CROSS JOIN UNNEST(sequence(1, 10000)) AS b(y) CROSS JOIN UNNEST(sequence(1, 10000)) AS c(z) WHERE (x * y * z) % 7 = 3';

const SALES = {
  'a.csv': 'location,amount,sold\nLondon,10.5,19737\n"Paris, 5e",,19738\n',
  'more/b.csv': 'location,amount,sold\nLondon,7,19754\n',
  // Neither is data to Athena.
  _SUCCESS: '',
  '.hidden/c.csv': 'location,amount,sold\nNowhere,1,19754\n',
};
const SALES_BYTES = SALES['a.csv'].length + SALES['more/b.csv'].length;

let lake: TestLake;
let athena: AthenaClient;
let session: AthenaSession;
let s3: S3Client;
let glue: GlueClient;

beforeAll(async () => {
  lake = await startTestLake({ services: ['athena'] });
  athena = new AthenaClient(lake.clientConfig);
  session = new AthenaSession(athena, {
    QueryExecutionContext: { Database: 'retail' },
    ResultConfiguration: { OutputLocation: OUTPUT },
  });
  s3 = new S3Client(lake.clientConfig);
  glue = new GlueClient(lake.clientConfig);
  for (const Bucket of ['processed', 'results']) await s3.send(new CreateBucketCommand({ Bucket }));
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'retail' } }));
  await addTable('sales', ['location string', 'amount double', 'sold date'], SALES);
  await addTable('empty', ['a string', 'b bigint'], {});
});

afterAll(async () => {
  await lake?.close();
});

async function addTable(name: string, columns: string[], files: Record<string, string>, partitionKeys: string[] = []) {
  const column = (text: string) => ({ Name: text.split(' ')[0] as string, Type: text.split(' ')[1] });
  await glue.send(
    new CreateTableCommand({
      DatabaseName: 'retail',
      TableInput: {
        Name: name,
        TableType: 'EXTERNAL_TABLE',
        Parameters: { 'skip.header.line.count': '1', 'use.null.for.invalid.data': 'true' },
        PartitionKeys: partitionKeys.map(column),
        StorageDescriptor: {
          Columns: columns.map(column),
          Location: `s3://processed/${name}`,
          SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.serde2.OpenCSVSerde' },
        },
      },
    }),
  );
  for (const [file, Body] of Object.entries(files)) {
    await s3.send(new PutObjectCommand({ Bucket: 'processed', Key: `${name}/${file}`, Body }));
  }
}

describe('rejects', () => {
  const refusedAtOnce: [string, string][] = [
    ['SELCT 1', "line 1:1: mismatched input 'SELCT'"],
    ['SELECT 1; SELECT 2', 'Only one sql statement is allowed'],
    ["SELECT * FROM '/etc/passwd'", "line 1:15: mismatched input ''/etc/passwd''"],
    ["COPY (SELECT 1) TO '/tmp/x'", "line 1:1: mismatched input 'COPY'"],
    ["ATTACH '/tmp/x.db'", "mismatched input 'ATTACH'"],
    ['SET threads = 1', "mismatched input 'SET'"],
    ['PRAGMA database_list', "mismatched input 'PRAGMA'"],
    ['INSTALL httpfs', "mismatched input 'INSTALL'"],
    ["IMPORT DATABASE '/tmp'", "mismatched input 'IMPORT'"],
    ['SELECT amount::varchar FROM sales', "line 1:14: mismatched input ':'"],
    ['SELECT [1, 2]', "line 1:8: mismatched input '['"],
    ['SELECT * EXCLUDE (amount) FROM sales', "line 1:10: mismatched input 'EXCLUDE'"],
    ["SELECT * FROM read_csv('/etc/passwd')", "line 1:23: mismatched input '('"],
    ["SELECT * FROM read_text('/proc/self/environ') t(a)", "line 1:24: mismatched input '('"],
    ['SELECT * FROM "read_csv"(\'/etc/passwd\')', "line 1:25: mismatched input '('"],
    ['SELECT * FROM duckdb_settings()', "line 1:30: mismatched input '('"],
    ['SELECT * FORM sales', "line 1:10: mismatched input 'FORM'"],
    ['SELECT (1', "line 1:10: mismatched input '<EOF>'"],
    ['FROM sales', "line 1:1: mismatched input 'FROM'"],
    ["SELECT 'a", "mismatched input '''"],
    ['MERGE INTO a USING b ON true WHEN MATCHED THEN DELETE', 'not supported by the local lake: MERGE'],
    ['VACUUM sales', 'not supported by the local lake: VACUUM'],
  ];
  it.each(refusedAtOnce)('%s at once', async (sql, message) => {
    await expect(session.start(sql)).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringContaining(message),
    });
  });

  const failed: [string, string][] = [
    ['SELECT * FROM nowhere', "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.retail.nowhere' does not exist"],
    ['SELECT *\n FROM other.sales', "SCHEMA_NOT_FOUND: line 2:7: Schema 'other' does not exist"],
    ['SELECT * FROM mysql.a.b', "CATALOG_NOT_FOUND: line 1:15: Catalog 'mysql' does not exist"],
    [
      'SELECT wrong FROM sales',
      "COLUMN_NOT_FOUND: line 1:8: Column 'wrong' cannot be resolved or requester is not authorized to access requested resources",
    ],
    ['SELECT x.amount FROM sales', "COLUMN_NOT_FOUND: line 1:8: Column 'x.amount' cannot be resolved"],
    ['SELECT amount FROM sales a, sales b', "AMBIGUOUS_NAME: line 1:8: Column 'amount' is ambiguous"],
    [
      'SELECT location, sum(amount) FROM sales',
      "EXPRESSION_NOT_AGGREGATE: line 1:8: 'location' must be an aggregate expression",
    ],
    ['SELECT nope(1)', "FUNCTION_NOT_FOUND: line 1:8: Function 'nope' not registered"],
    ["SELECT getenv('HOME')", "Function 'getenv' not registered"],
    ['SELECT * FROM sqlite_master', "Table 'awsdatacatalog.retail.sqlite_master' does not exist"],
    ['SELECT * FROM "/etc/passwd"', "Table 'awsdatacatalog.retail./etc/passwd' does not exist"],
    ["SELECT CAST('abc' AS integer)", "INVALID_CAST_ARGUMENT: Cannot cast 'abc' to INT"],
    ["SELECT 1 + 'a'", 'TYPE_MISMATCH: line 1:10: Cannot apply operator: integer + varchar'],
    ['SELECT * FROM sales WHERE sum(amount) > 1', 'EXPRESSION_NOT_SCALAR'],
  ];
  it.each(failed)('%s as Athena does', async (sql, message) => expect(await session.reason(sql)).toContain(message));

  it('a statement without a place for its result', async () => {
    await expect(session.start('SELECT 1', { ResultConfiguration: {} })).rejects.toThrow(/No output location provided/);
    await expect(session.start('SELECT 1', { ResultConfiguration: { OutputLocation: 'file:///tmp' } })).rejects.toThrow(
      /not a valid S3 path/,
    );
  });

  it('what does not exist', async () => {
    const unknown = { QueryExecutionId: '00000000-0000-0000-0000-000000000000' };
    await expect(athena.send(new GetQueryExecutionCommand(unknown))).rejects.toThrow(/was not found/);
    await expect(session.start('SELECT 1', { WorkGroup: 'nobody' })).rejects.toThrow('WorkGroup is not found.');
    expect(
      await session.reason('SELECT 1', { ResultConfiguration: { OutputLocation: 's3://missing-bucket/x/' } }),
    ).toMatch(/NoSuchBucket/);
  });

  it('parameters that are not literals, or too few of them', async () => {
    const sql = 'SELECT location FROM sales WHERE location = ?';
    for (const parameter of ["'x' OR true", '(SELECT 1)', "'x'; DROP TABLE sales", 'location', "'x' UNION SELECT 1"]) {
      expect(await session.reason(sql, { ExecutionParameters: [parameter] })).toMatch(/is not a literal/);
    }
    await expect(session.start(sql, { ExecutionParameters: [''] })).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });
    // A comment ends with the value that it stands in.
    expect(await session.rows(`${sql} AND amount = 7`, { ExecutionParameters: ["'London' --"] })).toEqual([['London']]);
    expect(await session.reason(sql)).toContain('Incorrect number of parameters: expected 1 but found 0');
  });
});

describe('a query', () => {
  it('gives rows, types and the result file', async () => {
    const sql = 'SELECT location, sum(amount) AS total, count(*), max(sold) FROM sales GROUP BY location ORDER BY 1';
    const execution = await session.run(sql);
    expect(execution).toMatchObject({
      StatementType: 'DML',
      SubstatementType: 'SELECT',
      WorkGroup: 'primary',
      Status: { State: 'SUCCEEDED' },
      EngineVersion: { EffectiveEngineVersion: 'Athena engine version 3' },
    });
    const { ResultSet } = await athena.send(
      new GetQueryResultsCommand({ QueryExecutionId: execution.QueryExecutionId }),
    );
    expect(valuesOf(ResultSet?.Rows)).toEqual([
      ['location', 'total', '_col2', '_col3'],
      ['London', '17.5', '2', '2024-02-01'],
      ['Paris, 5e', undefined, '1', '2024-01-16'],
    ]);
    expect(
      ResultSet?.ResultSetMetadata?.ColumnInfo?.map(({ Name, Type, Precision }) => [Name, Type, Precision]),
    ).toEqual([
      ['location', 'varchar', 2147483647],
      ['total', 'double', 17],
      ['_col2', 'bigint', 19],
      ['_col3', 'date', 0],
    ]);
    expect(execution.ResultConfiguration?.OutputLocation).toBe(`${OUTPUT}${execution.QueryExecutionId}.csv`);
    const file = await s3.send(
      new GetObjectCommand({ Bucket: 'results', Key: `athena/${execution.QueryExecutionId}.csv` }),
    );
    expect(await file.Body?.transformToString()).toBe(
      '"location","total","_col2","_col3"\n"London","17.5","2","2024-02-01"\n"Paris, 5e",,"1","2024-01-16"\n',
    );
    await s3.send(
      new GetObjectCommand({ Bucket: 'results', Key: `athena/${execution.QueryExecutionId}.csv.metadata` }),
    );
  });

  it('measures what it scanned and how long it took', async () => {
    const execution = await session.run('SELECT * FROM sales');
    const { Statistics } = execution;
    expect(Statistics?.DataScannedInBytes).toBe(SALES_BYTES);
    expect(Statistics?.TotalExecutionTimeInMillis).toBeGreaterThanOrEqual(Statistics?.EngineExecutionTimeInMillis ?? 0);
    const { QueryRuntimeStatistics } = await athena.send(
      new GetQueryRuntimeStatisticsCommand({ QueryExecutionId: execution.QueryExecutionId }),
    );
    expect(QueryRuntimeStatistics?.Rows?.OutputRows).toBe(3);
  });

  it('of an empty table has the columns and no rows', async () => {
    expect(await session.rows('SELECT * FROM empty')).toEqual([]);
    expect(await session.rows('SELECT count(*), max(b) FROM empty')).toEqual([['0', undefined]]);
  });

  it('hides $path until it is asked for', async () => {
    expect(await session.rows('SELECT * FROM sales WHERE "$path" LIKE \'%/b.csv\'')).toEqual([
      ['London', '7.0', '2024-02-01'],
    ]);
    expect(await session.rows('SELECT s.*, "$path" FROM sales s WHERE amount = 7')).toEqual([
      ['London', '7.0', '2024-02-01', 's3://processed/sales/more/b.csv'],
    ]);
  });

  it('reads tables by any way of naming them', async () => {
    const sql =
      'WITH sales AS (SELECT amount FROM sales) SELECT count(a.amount) FROM sales a, "AwsDataCatalog"."retail".SALES b';
    expect(await session.rows(sql)).toEqual([['6']]);
    expect(await session.rows('SELECT count(*) FROM retail.sales', { QueryExecutionContext: {} })).toEqual([['3']]);
  });

  it('binds parameters', async () => {
    const sql = "SELECT location, '?' FROM sales WHERE location = ? AND amount > ? AND sold < ?";
    const rows = await session.rows(sql, { ExecutionParameters: ["'London'", '8', "DATE '2024-02-01'"] });
    expect(rows).toEqual([['London', '?']]);
  });

  it('reads partitions, with their values as columns', async () => {
    await addTable(
      'logs',
      ['message string'],
      { 'day=1/a.csv': 'h\none\n', 'day=2/b.csv': 'h\ntwo\n', 'day=3/c.csv': 'h\nnot in the catalog\n' },
      ['day int'],
    );
    for (const day of ['1', '2']) {
      const PartitionInput = { Values: [day], StorageDescriptor: { Location: `s3://processed/logs/day=${day}/` } };
      await glue.send(new CreatePartitionCommand({ DatabaseName: 'retail', TableName: 'logs', PartitionInput }));
    }
    expect(await session.rows('SELECT * FROM logs ORDER BY day')).toEqual([
      ['one', '1'],
      ['two', '2'],
    ]);
    expect(await session.rows('SELECT message FROM logs WHERE day = 2')).toEqual([['two']]);
  });

  it('pages through a large result, the header first', async () => {
    const id = await session.start("SELECT x, CAST(x AS varchar) || ',\"' AS y FROM UNNEST(sequence(1, 2500)) AS t(x)");
    await session.finish(id);
    const sizes: number[] = [];
    const rows: (string | undefined)[][] = [];
    let NextToken: string | undefined;
    do {
      const page = await athena.send(new GetQueryResultsCommand({ QueryExecutionId: id, NextToken }));
      sizes.push(page.ResultSet?.Rows?.length ?? 0);
      rows.push(...valuesOf(page.ResultSet?.Rows));
      NextToken = page.NextToken;
    } while (NextToken);
    expect(sizes).toEqual([1000, 1000, 501]);
    expect([rows[0], rows[1], rows.at(-1)]).toEqual([
      ['x', 'y'],
      ['1', '1,"'],
      ['2500', '2500,"'],
    ]);
    await expect(athena.send(new GetQueryResultsCommand({ QueryExecutionId: id, NextToken: 'bogus' }))).rejects.toThrow(
      /NextToken/,
    );
  });

  it('is the same when its request is repeated under its token', async () => {
    const token = { ClientRequestToken: 'a-token-of-at-least-32-characters' };
    const ids = await Promise.all([session.start('SELECT 1', token), session.start('SELECT 1', token)]);
    expect(ids[0]).toBe(ids[1]);
    await expect(session.start('SELECT 2', token)).rejects.toThrow('Idempotent parameters do not match');
  });

  it('can be stopped, and frees its place', async () => {
    const id = await session.start(ENDLESS);
    while (
      (await athena.send(new GetQueryExecutionCommand({ QueryExecutionId: id }))).QueryExecution?.Status?.State ===
      'QUEUED'
    );
    await expect(athena.send(new GetQueryResultsCommand({ QueryExecutionId: id }))).rejects.toThrow(
      /has not yet finished/,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    await athena.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
    expect((await session.finish(id)).Status).toMatchObject({
      State: 'CANCELLED',
      StateChangeReason: 'Query was cancelled by the user',
    });
    await expect(athena.send(new GetQueryResultsCommand({ QueryExecutionId: id }))).rejects.toThrow(
      /Final query state: CANCELLED/,
    );
  });
});

describe('statements about the catalog', () => {
  it('list databases, tables and columns', async () => {
    expect(await session.rows('SHOW DATABASES')).toEqual([['retail']]);
    expect(await session.rows("SHOW TABLES IN retail 'sal*'")).toEqual([['sales']]);
    expect((await session.rows('SHOW COLUMNS IN sales')).map(([name]) => name?.trim())).toEqual([
      'location',
      'amount',
      'sold',
    ]);
    expect(
      (await session.rows('DESCRIBE retail.sales')).map(([line]) => line?.split(/\s+/).slice(0, 2)),
    ).toContainEqual(['amount', 'double']);
    expect(await session.rows('SHOW PARTITIONS logs')).toEqual([['day=1'], ['day=2']]);
    expect((await session.rows('SHOW CREATE TABLE sales')).flat().join('\n')).toContain("'s3://processed/sales'");
    const utility = await session.run('SHOW TABLES');
    expect(utility).toMatchObject({ StatementType: 'UTILITY', SubstatementType: 'SHOW_TABLES' });
    expect(utility.ResultConfiguration?.OutputLocation).toMatch(/\.txt$/);
  });

  it('are answered by the API too', async () => {
    const CatalogName = 'AwsDataCatalog';
    const databases = await athena.send(new ListDatabasesCommand({ CatalogName }));
    expect(databases.DatabaseList?.map(({ Name }) => Name)).toEqual(['retail']);
    const tables = await athena.send(
      new ListTableMetadataCommand({ CatalogName, DatabaseName: 'retail', Expression: 's.*' }),
    );
    expect(tables.TableMetadataList?.map(({ Name }) => Name)).toEqual(['sales']);
    const table = await athena.send(
      new GetTableMetadataCommand({ CatalogName, DatabaseName: 'retail', TableName: 'sales' }),
    );
    expect(table.TableMetadata).toMatchObject({
      TableType: 'EXTERNAL_TABLE',
      Columns: [{ Name: 'location', Type: 'string' }, {}, {}],
    });
    const missing = new GetTableMetadataCommand({ CatalogName, DatabaseName: 'retail', TableName: 'nope' });
    await expect(athena.send(missing)).rejects.toMatchObject({ name: 'MetadataException' });
    await expect(athena.send(new GetDatabaseCommand({ CatalogName: 'hive', DatabaseName: 'retail' }))).rejects.toThrow(
      /was not found/,
    );
    expect((await athena.send(new ListDataCatalogsCommand({}))).DataCatalogsSummary?.[0]).toMatchObject({
      Type: 'GLUE',
    });
  });
});

describe('a work group', () => {
  it('decides where results go and how much may be scanned', async () => {
    const Name = 'team';
    const Configuration = {
      ResultConfiguration: { OutputLocation: 's3://results/team/' },
      BytesScannedCutoffPerQuery: 10_000_000,
    };
    await athena.send(new CreateWorkGroupCommand({ Name, Configuration, Tags: [{ Key: 'a', Value: 'b' }] }));
    await expect(athena.send(new CreateWorkGroupCommand({ Name }))).rejects.toThrow('WorkGroup is already created');
    const execution = await session.run('SELECT 1', { WorkGroup: Name });
    expect(execution.ResultConfiguration?.OutputLocation).toMatch(/^s3:\/\/results\/team\//);
    await addTable('big', ['text string'], { 'big.csv': `h\n${`${'x'.repeat(999)}\n`.repeat(10_001)}` });
    expect((await session.run('SELECT count(text) FROM big', { WorkGroup: Name })).Status).toMatchObject({
      State: 'CANCELLED',
      StateChangeReason: expect.stringContaining('Bytes scanned limit was exceeded'),
    });
    expect(await session.rows('SELECT count(text) FROM big')).toEqual([['10001']]);
  });

  it('is updated, listed and deleted', async () => {
    const WorkGroup = 'team';
    const tooLow = { BytesScannedCutoffPerQuery: 5 };
    await expect(
      athena.send(new UpdateWorkGroupCommand({ WorkGroup, ConfigurationUpdates: tooLow })),
    ).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });
    const ConfigurationUpdates = { EnforceWorkGroupConfiguration: false, RemoveBytesScannedCutoffPerQuery: true };
    await athena.send(new UpdateWorkGroupCommand({ WorkGroup, ConfigurationUpdates, Description: 'ours' }));
    const { WorkGroup: group } = await athena.send(new GetWorkGroupCommand({ WorkGroup }));
    expect(group).toMatchObject({ Description: 'ours', Configuration: { EnforceWorkGroupConfiguration: false } });
    expect(group?.Configuration?.BytesScannedCutoffPerQuery).toBeUndefined();
    expect((await session.run('SELECT 1', { WorkGroup })).ResultConfiguration?.OutputLocation).toContain(OUTPUT);
    await athena.send(new UpdateWorkGroupCommand({ WorkGroup, State: 'DISABLED' }));
    await expect(session.start('SELECT 1', { WorkGroup })).rejects.toThrow('WorkGroup team is disabled.');
    const { WorkGroups } = await athena.send(new ListWorkGroupsCommand({}));
    expect(WorkGroups?.map(({ Name }) => Name).sort()).toEqual(['primary', 'team']);
    await athena.send(new DeleteWorkGroupCommand({ WorkGroup }));
    await expect(athena.send(new GetWorkGroupCommand({ WorkGroup }))).rejects.toThrow('WorkGroup is not found.');
  });

  it('lists its executions, newest first, in pages', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 3; index++) ids.push((await session.run(`SELECT ${index}`)).QueryExecutionId as string);
    const first = await athena.send(new ListQueryExecutionsCommand({ MaxResults: 2 }));
    expect(first.QueryExecutionIds).toEqual([ids[2], ids[1]]);
    const second = await athena.send(new ListQueryExecutionsCommand({ MaxResults: 2, NextToken: first.NextToken }));
    expect(second.QueryExecutionIds?.[0]).toBe(ids[0]);
    const batch = await athena.send(new BatchGetQueryExecutionCommand({ QueryExecutionIds: [...ids, 'unknown'] }));
    expect(batch.QueryExecutions).toHaveLength(3);
    expect(batch.UnprocessedQueryExecutionIds).toMatchObject([{ QueryExecutionId: 'unknown' }]);
  });

  it('keeps named queries', async () => {
    const created = await athena.send(
      new CreateNamedQueryCommand({ Name: 'top', Database: 'retail', QueryString: 'SELECT 1' }),
    );
    const { NamedQueryId } = created;
    const { NamedQuery } = await athena.send(new GetNamedQueryCommand({ NamedQueryId }));
    expect(NamedQuery).toMatchObject({
      Name: 'top',
      Database: 'retail',
      QueryString: 'SELECT 1',
      WorkGroup: 'primary',
    });
    expect((await athena.send(new ListNamedQueriesCommand({}))).NamedQueryIds).toEqual([NamedQueryId]);
    await athena.send(new DeleteNamedQueryCommand({ NamedQueryId }));
    await expect(athena.send(new GetNamedQueryCommand({ NamedQueryId }))).rejects.toThrow(/does not exist/);
  });
});

describe('a person', () => {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${TEST_REGION}:${TEST_ACCOUNT}:${resource}`;
  const everything: [string, string[]][] = [
    ['athena:*', [arn('athena', 'workgroup/primary')]],
    ['glue:Get*', [arn('glue', 'catalog'), arn('glue', 'database/retail'), arn('glue', 'table/retail/*')]],
    ['s3:GetObject', ['arn:aws:s3:::processed/*', 'arn:aws:s3:::results/*']],
    ['s3:PutObject', ['arn:aws:s3:::results/*']],
    ['s3:ListBucket', ['arn:aws:s3:::processed']],
  ];

  async function clientOf(
    name: string,
    allowed: [string, string[]][],
    more: Record<string, unknown>[] = [],
  ): Promise<AthenaClient> {
    const iam = new IAMClient(lake.clientConfig);
    const trust = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${TEST_ACCOUNT}:root` }, Action: 'sts:AssumeRole' },
      ],
    };
    await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) }));
    const Statement = [...allowed.map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource })), ...more];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'allowed', PolicyDocument }));
    const RoleArn = `arn:aws:iam::${TEST_ACCOUNT}:role/${name}`;
    const { Credentials } = await new STSClient(lake.clientConfig).send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }),
    );
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId as string,
      secretAccessKey: Credentials?.SecretAccessKey as string,
      sessionToken: Credentials?.SessionToken as string,
    };
    return new AthenaClient({ ...lake.clientConfig, credentials });
  }

  it('with all permissions may query', async () => {
    const client = await clientOf('allowed', everything);
    const execution = await session.as(client).run('SELECT count(*) FROM sales');
    expect(execution.Status).toMatchObject({ State: 'SUCCEEDED' });
    await client.send(new GetQueryResultsCommand({ QueryExecutionId: execution.QueryExecutionId }));
  });

  it('without the work group may not even ask', async () => {
    const client = await clientOf('outsider', everything.slice(1));
    await expect(session.as(client).start('SELECT 1')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  const lacking: [string, number, string][] = [
    ['the catalog', 1, 'glue:GetTable'],
    ['the files', 2, 's3:GetObject'],
    ['the results bucket', 3, 's3:PutObject'],
    ['the list of the files', 4, 's3:ListBucket'],
  ];
  it.each(lacking)('without %s is told what is missing', async (_what, index, action) => {
    const client = await clientOf(`lacking-${index}`, everything.toSpliced(index, 1));
    const { Status } = await session.as(client).run('SELECT count(*) FROM sales');
    expect(Status).toMatchObject({ State: 'FAILED', StateChangeReason: expect.stringContaining(action) });
    expect(Status?.StateChangeReason).toContain(`lacking-${index}`);
  });

  it('may be denied a single file of a table', async () => {
    const denied = 'arn:aws:s3:::processed/sales/more/*';
    const client = await clientOf('partly', everything, [{ Effect: 'Deny', Action: 's3:GetObject', Resource: denied }]);
    const { Status } = await session.as(client).run('SELECT count(*) FROM sales');
    expect(Status?.StateChangeReason).toContain('with an explicit deny in an identity-based policy');
  });

  it('may be allowed the files through Athena alone', async () => {
    const Condition = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } };
    const files = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::processed/*', Condition };
    const results = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::results/*' };
    const client = await clientOf('through-athena', everything.toSpliced(2, 1), [files, results]);
    const { Status, QueryExecutionId } = await session.as(client).run('SELECT count(*) FROM sales');
    expect(Status).toMatchObject({ State: 'SUCCEEDED' });
    await client.send(new GetQueryResultsCommand({ QueryExecutionId }));
    const s3 = new S3Client({ ...lake.clientConfig, credentials: client.config.credentials });
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: 'processed', Prefix: 'sales/' }));
    const first = { Bucket: 'processed', Key: Contents?.[0]?.Key };
    await expect(s3.send(new GetObjectCommand(first))).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('prepares, runs and forgets statements as far as it may', async () => {
    const Resource = everything[0]?.[1];
    const may = (name: string, ...actions: string[]) =>
      clientOf(name, everything, [
        {
          Effect: 'Deny',
          Action: ['Create', 'Update', 'Get', 'Delete']
            .map((action) => `athena:${action}PreparedStatement`)
            .filter((action) => !actions.includes(action)),
          Resource,
        },
      ]);
    const reasonOf = async (client: AthenaClient, sql: string) =>
      (await session.as(client).run(sql)).Status?.StateChangeReason;
    const author = await may('author', 'athena:CreatePreparedStatement');
    expect(await reasonOf(author, 'PREPARE counted FROM SELECT count(*) FROM sales')).toBeUndefined();
    expect(await reasonOf(author, 'PREPARE counted FROM SELECT 1')).toContain('athena:UpdatePreparedStatement');
    expect(await reasonOf(author, 'EXECUTE counted')).toContain('athena:GetPreparedStatement');
    expect(await reasonOf(author, 'DEALLOCATE PREPARE counted')).toContain('athena:DeletePreparedStatement');
    const user = await may('user', 'athena:GetPreparedStatement');
    expect(await reasonOf(user, 'EXECUTE counted')).toBeUndefined();
    expect(await reasonOf(user, 'PREPARE other FROM SELECT 1')).toContain('athena:CreatePreparedStatement');
  });

  it("cannot read another's results without permission on them", async () => {
    const { QueryExecutionId } = await session.run('SELECT 42 AS secret');
    const client = await clientOf('reader', everything.toSpliced(2, 1));
    await expect(client.send(new GetQueryResultsCommand({ QueryExecutionId }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});
