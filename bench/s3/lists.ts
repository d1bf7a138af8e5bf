import type { LakeProcess } from '../../infra/local/testing/lake-process.ts';
import { median } from '../measure.ts';
import type { Request } from './connection.ts';
import { fillIndex, keyOf } from './lake-keys.ts';
import type { LoadProcess } from './load-process.ts';
import { makeBucket } from './make-bucket.ts';
import type { Server } from './peers.ts';
import { presign } from './presign.ts';
import type { Common } from './small-objects.ts';
import { printResults, type Results } from './table.ts';

interface ListOptions extends Common {
  lake: LakeProcess;
  /** How many keys there are; peers are filled up to `PEER_KEYS_MAX`, since they take one PUT for each. */
  counts: number[];
}

const PEER_KEYS_MAX = 100_000;
const FILL_SECONDS_MAX = 90;
/** For how long the same page is asked for, again and again; a server that takes longer for it is asked once. */
const PAGE_MS = 700;

/** Pages of 1,000 entries, in the ways that clients ask for them. */
export async function benchLists({ servers, load, rounds, lake, counts }: ListOptions): Promise<void> {
  for (const count of counts) {
    const bucket = `keys-${count}`;
    const filled: Server[] = [];
    for (const server of servers) {
      if (server.name === 'lake') await fillLake(lake, server, bucket, count);
      else if (count > PEER_KEYS_MAX || !(await fillPeer(load, server, bucket, count))) continue;
      filled.push(server);
    }
    for (const [title, query] of Object.entries(pages(count))) {
      const times: Results = new Map();
      const failed = new Set<string>();
      // The first round warms up, and does not count.
      for (let round = -1; round < rounds; round += 1) {
        for (const server of filled.filter(({ name }) => !failed.has(name))) {
          const asked = { port: server.port, requests: [request(server, 'GET', `/${bucket}`, query)], concurrency: 1 };
          const loaded = await load.run({ ...asked, milliseconds: PAGE_MS }).catch((error: Error) => error);
          if (loaded instanceof Error) {
            console.log(`${server.name}: ${title}: ${loaded.message}`);
            failed.add(server.name);
          } else if (round >= 0)
            times.set(server.name, [...(times.get(server.name) ?? []), median(loaded.latenciesMs)]);
        }
      }
      printResults(`List of 1,000 at ${count.toLocaleString('en')} keys: ${title}`, 'ms', times, 'less');
    }
  }
}

function pages(count: number): Record<string, Record<string, string>> {
  const v2 = { 'list-type': '2' };
  const after = (n: number) => ({ ...v2, 'start-after': keyOf(n) });
  return {
    'first page': v2,
    'from the middle': after(Math.floor(count / 2)),
    'last page': after(count - 1001),
    'folders, by a delimiter': { ...v2, prefix: 'folder/', delimiter: '/' },
    'one folder of 100': { ...v2, prefix: keyOf(Math.floor(count / 2)).slice(0, 14), delimiter: '/' },
    'versions, from the middle': { versions: '', 'key-marker': keyOf(Math.floor(count / 2)) },
  };
}

function request(server: Server, method: string, path: string, query?: Record<string, string>): Request {
  const signer = { host: `127.0.0.1:${server.port}`, region: server.region, ...server.credentials };
  return { method, target: presign(signer, method, path, query), bodyBytes: 0 };
}

async function fillLake(lake: LakeProcess, server: Server, bucket: string, count: number): Promise<void> {
  await makeBucket(server, bucket);
  await lake.kill();
  await fillIndex(`${lake.dataFolder}/lake`, bucket, count);
  await lake.start();
}

/** One PUT for each key, empty, within a bound of time; says so where that was not enough. */
async function fillPeer(load: LoadProcess, server: Server, bucket: string, count: number): Promise<boolean> {
  const { port, name } = server;
  await makeBucket(server, bucket);
  const until = performance.now() + FILL_SECONDS_MAX * 1000;
  for (let first = 0; first < count; first += 5_000) {
    if (performance.now() > until) {
      console.log(`${name}: not listed at ${count} keys, since it had taken ${first} within ${FILL_SECONDS_MAX} s`);
      return false;
    }
    const keys = Array.from({ length: Math.min(5_000, count - first) }, (_, n) => keyOf(first + n));
    await load.run({ port, requests: keys.map((key) => request(server, 'PUT', `/${bucket}/${key}`)), concurrency: 16 });
  }
  return true;
}
