/** Attempts to get out of a query, or to take the machine with it: an analyst makes them all, and the lake goes on. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AthenaClient, StopQueryExecutionCommand } from '@aws-sdk/client-athena';
import { CreatePartitionCommand, CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestLake, TEST_ACCOUNT, type TestLake } from '../../testing/test-lake.ts';
import { AthenaSession } from './testing/athena-session.ts';

interface Attempt {
  /** Text, and text with how often it is repeated. */
  sql: string | (string | [string, number])[];
  /** What its error holds. */
  says?: string;
  /** It does not do what it seems to. */
  succeeds?: boolean;
  /** It may be run, and finds this. */
  rows?: number;
  /** It runs until it is stopped. */
  isEndless?: boolean;
}

const attempts: Attempt[] = JSON.parse(
  readFileSync(join(import.meta.dirname, 'testing/sandbox-attempts.json'), 'utf8'),
);

let lake: TestLake;
let root: AthenaSession;
let analyst: AthenaSession;

beforeAll(async () => {
  lake = await startTestLake({ services: ['athena'], queryMemory: '1GB' });
  const s3 = new S3Client(lake.clientConfig);
  for (const Bucket of ['lake', 'lake-of-others', 'results']) await s3.send(new CreateBucketCommand({ Bucket }));
  for (const Key of ['mine/a.csv', 'secret/a.csv'])
    await s3.send(new PutObjectCommand({ Bucket: 'lake', Key, Body: 'x\n' }));
  root = new AthenaSession(lake.clientConfig, {
    QueryExecutionContext: { Database: 'shop' },
    ResultConfiguration: { OutputLocation: 's3://results/athena/' },
  });
  for (const sql of [
    'CREATE DATABASE shop',
    'CREATE DATABASE hidden',
    "CREATE EXTERNAL TABLE mine (a string) LOCATION 's3://lake/mine/'",
    "CREATE EXTERNAL TABLE secret (a string) LOCATION 's3://lake/secret/'",
    'CREATE VIEW looks_at_secret AS SELECT * FROM secret',
    'CREATE VIEW looks_twice AS SELECT * FROM looks_at_secret',
  ])
    await root.rows(sql);
  await addTables();
  analyst = root.as(await analystClient());
});

afterAll(async () => {
  await lake?.close();
});

/** Tables of a catalog that anyone may have written to. */
async function addTables(): Promise<void> {
  const glue = new GlueClient(lake.clientConfig);
  const storage = (Location: string) => ({
    Columns: [{ Name: 'a', Type: 'string' }],
    Location,
    SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe' },
  });
  const places = {
    over_secret: 's3://lake/secret/',
    over_dots: 's3://lake/mine/../secret/',
    over_bucket: 's3://lake-of-others/',
    over_prefix: 's3://lake/min',
    over_disk: 'file:///etc/',
    over_part: 's3://lake/mine/',
  };
  for (const [Name, place] of Object.entries(places)) {
    const PartitionKeys = Name === 'over_part' ? [{ Name: 'p', Type: 'string' }] : [];
    const TableInput = { Name, TableType: 'EXTERNAL_TABLE', PartitionKeys, StorageDescriptor: storage(place) };
    await glue.send(new CreateTableCommand({ DatabaseName: 'shop', TableInput }));
  }
  const PartitionInput = { Values: ['1'], StorageDescriptor: storage('s3://lake/secret/') };
  await glue.send(new CreatePartitionCommand({ DatabaseName: 'shop', TableName: 'over_part', PartitionInput }));
}

async function analystClient(): Promise<AthenaClient> {
  const iam = new IAMClient(lake.clientConfig);
  const Principal = { AWS: `arn:aws:iam::${TEST_ACCOUNT}:root` };
  const document = (Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
  const AssumeRolePolicyDocument = document([{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }]);
  await iam.send(new CreateRoleCommand({ RoleName: 'analyst', AssumeRolePolicyDocument }));
  const glue = (...of: string[]) => of.map((resource) => `arn:aws:glue:*:${TEST_ACCOUNT}:${resource}`);
  const PolicyDocument = document([
    { Effect: 'Allow', Action: 'athena:*', Resource: '*' },
    { Effect: 'Allow', Action: 'glue:*', Resource: glue('catalog', 'database/shop', 'table/shop/*') },
    {
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: ['arn:aws:s3:::lake/mi*', 'arn:aws:s3:::results/*'],
    },
    { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::lake' },
  ]);
  await iam.send(new PutRolePolicyCommand({ RoleName: 'analyst', PolicyName: 'allowed', PolicyDocument }));
  const RoleArn = `arn:aws:iam::${TEST_ACCOUNT}:role/analyst`;
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

function textOf(sql: Attempt['sql']): string {
  return [sql]
    .flat()
    .map((part) => (typeof part === 'string' ? part : part[0].repeat(part[1])))
    .join('');
}

async function outcomeOf(sql: string): Promise<string> {
  try {
    const { Status } = await analyst.run(sql);
    return Status?.State === 'SUCCEEDED' ? 'SUCCEEDED' : `${Status?.State}: ${Status?.StateChangeReason}`;
  } catch (error) {
    const { name, message } = error as Error;
    return `${name}: ${message}`;
  }
}

it('every attempt fails by itself, with the error of its kind, and tells nothing of this machine', {
  timeout: 180_000,
}, async () => {
  const wrong: string[] = [];
  for (const { sql, says = '', succeeds, rows, isEndless } of attempts) {
    if (isEndless) continue;
    const text = textOf(sql);
    const outcome = await outcomeOf(text);
    const isWanted =
      succeeds || rows !== undefined
        ? outcome === 'SUCCEEDED'
        : /^(FAILED|InvalidRequestException|RequestEntityTooLargeException): /.test(outcome) && outcome.includes(says);
    if (!isWanted || /GENERIC_INTERNAL_ERROR|lacustre-/.test(outcome))
      wrong.push(`${text.slice(0, 100)} → ${outcome.slice(0, 300)}`);
    if (rows !== undefined) expect(await analyst.rows(text)).toHaveLength(rows);
  }
  expect(wrong).toEqual([]);
  expect(await analyst.rows('SELECT a FROM mine')).toEqual([['x']]);
  expect(await root.rows('SELECT a FROM secret')).toEqual([['x']]);
});

it.each(attempts.filter(({ isEndless }) => isEndless).map(({ sql }) => textOf(sql)))(
  'can be stopped: %s',
  async (sql) => {
    const id = await analyst.start(sql);
    await expect.poll(() => analyst.stateOf(id), { timeout: 20_000 }).toBe('RUNNING');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await analyst.client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
    expect((await analyst.finish(id)).Status?.State).toBe('CANCELLED');
    expect(await analyst.rows('SELECT a FROM mine')).toEqual([['x']]);
  },
);
