/** The story from a terminal: the stock `aws` command line against the lake, told where it is by environment alone. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LakeProcess } from './testing/lake-process.ts';

const root = path.resolve(import.meta.dirname, '../..');
const samples = path.join(root, 'samples/data/retail');
const hasAws = spawnSync('aws', ['--version']).status === 0;
if (!hasAws) console.warn('the aws command line is not installed: its story against the lake is not tested.');

describe.skipIf(!hasAws)('aws', () => {
  let lake: LakeProcess;
  let environment: Record<string, string | undefined>;

  beforeAll(async () => {
    lake = await LakeProcess.start();
    const { accessKeyId, secretAccessKey } = lake.clientConfig.credentials;
    environment = {
      ...process.env,
      AWS_ENDPOINT_URL: lake.endpoint,
      AWS_DEFAULT_REGION: lake.region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_PAGER: '',
    };
  });

  afterAll(() => lake.close());

  /** Runs `aws`; Debian's old one does not read AWS_ENDPOINT_URL, so it is told twice. */
  function aws(...args: string[]): string {
    const all = [...args, '--endpoint-url', lake.endpoint];
    return execFileSync('aws', all, { env: environment as NodeJS.ProcessEnv, encoding: 'utf8' });
  }

  function json<T>(...args: string[]): T {
    return JSON.parse(aws(...args, '--output', 'json')) as T;
  }

  async function lastRun(): Promise<{ status: string; cause?: string; error?: string }> {
    const stateMachineArn = `arn:aws:states:${lake.region}:${lake.account}:stateMachine:lacustre-ingest`;
    for (;;) {
      const { executions } = json<{ executions: { executionArn: string; status: string }[] }>(
        'stepfunctions',
        'list-executions',
        '--state-machine-arn',
        stateMachineArn,
      );
      const [newest] = executions;
      if (newest && newest.status !== 'RUNNING')
        return json('stepfunctions', 'describe-execution', '--execution-arn', newest.executionArn);
      await sleep(200);
    }
  }

  it('drops a file, sees its run succeed, its table, and its numbers', { timeout: 120_000 }, async () => {
    aws('s3', 'cp', `${samples}/sales_data_london.csv`, `s3://${lake.bucket('raw')}/sales/sales_data_london.csv`);
    expect((await lastRun()).status).toBe('SUCCEEDED');

    const { Table } = json<{ Table: { StorageDescriptor: { Columns: { Name: string }[] } } }>(
      'glue',
      'get-table',
      '--database-name',
      'retail',
      '--name',
      'sales_by_location',
    );
    expect(Table.StorageDescriptor.Columns.map(({ Name }) => Name)).toEqual(['location', 'total_sales']);

    const sql = 'SELECT location, total_sales FROM sales_by_location ORDER BY 2 DESC';
    const { QueryExecutionId } = json<{ QueryExecutionId: string }>(
      'athena',
      'start-query-execution',
      '--query-string',
      sql,
      '--work-group',
      'lacustre',
      '--query-execution-context',
      'Database=retail',
    );
    await succeeded(QueryExecutionId);
    const { ResultSet } = json<{ ResultSet: { Rows: { Data: { VarCharValue: string }[] }[] } }>(
      'athena',
      'get-query-results',
      '--query-execution-id',
      QueryExecutionId,
    );
    const rows = ResultSet.Rows.slice(1).map(({ Data }) => [
      Data[0]?.VarCharValue,
      Number(Data[1]?.VarCharValue).toFixed(2),
    ]);
    expect(rows).toEqual(totalsOf(`${samples}/sales_data_london.csv`));
  });

  it('finds in the trail that Athena asked the catalog for whoever asked Athena', { timeout: 120_000 }, () => {
    const { Events } = json<{ Events: { CloudTrailEvent: string }[] }>(
      'cloudtrail',
      'lookup-events',
      '--lookup-attributes',
      'AttributeKey=EventName,AttributeValue=GetTable',
    );
    const records = Events.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent));
    expect(records).toContainEqual(
      expect.objectContaining({
        userIdentity: expect.objectContaining({ type: 'Root', invokedBy: 'athena.amazonaws.com' }),
        sourceIPAddress: 'athena.amazonaws.com',
        requestParameters: expect.objectContaining({ databaseName: 'retail', name: 'sales_by_location' }),
      }),
    );
    const [trail] = json<{ trailList: { S3BucketName: string }[] }>('cloudtrail', 'describe-trails').trailList;
    expect(trail?.S3BucketName).toBe(`lacustre-trail-${lake.account}-${lake.region}`);
  });

  it('sees a file of another schema rejected and in quarantine', { timeout: 120_000 }, async () => {
    const file = 'sales_data_london_different_schema.csv';
    aws('s3', 'cp', `${samples}/${file}`, `s3://${lake.bucket('raw')}/sales/${file}`);
    const run = await lastRun();
    expect(run).toMatchObject({ status: 'FAILED', error: 'Rejected' });
    expect(run.cause).toMatch(/Total_Sales|total_sales/);
    expect(aws('s3', 'ls', `s3://${lake.bucket('quarantine')}/sales/`)).toContain(file);
    expect(aws('s3', 'ls', `s3://${lake.bucket('raw')}/sales/`)).not.toContain(file);
  });

  async function succeeded(id: string): Promise<void> {
    for (;;) {
      const { QueryExecution } = json<{ QueryExecution: { Status: { State: string; StateChangeReason?: string } } }>(
        'athena',
        'get-query-execution',
        '--query-execution-id',
        id,
      );
      const { State, StateChangeReason } = QueryExecution.Status;
      if (State === 'SUCCEEDED') return;
      if (State === 'FAILED') throw new Error(StateChangeReason);
      await sleep(100);
    }
  }
});

/** Sum of Total_Sales by location in whole cents, the largest first; the file has no quoted fields. */
function totalsOf(file: string): [string, string][] {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const names = header.split(',');
  const cents = new Map<string, number>();
  for (const line of lines) {
    const fields = line.split(',');
    const location = fields[names.indexOf('location')] ?? '';
    const total = Math.round(Number(fields[names.indexOf('Total_Sales')]) * 100);
    cents.set(location, (cents.get(location) ?? 0) + total);
  }
  return [...cents].sort(([, a], [, b]) => b - a).map(([location, sum]) => [location, (sum / 100).toFixed(2)]);
}
