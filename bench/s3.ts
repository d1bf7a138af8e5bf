/**
 * The lake's S3 beside other S3 servers, in turns: each round every server once, ratios from the medians of the rounds.
 * All run on this machine's disk; only the lake and MinIO promise that what they acknowledged is on it.
 *
 *   node bench/s3.ts [put get head list big sdk] [--rounds 5] [--sizes 1KB,64KB,8MB] [--concurrency 1,16]
 *                    [--servers lake,s3rver,MinIO,versitygw,moto,ministack] [--keys 100000,1000000] [--ms 1000]
 */

import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { LakeProcess } from '../infra/local/testing/lake-process.ts';
import { benchBig } from './s3/big-objects.ts';
import { benchLists } from './s3/lists.ts';
import { LoadProcess } from './s3/load-process.ts';
import { makeBucket } from './s3/make-bucket.ts';
import { type Server, startPeers } from './s3/peers.ts';
import { benchSdk } from './s3/sdk.ts';
import { benchSmall } from './s3/small-objects.ts';

const PARTS = ['put', 'get', 'head', 'list', 'big', 'sdk'];
const SIZES: Record<string, number> = { '1KB': 1 << 10, '64KB': 64 << 10, '8MB': 8 << 20 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    sizes: { type: 'string', default: Object.keys(SIZES).join() },
    concurrency: { type: 'string', default: '1,16' },
    servers: { type: 'string', default: 'lake,s3rver,MinIO,versitygw,moto,ministack' },
    keys: { type: 'string', default: '100000,1000000' },
    ms: { type: 'string', default: '1000' },
  },
});
const unknown = positionals.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(' ')}; there are ${PARTS.join(' ')}`);
const isWanted = (part: string) => positionals.length === 0 || positionals.includes(part);
const rounds = Number(values.rounds);

const lake = await LakeProcess.start();
const wantedServers = values.servers.split(',');
const servers = [lakeServer(lake), ...(await startPeers((name) => wantedServers.includes(name)))];
const load = new LoadProcess();
try {
  for (const server of servers) await makeBucket(server, 'bench');
  console.log(
    `Node ${process.version}, ${cpus().length} cores; ${rounds} rounds, in each every server in turn; medians, with the least and the most of the rounds`,
  );
  const common = { servers, load, rounds };
  for (const operation of ['put', 'get', 'head'] as const) {
    if (!isWanted(operation)) continue;
    for (const size of values.sizes.split(',')) {
      if (operation === 'head' && size !== '64KB' && values.sizes.includes('64KB')) continue;
      for (const concurrency of values.concurrency.split(',').map(Number)) {
        const sizeBytes = SIZES[size] ?? Number(size);
        await benchSmall({ ...common, operation, size, sizeBytes, concurrency, milliseconds: Number(values.ms) });
      }
    }
  }
  if (isWanted('sdk')) await benchSdk({ ...common, milliseconds: Number(values.ms) });
  if (isWanted('big')) await benchBig(common);
  if (isWanted('list')) await benchLists({ ...common, lake, counts: values.keys.split(',').map(Number) });
} finally {
  load.close();
  for (const server of servers) await server.close();
}

function lakeServer(running: LakeProcess): Server {
  const { endpoint, region, credentials } = running.clientConfig;
  return {
    name: 'lake',
    port: Number(new URL(endpoint).port),
    pid: running.pid ?? 0,
    region,
    credentials,
    close: () => running.close(),
  };
}
