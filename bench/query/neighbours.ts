import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { LakeProcess } from '../../infra/local/testing/lake-process.ts';
import { quantile } from '../measure.ts';
import type { Request } from '../s3/connection.ts';
import { LoadProcess } from '../s3/load-process.ts';
import { presign } from '../s3/presign.ts';
import type { LakeQueries } from './lake-queries.ts';

const AT_ONCE = 8;
const MS = 6_000;

/** S3 and Step Functions beside eight queries that never end, and the same without them. */
export async function benchNeighbours(lake: LakeQueries, running: LakeProcess, sql: string): Promise<void> {
  const load = new LoadProcess();
  const states = new SFNClient(running.clientConfig);
  const requests = requestsOf(running);
  await load.run({ port: portOf(running), requests: requests.PUT ?? [], concurrency: 1 });
  console.log(`\nOther requests beside ${AT_ONCE} queries: p50 and p99 idle → busy, the ratio of the p99`);
  const idle = await measure(running, load, states, requests);
  let isOver = false;
  const lane = async (n: number) => {
    while (!isOver) await lake.run(`${sql} -- ${n}`, 50);
  };
  const lanes = Array.from({ length: AT_ONCE }, (_, n) => lane(n));
  const busy = await measure(running, load, states, requests);
  isOver = true;
  await Promise.all(lanes);
  for (const [name, times] of Object.entries(idle)) {
    const [before, after] = [times, busy[name] ?? []];
    const show = (values: number[], share: number) => quantile(values, share).toFixed(2);
    console.log(
      `  ${name.padEnd(16)} p50 ${show(before, 0.5)} → ${show(after, 0.5)} ms  p99 ${show(before, 0.99)} → ${show(after, 0.99)} ms  ${(quantile(after, 0.99) / quantile(before, 0.99)).toFixed(2)}×  (${before.length} and ${after.length} requests)`,
    );
  }
  load.close();
  states.destroy();
}

type Times = Record<string, number[]>;

async function measure(
  running: LakeProcess,
  load: LoadProcess,
  states: SFNClient,
  requests: Record<string, Request[]>,
): Promise<Times> {
  const times: Times = {};
  for (const [method, all] of Object.entries(requests)) {
    const loaded = await load.run({ port: portOf(running), requests: all, concurrency: 1, milliseconds: MS });
    times[`S3 ${method} 64KB`] = loaded.latenciesMs;
  }
  times['Step Functions'] = await listExecutions(running, states);
  return times;
}

async function listExecutions(running: LakeProcess, states: SFNClient): Promise<number[]> {
  const stateMachineArn = `arn:aws:states:${running.region}:${running.account}:stateMachine:lacustre-ingest`;
  const times: number[] = [];
  for (const until = performance.now() + MS; performance.now() < until; ) {
    const startedAt = performance.now();
    await states.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 10 }));
    times.push(performance.now() - startedAt);
  }
  return times;
}

function requestsOf(running: LakeProcess): Record<string, Request[]> {
  const { endpoint, region, credentials } = running.clientConfig;
  const signer = { host: new URL(endpoint).host, region, ...credentials };
  const keys = Array.from({ length: 32 }, (_, n) => `/${running.bucket('results')}/neighbours/${n}`);
  return {
    PUT: keys.map((key) => ({ method: 'PUT', target: presign(signer, 'PUT', key), bodyBytes: 64 << 10 })),
    GET: keys.map((key) => ({ method: 'GET', target: presign(signer, 'GET', key) })),
  };
}

function portOf(running: LakeProcess): number {
  return Number(new URL(running.clientConfig.endpoint).port);
}
