/**
 * Writers who race for one key on a condition: exactly one wins, the others are told so, and what is read is the
 * winner's. `LACUSTRE_RACES=10000` for the long version.
 */
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type S3Bench, startS3Bench } from '../testing.ts';

const RACES = Number(process.env.LACUSTRE_RACES ?? 500);
const WRITERS = 4;
/** How many keys are raced for at a time. */
const ABREAST = 8;

let bench: S3Bench;
let Bucket: string;
/** A connection of its own for each writer. */
let clients: S3Client[];

beforeAll(async () => {
  bench = await startS3Bench();
  Bucket = await bench.bucket({ versioned: true });
  clients = Array.from({ length: WRITERS }, () => new S3Client({ ...bench.lake.clientConfig, maxAttempts: 1 }));
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await bench.close();
});

/** One writer's attempt: what it would write, and the sending of it. */
interface Attempt {
  text: string;
  send: () => Promise<unknown>;
}

type Race = (key: string) => Promise<Attempt[]>;

const text = (key: string, writer: number) => `${key} is ${writer}'s`;

async function put(Key: string, Body: string): Promise<string> {
  return (await bench.s3.send(new PutObjectCommand({ Bucket, Key, Body }))).ETag ?? '';
}

const RACE_KINDS: Record<string, Race> = {
  'a new object': async (Key) =>
    clients.map((s3, i) => {
      const Body = text(Key, i);
      return { text: Body, send: () => s3.send(new PutObjectCommand({ Bucket, Key, Body, IfNoneMatch: '*' })) };
    }),

  'completed uploads and puts': async (Key) =>
    Promise.all(
      clients.map(async (s3, i) => {
        const Body = text(Key, i);
        if (i % 2 === 0) {
          return { text: Body, send: () => s3.send(new PutObjectCommand({ Bucket, Key, Body, IfNoneMatch: '*' })) };
        }
        const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
        const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body }));
        const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
        const complete = { Bucket, Key, UploadId, MultipartUpload, IfNoneMatch: '*' };
        return { text: Body, send: () => s3.send(new CompleteMultipartUploadCommand(complete)) };
      }),
    ),

  'the next version': async (Key) => {
    const IfMatch = await put(Key, 'first');
    return clients.map((s3, i) => {
      const Body = text(Key, i);
      return { text: Body, send: () => s3.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch })) };
    });
  },

  'copies and puts over a version': async (Key) => {
    const IfMatch = await put(Key, 'first');
    return Promise.all(
      clients.map(async (s3, i) => {
        const Body = text(Key, i);
        if (i % 2 === 0) {
          return { text: Body, send: () => s3.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch })) };
        }
        const from = `${Key} from ${i}`;
        await put(from, Body);
        const copy = { Bucket, Key, CopySource: encodeURI(`${Bucket}/${from}`), IfMatch };
        return { text: Body, send: () => s3.send(new CopyObjectCommand(copy)) };
      }),
    );
  },

  'an object that was deleted': async (Key) => {
    await put(Key, 'first');
    await bench.s3.send(new DeleteObjectCommand({ Bucket, Key }));
    return clients.map((s3, i) => {
      const Body = text(Key, i);
      return { text: Body, send: () => s3.send(new PutObjectCommand({ Bucket, Key, Body, IfNoneMatch: '*' })) };
    });
  },
};

/** Runs one race. Resolves with what is wrong about its outcome, if anything is. */
async function run(race: Race, key: string): Promise<string | undefined> {
  const attempts = await race(key);
  const outcomes = await Promise.allSettled(attempts.map(({ send }) => send()));
  const winners = attempts.filter((_, i) => outcomes[i]?.status === 'fulfilled');
  const losers = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [statusOf(outcome.reason)] : []));
  if (winners.length !== 1) return `${key}: ${winners.length} winners, ${losers}`;
  if (!losers.every((status) => status === 412 || status === 409)) return `${key}: losers were told ${losers}`;
  const { Body } = await bench.s3.send(new GetObjectCommand({ Bucket, Key: key }));
  const found = await Body?.transformToString();
  return found === winners[0]?.text ? undefined : `${key}: "${winners[0]?.text}" won, "${found}" is read`;
}

const statusOf = (error: { $metadata?: { httpStatusCode?: number } }) => error.$metadata?.httpStatusCode;

const perKind = Math.ceil(RACES / Object.keys(RACE_KINDS).length);

for (const [kind, race] of Object.entries(RACE_KINDS)) {
  test(`exactly one of ${WRITERS} writers wins ${kind}, ${perKind} times`, {
    timeout: 30_000 + RACES * 100,
  }, async () => {
    const wrong: string[] = [];
    for (let i = 0; i < perKind; i += ABREAST) {
      const keys = Array.from({ length: Math.min(ABREAST, perKind - i) }, (_, n) => `${kind}/${i + n}`);
      wrong.push(...(await Promise.all(keys.map((key) => run(race, key)))).flatMap((problem) => problem ?? []));
    }
    expect(wrong).toEqual([]);
  });
}

test(`a writer who deletes between makes room for exactly one more, ${perKind} times`, {
  timeout: 30_000 + RACES * 100,
}, async () => {
  const [deleter = bench.s3, ...writers] = clients;
  for (let i = 0; i < perKind; i++) {
    const Key = `between/${i}`;
    await put(Key, 'first');
    const [deleted, ...outcomes] = await Promise.allSettled([
      deleter.send(new DeleteObjectCommand({ Bucket, Key })),
      ...writers.map((s3, n) => s3.send(new PutObjectCommand({ Bucket, Key, Body: text(Key, n), IfNoneMatch: '*' }))),
    ]);
    expect(deleted.status).toBe('fulfilled');
    const won = outcomes.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
    // None, where all of them came before the deletion; never two.
    expect(won.length).toBeLessThanOrEqual(1);
    const { Versions = [] } = await bench.s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }));
    const mine = Versions.filter((version) => version.Key === Key);
    expect(mine).toHaveLength(1 + won.length);
    if (won[0] === undefined) continue;
    const { Body } = await bench.s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(await Body?.transformToString()).toBe(text(Key, won[0]));
  }
});
