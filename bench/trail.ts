/**
 * What recording costs: the same requests to a lake whose trail keeps every one of them, and to a lake without CloudTrail,
 * in turns. GET of 64 KB, eight at once, and `SELECT 1` from start to SUCCEEDED.
 *
 *   node bench/trail.ts [--rounds 4] [--seconds 3] [--queries 150]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AthenaClient, GetQueryExecutionCommand, StartQueryExecutionCommand } from '@aws-sdk/client-athena';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startTrail } from '../infra/local/services/cloudtrail/testing.ts';
import { startKillableLake } from '../infra/local/testing/killable-lake.ts';
import { median, processorMs, quantile } from './measure.ts';
import { LoadProcess } from './s3/load-process.ts';
import { presign } from './s3/presign.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '3' },
    queries: { type: 'string', default: '150' },
  },
});

const load = new LoadProcess();
const lakes = [await start('without a trail', false), await start('with a trail', true)];
try {
  await benchGets();
  await benchQueries();
} finally {
  load.close();
  for (const { close } of lakes) await close();
}

async function start(name: string, isRecorded: boolean) {
  const dataFolder = await mkdtemp(join(tmpdir(), 'lacustre-bench-trail-'));
  const lake = await startKillableLake({
    services: isRecorded ? ['athena', 'cloudtrail'] : ['athena'],
    dataFolder,
  });
  const s3 = new S3Client(lake.clientConfig);
  if (isRecorded) await startTrail(lake);
  else await s3.send(new CreateBucketCommand({ Bucket: 'data' }));
  await s3.send(new PutObjectCommand({ Bucket: 'data', Key: 'k', Body: Buffer.alloc(64 * 1024, 7) }));
  s3.destroy();
  const close = async () => {
    await lake.kill();
    await rm(dataFolder, { recursive: true, force: true });
  };
  return { name, lake, close, rates: [] as number[], costs: [] as number[], times: [] as number[] };
}

async function benchGets(): Promise<void> {
  for (let round = -1; round < Number(values.rounds); round += 1) {
    for (const { lake, rates, costs } of lakes) {
      const { host, port } = new URL(lake.clientConfig.endpoint);
      const signer = { host, region: lake.clientConfig.region, ...lake.clientConfig.credentials };
      const request = { method: 'GET', target: presign(signer, 'GET', '/data/k') };
      const before = processorMs(lake.pid);
      const milliseconds = Number(values.seconds) * 1000;
      const loaded = await load.run({ port: Number(port), requests: [request], concurrency: 8, milliseconds });
      if (round < 0) continue;
      rates.push(loaded.requests / loaded.seconds);
      costs.push(((processorMs(lake.pid) - before) / loaded.requests) * 1000);
    }
  }
  print('GET 64 KB, requests a second', ({ rates }) => median(rates), 0);
  print('GET 64 KB, processor time of a request in µs', ({ costs }) => median(costs), 0);
}

async function benchQueries(): Promise<void> {
  for (const { lake, times } of lakes) {
    const athena = new AthenaClient(lake.clientConfig);
    for (let n = -20; n < Number(values.queries); n += 1) {
      const began = performance.now();
      await query(athena);
      if (n >= 0) times.push(performance.now() - began);
    }
    athena.destroy();
  }
  print('SELECT 1, p50 in ms', ({ times }) => quantile(times, 0.5), 1);
  print('SELECT 1, p90 in ms', ({ times }) => quantile(times, 0.9), 1);
}

async function query(athena: AthenaClient): Promise<void> {
  const ResultConfiguration = { OutputLocation: 's3://data/results/' };
  const started = await athena.send(new StartQueryExecutionCommand({ QueryString: 'SELECT 1', ResultConfiguration }));
  for (;;) {
    const { QueryExecution } = await athena.send(
      new GetQueryExecutionCommand({ QueryExecutionId: started.QueryExecutionId }),
    );
    const state = QueryExecution?.Status?.State;
    if (state === 'SUCCEEDED') return;
    if (state === 'FAILED') throw new Error(QueryExecution?.Status?.StateChangeReason);
  }
}

function print(title: string, of: (lake: (typeof lakes)[number]) => number, digits: number): void {
  const [without = Number.NaN, recorded = Number.NaN] = lakes.map(of);
  const figures = lakes.map((lake) => `${of(lake).toFixed(digits)} ${lake.name}`).join(', ');
  console.log(`${title}: ${figures} (ratio ${(recorded / without).toFixed(2)})`);
}
