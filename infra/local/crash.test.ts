/**
 * `kill -9` in the middle of uploads and runs: what was acknowledged is there afterwards, every run comes to its end,
 * and the tables hold exactly the rows of the files. `LACUSTRE_KILLS=50` for the long version.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LakeProcess } from './testing/lake-process.ts';

const kills = Number(process.env.LACUSTRE_KILLS ?? 2);

let lake: LakeProcess;
/** Versions that S3 said yes to. */
const acknowledged: { key: string; versionId: string; sha256: string }[] = [];
let files = 0;

beforeAll(async () => {
  lake = await LakeProcess.start();
});

afterAll(async () => {
  await lake.close();
});

it(`loses nothing in ${kills} kills`, { timeout: 60_000 + kills * 10_000 }, async () => {
  const readyMs: number[] = [];
  for (let round = 0; round < kills; round += 1) {
    const before = acknowledged.length;
    const uploading = Promise.all([upload(), upload(), upload()]);
    // Some die before they have said yes to anything; the others have something to lose, however slow the machine is.
    while (round % 3 > 0 && acknowledged.length < before + 2) await sleep(5);
    await sleep(30 + Math.random() * 700);
    await lake.kill();
    await uploading;
    readyMs.push(await lake.start());
  }
  await everyRunEnded();

  const s3 = new S3Client(lake.clientConfig);
  for (const { key, versionId, sha256 } of acknowledged) {
    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket: lake.bucket('raw'), Key: key, VersionId: versionId }),
    );
    expect(sha256Of((await Body?.transformToByteArray()) ?? new Uint8Array()), `${key} ${versionId}`).toBe(sha256);
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(kills);
  expect(await rowsInTable()).toBe(await rowsInFiles(s3));
  s3.destroy();

  readyMs.sort((a, b) => a - b);
  const median = Math.round(readyMs[Math.floor(readyMs.length / 2)] ?? 0);
  const slowest = Math.round(readyMs.at(-1) ?? 0);
  console.log(
    `${kills} kills, ${acknowledged.length} acknowledged uploads; ready again after ${median} ms (median), ${slowest} ms at most`,
  );
});

/** Uploads until the lake is gone; some by one request, some in parts, some over a file that was there. */
async function upload(): Promise<void> {
  const s3 = new S3Client({ ...lake.clientConfig, maxAttempts: 1 });
  for (;;) {
    const again = files > 3 && Math.random() < 0.2;
    const key = `sales/part-${again ? Math.ceil(Math.random() * 3) : ++files}.csv`;
    const body = csv(1 + Math.floor(Math.random() * 50));
    try {
      const { VersionId = '' } = Math.random() < 0.3 ? await inParts(s3, key, body) : await inOne(s3, key, body);
      acknowledged.push({ key, versionId: VersionId, sha256: sha256Of(body) });
      // Each becomes a run, and all of them are waited for at the end.
      await sleep(50);
    } catch {
      // Killed: this one was not acknowledged.
      s3.destroy();
      return;
    }
  }
}

function inOne(s3: S3Client, Key: string, Body: Uint8Array) {
  return s3.send(new PutObjectCommand({ Bucket: lake.bucket('raw'), Key, Body }));
}

async function inParts(s3: S3Client, Key: string, body: Uint8Array) {
  const Bucket = lake.bucket('raw');
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: body }));
  return s3.send(
    new CompleteMultipartUploadCommand({
      Bucket,
      Key,
      UploadId,
      MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] },
    }),
  );
}

function csv(rows: number): Uint8Array {
  const lines = Array.from(
    { length: rows },
    (_, row) => `${row + 1},2024-05-${String(1 + (row % 28)).padStart(2, '0')},Camden,${row}.25`,
  );
  return new TextEncoder().encode(`sale_id,sale_date,location,Total_Sales\n${lines.join('\n')}\n`);
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function everyRunEnded(): Promise<void> {
  const states = new SFNClient(lake.clientConfig);
  const stateMachineArn = `arn:aws:states:${lake.region}:${lake.account}:stateMachine:lacustre-ingest`;
  const list = (statusFilter: 'RUNNING' | 'FAILED' | 'SUCCEEDED') =>
    states.send(new ListExecutionsCommand({ stateMachineArn, statusFilter }));
  const deadline = Date.now() + 60_000 + kills * 4_000;
  // Two looks in a row: an event may still be on its way to its run.
  for (let quiet = 0; quiet < 2; ) {
    if (Date.now() > deadline) throw new Error(`runs are still going:\n${lake.log}`);
    quiet = (await list('RUNNING')).executions?.length ? 0 : quiet + 1;
    await sleep(500);
  }
  expect((await list('FAILED')).executions).toEqual([]);
  expect((await list('SUCCEEDED')).executions?.length).toBeGreaterThan(0);
  states.destroy();
}

async function rowsInFiles(s3: S3Client): Promise<number> {
  let rows = 0;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: lake.bucket('raw'), Prefix: 'sales/' }));
  for (const { Key } of Contents) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: lake.bucket('raw'), Key }));
    rows += ((await Body?.transformToString()) ?? '').trimEnd().split('\n').length - 1;
  }
  return rows;
}

async function rowsInTable(): Promise<number> {
  const athena = new AthenaClient(lake.clientConfig);
  const { QueryExecutionId } = await athena.send(
    new StartQueryExecutionCommand({ QueryString: 'SELECT count(*) FROM retail.sales', WorkGroup: 'lacustre' }),
  );
  for (;;) {
    const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    const { State, StateChangeReason } = QueryExecution?.Status ?? {};
    if (State === 'SUCCEEDED') break;
    if (State === 'FAILED' || State === 'CANCELLED') throw new Error(StateChangeReason);
    await sleep(20);
  }
  const { ResultSet } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId }));
  athena.destroy();
  return Number(ResultSet?.Rows?.[1]?.Data?.[0]?.VarCharValue);
}
