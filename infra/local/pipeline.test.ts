/** Any dataset through the whole machine: what coming, replacing, adding and deleting files do to the tables. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { GetTablesCommand, GlueClient } from '@aws-sdk/client-glue';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LakeProcess } from './testing/lake-process.ts';

const samples = path.resolve(import.meta.dirname, '../../samples/data');
const header = 'sale_id,sale_date,location,Total_Sales';

let lake: LakeProcess;
let s3: S3Client;
let states: SFNClient;
let athena: AthenaClient;
let glue: GlueClient;

beforeAll(async () => {
  lake = await LakeProcess.start();
  s3 = new S3Client(lake.clientConfig);
  states = new SFNClient(lake.clientConfig);
  athena = new AthenaClient(lake.clientConfig);
  glue = new GlueClient(lake.clientConfig);
});

afterAll(async () => {
  for (const client of [s3, states, athena, glue]) client.destroy();
  await lake.close();
});

describe('the rows of a dataset', () => {
  it('are those of its files: a second adds, a new version replaces, a deletion takes away', async () => {
    await drop('sales/london.csv', `${header}\n1,2024-01-01,Camden,10.50\n2,2024-01-02,Soho,5.00\n`);
    expect(await totals()).toEqual({ Camden: '10.50', Soho: '5.00' });

    await drop('sales/paris.csv', `${header}\n3,2024-01-03,Belleville,7.25\n4,2024-01-03,Soho,1.00\n`);
    expect(await totals()).toEqual({ Camden: '10.50', Soho: '6.00', Belleville: '7.25' });

    await drop('sales/london.csv', `${header}\n5,2024-02-01,Camden,1.00\n`);
    expect(await totals()).toEqual({ Camden: '1.00', Soho: '1.00', Belleville: '7.25' });

    await run(() => s3.send(new DeleteObjectCommand({ Bucket: lake.bucket('raw'), Key: 'sales/paris.csv' })));
    expect(await totals()).toEqual({ Camden: '1.00' });
    expect(await query('SELECT count(*) FROM sales')).toEqual([['1']]);
  });

  it('stay as they were when a row far behind the first ones breaks the contract', async () => {
    const good = Array.from({ length: 60_000 }, (_, row) => `${row},2024-03-01,Hackney,2.00`);
    const { status, error, cause } = await drop(
      'sales/big.csv',
      `${header}\n${good.join('\n')}\n60000,2024-03-01,Hackney,a lot\n`,
    );
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'Rejected' });
    const verdict = JSON.parse(cause ?? '');
    expect(verdict.problems[0]).toMatchObject({ row: 60_001, column: 'Total_Sales', value: 'a lot' });
    expect(await totals()).toEqual({ Camden: '1.00' });

    await expect(head('raw', 'sales/big.csv')).rejects.toMatchObject({ name: 'NotFound' });
    await expect(head('quarantine', 'sales/big.csv')).resolves.toMatchObject({ ContentLength: expect.any(Number) });
  });

  it('stay those of the good version when a bad one replaces it', async () => {
    await drop('sales/london.csv', 'something,else\n1,2\n');
    expect(await totals()).toEqual({ Camden: '1.00' });
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: lake.bucket('raw'), Key: 'sales/london.csv' }));
    expect(await Body?.transformToString()).toContain('5,2024-02-01,Camden,1.00');
  });
});

describe('other kinds of files', () => {
  it.each([
    ['retail/customers.ndjson', 'customers'],
    ['retail/products.json', 'products'],
    ['web/access.log', 'web'],
  ])('%s becomes a table', async (file, dataset) => {
    const bytes = readFileSync(path.join(samples, file));
    expect((await drop(`${dataset}/${path.basename(file)}`, bytes)).status).toBe('SUCCEEDED');
    const [[count] = []] = await query(`SELECT count(*) FROM ${dataset}`);
    expect(Number(count)).toBeGreaterThan(10);
  });

  it('a document is catalogued as a file, and no table is made of it', async () => {
    const bytes = readFileSync(path.join(samples, 'documents/supplier_terms.pdf'));
    expect((await drop('documents/supplier_terms.pdf', bytes)).status).toBe('SUCCEEDED');
    const { TableList = [] } = await glue.send(new GetTablesCommand({ DatabaseName: 'retail' }));
    expect(TableList.map(({ Name }) => Name)).not.toContain('documents');
    const listed = await s3.send(
      new ListObjectsV2Command({ Bucket: lake.bucket('processed'), Prefix: '_lake/files/' }),
    );
    expect(listed.Contents?.map(({ Key }) => Key)).toEqual(['_lake/files/documents/supplier_terms.pdf.json']);
  });

  it.each([
    ['empty.csv', ''],
    ['header-only.csv', `${header}\n`],
    ['binary.csv', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 1, 2, 3])],
    ['twice.csv', 'a,a\n1,2\n'],
  ])('%s is rejected in words', async (file, body) => {
    const { error, cause } = await drop(`sales/${file}`, body);
    expect(error).toBe('Rejected');
    expect(JSON.parse(cause ?? '').problems[0].message).toMatch(/\w+ .*\.$/);
  });
});

describe('a first file whose beginning does not tell all', () => {
  // Only the first 4 MiB are looked at before the job.
  const behind = Array.from(
    { length: 120_000 },
    (_, row) => `${row},2026-03-01,${row % 7},plain text that fills a line`,
  );

  it('is not held to the guess that was made of it: the draft is widened by the rest', async () => {
    const rows = [...behind, '120000,2026-03-01,12.50,x', '120001,2026-03-01 10:30:00,3,y', 'A-120002,2026-03-02,4,z'];
    const { status } = await drop('orders/first.csv', `id,day,price,note\n${rows.join('\n')}\n`);
    expect(status).toBe('SUCCEEDED');
    expect(await query('SELECT typeof(id), typeof(day), typeof(price) FROM orders LIMIT 1')).toEqual([
      [expect.stringMatching(/^varchar/), expect.stringMatching(/^timestamp/), 'decimal(18,2)'],
    ]);
    expect(await query("SELECT price, count(*) OVER () FROM orders WHERE id = '120000'")).toEqual([['12.50', '1']]);
  });

  it('is held to it once it stands: the next file is rejected', async () => {
    const { error } = await drop('orders/second.csv', 'id,day,price,note\nx,2026-03-01,many,z\n');
    expect(error).toBe('Rejected');
  });

  it('takes in a JSON key that comes late', async () => {
    const lines = Array.from({ length: 100_000 }, (_, id) => JSON.stringify({ id, note: 'text that fills a line' }));
    lines.push(JSON.stringify({ id: 100_000, note: 'x', colour: 'blue' }));
    expect((await drop('notes/first.ndjson', lines.join('\n'))).status).toBe('SUCCEEDED');
    expect(await query("SELECT colour, count(*) FROM notes WHERE colour = 'blue' GROUP BY 1")).toEqual([['blue', '1']]);
  });

  it('is rejected all the same for what no type could take', async () => {
    const body = `id,day,price,note\n${behind.join('\n')}\n1,2\n`;
    const { error, cause } = await drop('short/first.csv', body);
    expect(error).toBe('Rejected');
    expect(JSON.parse(cause ?? '').problems[0]).toMatchObject({ code: 'fields-too-few', row: 120_001 });
  });
});

function drop(Key: string, Body: string | Uint8Array) {
  return run(() => s3.send(new PutObjectCommand({ Bucket: lake.bucket('raw'), Key, Body })));
}

/** Does something to the raw zone and waits for the run that it causes. */
async function run(change: () => Promise<unknown>) {
  const stateMachineArn = `arn:aws:states:${lake.region}:${lake.account}:stateMachine:lacustre-ingest`;
  const newest = async () =>
    (await states.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1 }))).executions?.[0];
  const before = (await newest())?.executionArn;
  await change();
  for (;;) {
    const execution = await newest();
    if (execution && execution.executionArn !== before && execution.status !== 'RUNNING') {
      return states.send(new DescribeExecutionCommand({ executionArn: execution.executionArn }));
    }
    await sleep(20);
  }
}

async function totals(): Promise<Record<string, string>> {
  return Object.fromEntries(await query('SELECT location, total_sales FROM sales_by_location'));
}

async function query(sql: string): Promise<string[][]> {
  const { QueryExecutionId } = await athena.send(
    new StartQueryExecutionCommand({
      QueryString: sql,
      WorkGroup: 'lacustre',
      QueryExecutionContext: { Database: 'retail' },
    }),
  );
  for (;;) {
    const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    const { State, StateChangeReason } = QueryExecution?.Status ?? {};
    if (State === 'SUCCEEDED') break;
    if (State === 'FAILED' || State === 'CANCELLED') throw new Error(StateChangeReason);
    await sleep(10);
  }
  const { ResultSet } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId }));
  return (ResultSet?.Rows ?? []).slice(1).map(({ Data = [] }) => Data.map(({ VarCharValue = '' }) => VarCharValue));
}

function head(zone: 'raw' | 'quarantine', Key: string) {
  return s3.send(new HeadObjectCommand({ Bucket: lake.bucket(zone), Key }));
}
