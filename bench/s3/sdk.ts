import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Server } from './peers.ts';
import type { Common } from './small-objects.ts';
import { printResults, type Results } from './table.ts';

const BYTES = 64 << 10;
const AT_ONCE = 8;

/** The same through AWS's own client, which takes longer for a request than the faster servers. */
export async function benchSdk({ servers, rounds, milliseconds }: Common & { milliseconds: number }): Promise<void> {
  for (const operation of ['put', 'get'] as const) {
    const rates: Results = new Map(servers.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const server of servers) rates.get(server.name)?.push(await run(server, operation, milliseconds));
    }
    printResults(`${operation.toUpperCase()} 64KB through the AWS SDK, ${AT_ONCE} at once`, '/s', rates, 'more');
  }
}

async function run({ port, region, credentials }: Server, operation: 'put' | 'get', milliseconds: number) {
  const s3 = new S3Client({
    endpoint: `http://127.0.0.1:${port}`,
    region,
    credentials,
    forcePathStyle: true,
    // s3rver keeps the framing of streamed checksums as if it were content.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    // Who keeps a checksum as S3 does would have it verified by the client, which takes it a millisecond in JavaScript.
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const Body = Buffer.alloc(BYTES, 'lacustre ');
  const startedAt = performance.now();
  let requests = 0;
  const work = async (worker: number) => {
    for (let n = 0; performance.now() < startedAt + milliseconds; n += 1) {
      const object = { Bucket: 'bench', Key: `sdk/${worker}-${operation === 'put' ? n % 100 : 0}` };
      if (operation === 'put') await s3.send(new PutObjectCommand({ ...object, Body }));
      else await (await s3.send(new GetObjectCommand(object))).Body?.transformToByteArray();
      requests += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, worker) => work(worker)));
  s3.destroy();
  return (requests / (performance.now() - startedAt)) * 1000;
}
