/**
 * From the first byte sent to rows that a query sees: the local lake beside the bare engine doing the same work
 * (copy the file durably, read it typed, write Parquet, aggregate, count) in one script, in turns.
 *
 *   node bench/upload-to-queryable.ts [10KB 10MB 1GB] [--rounds 5]
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { S3Client } from '@aws-sdk/client-s3';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { Upload } from '@aws-sdk/lib-storage';
import { LakeProcess } from '../infra/local/testing/lake-process.ts';
import { writeSalesCsv } from '../samples/large.ts';
import { bareEngine } from './bare-engine.ts';
import { median, residentBytes } from './measure.ts';

const sizes: Record<string, number> = { '10KB': 10_000, '10MB': 10_000_000, '1GB': 1_000_000_000 };
const args = process.argv.slice(2);
const roundsAt = args.indexOf('--rounds');
const rounds = roundsAt < 0 ? 5 : Number(args[roundsAt + 1]);
const wanted = args.filter((arg) => arg in sizes);

const folder = await mkdtemp(path.join(tmpdir(), 'lacustre-bench-'));
const lake = await LakeProcess.start();
try {
  console.log(
    `Node ${process.version}, ${cpus().length} cores; medians of ${rounds} rounds, each round the lake and then the bare engine`,
  );
  for (const name of wanted.length > 0 ? wanted : Object.keys(sizes)) await compare(name, sizes[name] ?? 0);
} finally {
  await lake.close();
  await rm(folder, { recursive: true, force: true });
}

async function compare(name: string, bytes: number): Promise<void> {
  const file = path.join(folder, `${name}.csv`);
  if (!existsSync(file)) await writeSalesCsv(file, bytes);
  await throughLake(file, `sales/warm-up.csv`);
  const times = { lake: [] as number[], bare: [] as number[] };
  const memory: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const watch = watchMemory();
    // The same key each time: the table holds one file's rows in every round, as the bare engine's does.
    times.lake.push(await throughLake(file, 'sales/warm-up.csv'));
    memory.push(watch());
    const work = path.join(folder, 'bare');
    await mkdir(work, { recursive: true });
    times.bare.push(await bareEngine(file, work));
    await rm(work, { recursive: true, force: true });
  }
  const [lakeMs, bareMs] = [median(times.lake), median(times.bare)];
  console.log(
    `${name.padStart(5)}  lake ${lakeMs.toFixed(0)} ms  bare ${bareMs.toFixed(0)} ms  ratio ${(lakeMs / bareMs).toFixed(2)}  ` +
      `overhead ${(lakeMs - bareMs).toFixed(0)} ms  server's memory at most ${(Math.max(...memory) / 1e6).toFixed(0)} MB  (lake ${times.lake.map(Math.round).join(' ')}; bare ${times.bare.map(Math.round).join(' ')})`,
  );
}

/** Milliseconds from the start of the upload to the end of the run that it caused, which ends when rows are visible. */
async function throughLake(file: string, Key: string): Promise<number> {
  // As the console's browsers send: the parts as they are, no checksum computed over them first.
  const s3 = new S3Client({ ...lake.clientConfig, requestChecksumCalculation: 'WHEN_REQUIRED' });
  const states = new SFNClient(lake.clientConfig);
  const stateMachineArn = `arn:aws:states:${lake.region}:${lake.account}:stateMachine:lacustre-ingest`;
  const newest = async () =>
    (await states.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1 }))).executions?.[0];
  const before = (await newest())?.executionArn;
  const handle = await open(file);
  const startedAt = performance.now();
  const Body = handle.createReadStream({ highWaterMark: 1 << 20 });
  await new Upload({
    client: s3,
    params: { Bucket: lake.bucket('raw'), Key, Body },
    partSize: 16 << 20,
    queueSize: 4,
  }).done();
  for (;;) {
    const run = await newest();
    if (run && run.executionArn !== before && run.status !== 'RUNNING') {
      const ms = performance.now() - startedAt;
      if (run.status !== 'SUCCEEDED') throw new Error(`the run ended as ${run.status}\n${lake.log}`);
      s3.destroy();
      states.destroy();
      return ms;
    }
    await sleep(2);
  }
}

/** Watches the lake's own process (not its engines); the returned function stops and answers the peak, in bytes. */
function watchMemory(): () => number {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, residentBytes(lake.pid ?? 0));
  }, 50);
  return () => {
    clearInterval(timer);
    return peak;
  };
}
