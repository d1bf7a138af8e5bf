import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { forgetPeak, peakBytes, quantile, residentBytes } from '../measure.ts';
import type { Request } from './connection.ts';
import { makeBucket } from './make-bucket.ts';
import type { Server } from './peers.ts';
import { presign, type Signer } from './presign.ts';
import type { Common } from './small-objects.ts';
import { printResults, type Results } from './table.ts';

const BIG_BYTES = 1 << 30;
const MB = 1e6;
const RANGES = 200;

/** 1 GiB in one PUT and one GET, what memory that takes, and how soon a range of it begins to come. */
export async function benchBig({ servers: fixed, load, rounds }: Common): Promise<void> {
  const alone = await startS3Alone();
  const servers = [...fixed, alone];
  const [puts, gets, memory]: [Results, Results, Results] = [new Map(), new Map(), new Map()];
  const first = new Map<string, number[]>();
  const add = (results: Map<string, number[]>, name: string, ...values: number[]) =>
    results.set(name, [...(results.get(name) ?? []), ...values]);
  try {
    for (const { name, pid } of servers) {
      console.log(`${name}: ${(residentBytes(pid) / MB).toFixed(0)} MB before the first big object`);
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const server of servers) {
        const { name, port, pid } = server;
        const signer: Signer = { host: `127.0.0.1:${port}`, region: server.region, ...server.credentials };
        const request = (method: string): Request => ({ method, target: presign(signer, method, '/bench/big') });
        forgetPeak(pid);
        const put = await load.run({ port, requests: [{ ...request('PUT'), bodyBytes: BIG_BYTES }], concurrency: 1 });
        const get = await load.run({ port, requests: [request('GET')], concurrency: 1 });
        add(memory, name, peakBytes(pid) / MB);
        add(puts, name, BIG_BYTES / MB / put.seconds);
        add(gets, name, BIG_BYTES / MB / get.seconds);
        const requests = Array.from({ length: RANGES }, (_, n) => ranged(request('GET'), n));
        add(first, name, ...(await load.run({ port, requests, concurrency: 1 })).firstBytesMs);
      }
    }
  } finally {
    await alone.close();
  }
  printResults('PUT 1 GiB in one request', 'MB/s', puts, 'more');
  printResults('GET 1 GiB', 'MB/s', gets, 'more');
  printResults('Most memory of the process during both', 'MB', memory, 'less');
  console.log('\nFirst byte of a range of 64 KB in 1 GiB');
  for (const [name, values] of first) {
    console.log(
      `  ${name.padEnd(22)} p50 ${quantile(values, 0.5).toFixed(2)} ms  p99 ${quantile(values, 0.99).toFixed(2)} ms`,
    );
  }
}

function ranged(request: Request, n: number): Request {
  const start = (n * 5_368_709) % (BIG_BYTES - 65_536);
  return { ...request, headers: { Range: `bytes=${start}-${start + 65_535}` } };
}

/** The lake with S3 and nothing else: what of its memory is S3's, and what the pipeline's workers'. */
async function startS3Alone(): Promise<Server> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lacustre-bench-alone-'));
  const script = path.join(import.meta.dirname, 's3-alone.ts');
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  const credentials = { accessKeyId: 'AKIATESTROOT', secretAccessKey: 'test-root-secret' };
  const server = { port: Number(new URL(url).port), region: 'eu-west-3', credentials };
  await makeBucket(server, 'bench');
  return {
    name: 'lake, S3 alone',
    ...server,
    pid: child.pid ?? 0,
    async close() {
      child.kill('SIGKILL');
      await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
