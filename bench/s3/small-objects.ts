import { processorMs, quantile } from '../measure.ts';
import type { Request } from './connection.ts';
import type { LoadProcess } from './load-process.ts';
import type { Server } from './peers.ts';
import { presign } from './presign.ts';
import { printResults, type Results } from './table.ts';

export interface Common {
  servers: Server[];
  load: LoadProcess;
  rounds: number;
}

interface SmallOptions extends Common {
  operation: 'put' | 'get' | 'head';
  size: string;
  sizeBytes: number;
  concurrency: number;
  milliseconds: number;
}

/** Objects that are read; more would only measure the disk's cache. */
const READ_KEYS = 64;
/** Objects that are written; those of a later round replace those of an earlier one. */
const WRITTEN_BYTES = 256 << 20;
const WRITTEN_KEYS = 2_000;

export async function benchSmall(options: SmallOptions): Promise<void> {
  const { operation, size, concurrency, rounds, servers } = options;
  const rates: Results = new Map(servers.map(({ name }) => [name, []]));
  const costs: Results = new Map(servers.map(({ name }) => [name, []]));
  const latencies: Results = new Map();
  const work = new Map<string, Request[]>();
  for (const server of servers) work.set(server.name, await requestsOf(server, options));
  // The first round warms up, for every server alike: it does not count.
  for (let round = -1; round < rounds; round += 1) {
    for (const { name, port, pid } of servers) {
      const requests = work.get(name) ?? [];
      const before = processorMs(pid);
      const loaded = await options.load.run({ port, requests, concurrency, milliseconds: options.milliseconds });
      if (round < 0) continue;
      rates.get(name)?.push(loaded.requests / loaded.seconds);
      costs.get(name)?.push((processorMs(pid) - before) / loaded.requests);
      latencies.set(name, [...(latencies.get(name) ?? []), ...loaded.latenciesMs]);
    }
  }
  const title = `${operation.toUpperCase()} ${size}, ${concurrency} at once`;
  printResults(title, '/s', rates, 'more');
  // The machine's other work slows every server down, but adds little to this.
  printResults(`${title}: processor time of a request`, 'ms', costs, 'less');
  for (const [name, values] of latencies) {
    console.log(
      `  ${name.padEnd(22)} p50 ${quantile(values, 0.5).toFixed(2)} ms  p99 ${quantile(values, 0.99).toFixed(2)} ms`,
    );
  }
}

async function requestsOf(server: Server, { operation, size, sizeBytes, load }: SmallOptions): Promise<Request[]> {
  const signer = { host: `127.0.0.1:${server.port}`, region: server.region, ...server.credentials };
  const make = (method: string, key: string, bodyBytes?: number): Request => ({
    method,
    target: presign(signer, method, `/bench/${key}`),
    bodyBytes,
  });
  if (operation === 'put') {
    const count = Math.min(WRITTEN_KEYS, Math.ceil(WRITTEN_BYTES / sizeBytes));
    return Array.from({ length: count }, (_, n) => make('PUT', `put/${size}/${n}`, sizeBytes));
  }
  const keys = Array.from(
    { length: Math.min(READ_KEYS, Math.ceil(WRITTEN_BYTES / sizeBytes)) },
    (_, n) => `get/${size}/${n}`,
  );
  await load.run({ port: server.port, requests: keys.map((key) => make('PUT', key, sizeBytes)), concurrency: 4 });
  const requests = keys.map((key) => make(operation.toUpperCase(), key));
  const { bytes } = await load.run({ port: server.port, requests, concurrency: 1 });
  if (operation === 'get' && bytes < sizeBytes * keys.length) throw new Error(`${server.name} sent ${bytes} bytes`);
  return requests;
}
