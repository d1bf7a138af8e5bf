/**
 * A page of the files page's list – folders and files one level below a prefix, 200 at a time – in a large bucket, beside
 * the same page in a small one: `node bench/list-files.ts [KEYS]`. Prints how many times longer the large one takes.
 */
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startTestLake } from '../infra/local/testing/test-lake.ts';

const keys = Number(process.argv[2] ?? 100_000);
const FOLDERS = 1_000;
const PUTS_AT_ONCE = 256;
const ROUNDS = 30;

const lake = await startTestLake({ services: ['s3'] });
const s3 = new S3Client(lake.clientConfig);
await fill('small', names('flat/', 400));
await fill('large', [
  ...names('flat/', keys),
  ...Array.from({ length: FOLDERS }, (_, index) => `folders/${String(index).padStart(5, '0')}/x`),
]);

const base = await median('small', { Prefix: 'flat/' });
console.log(`a page of 200 in a folder of 400 keys: ${base.toFixed(1)} ms`);
const half = await tokenAfter('large', 'flat/', Math.floor(keys / 400));
const cases = {
  [`the first page of ${keys} keys`]: { Prefix: 'flat/' },
  'a page in the middle': { Prefix: 'flat/', ContinuationToken: half },
  'names that begin like what is typed': {
    Prefix: `flat/${String(keys - 150)
      .padStart(9, '0')
      .slice(0, 7)}`,
  },
  [`a page of ${FOLDERS} folders`]: { Prefix: 'folders/' },
  'the top of the bucket': { Prefix: '' },
};
for (const [name, query] of Object.entries(cases)) {
  const ms = await median('large', query);
  console.log(`${name}: ${ms.toFixed(1)} ms, ${(ms / base).toFixed(2)} times`);
}
s3.destroy();
await lake.close();

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(9, '0')}`);
}

async function fill(Bucket: string, all: string[]): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket }));
  const waiting = all.values();
  const lane = async () => {
    for (const Key of waiting) await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  };
  await Promise.all(Array.from({ length: PUTS_AT_ONCE }, lane));
}

async function tokenAfter(Bucket: string, Prefix: string, pages: number): Promise<string | undefined> {
  let token: string | undefined;
  for (let page = 0; page < pages; page++) {
    const query = { Bucket, Prefix, Delimiter: '/', MaxKeys: 200, ContinuationToken: token };
    token = (await s3.send(new ListObjectsV2Command(query))).NextContinuationToken;
  }
  return token;
}

async function median(
  Bucket: string,
  query: { Prefix: string; ContinuationToken?: string | undefined },
): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/', MaxKeys: 200, ...query }));
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[ROUNDS / 2] ?? 0;
}
