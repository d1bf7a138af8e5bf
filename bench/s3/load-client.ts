/** Sends what it is told to, in a process of its own, so that clients and servers do not share a thread. */
import { Connection, type Request } from './connection.ts';

export interface Load {
  port: number;
  requests: Request[];
  concurrency: number;
  /** Goes round the requests until this time is over; without it each is sent once. */
  milliseconds?: number;
}

export interface Loaded {
  requests: number;
  seconds: number;
  bytes: number;
  latenciesMs: number[];
  firstBytesMs: number[];
}

process.on('message', (load: Load) => {
  run(load).then(
    (loaded) => process.send?.({ loaded }),
    (error: Error) => process.send?.({ error: error.message }),
  );
});

async function run({ port, requests, concurrency, milliseconds }: Load): Promise<Loaded> {
  const loaded: Loaded = { requests: 0, seconds: 0, bytes: 0, latenciesMs: [], firstBytesMs: [] };
  const connections = Array.from({ length: concurrency }, () => new Connection(port));
  await Promise.all(connections.map((connection) => connection.open()));
  const startedAt = performance.now();
  const until = milliseconds === undefined ? Number.POSITIVE_INFINITY : startedAt + milliseconds;
  let next = 0;
  const work = async (connection: Connection) => {
    while (performance.now() < until) {
      const request = requests[milliseconds === undefined ? next : next % requests.length];
      next += 1;
      if (!request) break;
      const sentAt = performance.now();
      const { bytes, firstByteMs } = await connection.send(request);
      loaded.latenciesMs.push(performance.now() - sentAt);
      loaded.firstBytesMs.push(firstByteMs);
      loaded.bytes += bytes;
      loaded.requests += 1;
    }
    connection.close();
  };
  await Promise.all(connections.map(work));
  loaded.seconds = (performance.now() - startedAt) / 1000;
  return loaded;
}
