import { readdir } from 'node:fs/promises';
import {
  CompleteMultipartUploadCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  GetObjectTaggingCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Outbox } from '../../../state/outbox.ts';
import { State } from '../../../state/state.ts';
import type { S3Event } from '../events.ts';
import type { S3Service } from '../index.ts';
import { type S3Bench, startS3Bench } from '../testing.ts';
import { isAsExpected, type KeyState, type KnownUpload, type Model, NOTHING, sha256Of } from './model.ts';
import { UNVERSIONED, VERSIONED } from './workload.ts';

/** What is wrong with what a fault left behind, in words; nothing, if all is well. */
export interface Ruins {
  /** Keys that are in no state that a client could have been told of. */
  lost: string[];
  /** Files that belong to nothing. */
  orphans: string[];
}

/** Starts the lake again on the same folder, holds it to the model, and goes on with what was interrupted. */
export async function survey(dataFolder: string, model: Model): Promise<Ruins> {
  const events = await eventsOf(dataFolder);
  const bench = await startS3Bench({ dataFolder });
  try {
    const found = await lookAround(bench.s3, events);
    const lost = compare(found, model);
    for (const [place, state] of found) model.settle(place, state);
    const orphans = await orphansOf(bench);
    return { lost: [...lost, ...(await goOn(bench.s3, model, found))], orphans };
  } finally {
    await bench.close();
  }
}

function compare(found: Map<string, KeyState>, model: Model): string[] {
  const lost: string[] = [];
  for (const place of new Set([...found.keys(), ...model.places])) {
    const state = found.get(place) ?? NOTHING;
    const possible = model.possible(place);
    if (possible.some((expected) => isAsExpected(state, expected))) continue;
    lost.push(`${place} is ${JSON.stringify(state)}, expected ${possible.map((s) => JSON.stringify(s)).join(' or ')}`);
  }
  return lost;
}

async function eventsOf(dataFolder: string): Promise<Map<string, string[]>> {
  const state = State.open(dataFolder);
  const heard = new Map<string, string[]>();
  for (const { event } of new Outbox<S3Event>(state).pending()) {
    const { bucket, object, 'deletion-type': deletion } = event.detail;
    const place = `${bucket.name}/${object.key}`;
    const words = { 'Delete Marker Created': 'marker', 'Permanently Deleted': 'gone' };
    heard.set(place, [...(heard.get(place) ?? []), deletion ? words[deletion] : `created ${object.etag}`]);
  }
  await state.close();
  return heard;
}

async function lookAround(s3: S3Client, events: Map<string, string[]>): Promise<Map<string, KeyState>> {
  const found = new Map<string, KeyState>();
  const at = (place: string): KeyState => {
    const state = found.get(place) ?? { versions: [], events: events.get(place) ?? [], uploads: [] };
    found.set(place, state);
    return state;
  };
  for (const place of events.keys()) at(place);
  for (const Bucket of [VERSIONED, UNVERSIONED]) {
    for (const [key, versions] of await versionsOf(s3, Bucket)) at(`${Bucket}/${key}`).versions = versions;
    for (const { key, ...upload } of await uploadsOf(s3, Bucket)) at(`${Bucket}/${key}`).uploads.push(upload);
  }
  return found;
}

/** Every version with the bytes that GET has for it; throws where the listings contradict each other or GET. */
async function versionsOf(s3: S3Client, Bucket: string): Promise<Map<string, KeyState['versions']>> {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const current = Contents.map(({ Key, Size, ETag }) => `${Key} ${Size} ${ETag}`);
  const latest = Versions.filter(({ IsLatest }) => IsLatest).map(({ Key, Size, ETag }) => `${Key} ${Size} ${ETag}`);
  if (String(current) !== String(latest)) throw new Error(`ListObjects: ${current}; ListObjectVersions: ${latest}`);
  const byKey = new Map<string, KeyState['versions']>();
  const newestFirst = new Map<string, (typeof Versions)[number][]>();
  // The SDK sorts markers out of the one order; the only marker of the workload is the newest of its key, if any is.
  for (const each of [...DeleteMarkers, ...Versions]) {
    const { Key = '' } = each;
    newestFirst.set(Key, [...(newestFirst.get(Key) ?? []), each]);
  }
  for (const [Key, versions] of newestFirst) {
    if (versions.map(({ IsLatest }) => IsLatest).indexOf(true) !== 0)
      throw new Error(`${Key}: the newest is not first`);
    byKey.set(Key, await Promise.all(versions.map((version) => known(s3, Bucket, version))));
  }
  return byKey;
}

async function known(s3: S3Client, Bucket: string, version: { Key?: string; VersionId?: string; Size?: number }) {
  const { Key, VersionId, Size } = version;
  const id = Bucket === VERSIONED ? VersionId : undefined;
  if (Size === undefined) return { id };
  const sha256 = await readBytes(s3, { Bucket, Key, VersionId }).then(sha256Of, (error) => `unreadable: ${error}`);
  const { TagSet = [] } = await s3.send(new GetObjectTaggingCommand({ Bucket, Key, VersionId }));
  const tags = Object.fromEntries(TagSet.map((tag) => [tag.Key, tag.Value]));
  return { id, sha256, ...(TagSet.length > 0 ? { tags: JSON.stringify(tags) } : {}) };
}

async function readBytes(s3: S3Client, input: GetObjectCommandInput): Promise<Uint8Array> {
  const { Body } = await s3.send(new GetObjectCommand(input));
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}

async function uploadsOf(s3: S3Client, Bucket: string): Promise<(KnownUpload & { key: string })[]> {
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
  return Promise.all(
    Uploads.map(async ({ Key = '', UploadId }) => {
      const { Parts = [] } = await s3.send(new ListPartsCommand({ Bucket, Key, UploadId }));
      const parts = Object.fromEntries(
        Parts.map(({ PartNumber, ETag = '' }) => [PartNumber, ETag.replaceAll('"', '')]),
      );
      return { key: Key, id: UploadId, parts };
    }),
  );
}

/** Files below S3's folder that no version and no part is made of, once the sweep is over. */
async function orphansOf({ lake, folder }: S3Bench): Promise<string[]> {
  const { store, uploads } = lake.service('s3') as S3Service;
  await store.blobs.swept();
  const blobs = (await readdir(`${folder}/blobs`, { recursive: true })).filter((name) => name.includes('/'));
  const orphans = blobs.filter((name) => !store.versions.ownsBlob(name.split('/')[1] ?? ''));
  const known = new Set<string>();
  for (const Bucket of [VERSIONED, UNVERSIONED]) {
    for (const { uploadId } of uploads.index.from(Bucket, { at: '' })) {
      known.add(uploadId).add(`${uploadId}/slots`);
      for (const { place } of uploads.index.parts(uploadId)) {
        if (place !== 'slot') known.add(`${uploadId}/${place.file}`);
      }
    }
  }
  const files = await readdir(`${folder}/uploads`, { recursive: true });
  return [...orphans, ...files.filter((name) => !known.has(name))];
}

/** Uploads that were interrupted can be completed, out of the parts that were acknowledged; and writing goes on. */
async function goOn(s3: S3Client, model: Model, found: Map<string, KeyState>): Promise<string[]> {
  const wrong: string[] = [];
  for (const [place, { uploads }] of found) {
    const [Bucket = '', ...rest] = place.split('/');
    const Key = rest.join('/');
    for (const { id: UploadId, parts } of uploads) {
      const etags = Object.entries(parts);
      if (etags.length === 0) continue;
      const MultipartUpload = { Parts: etags.map(([n, ETag]) => ({ PartNumber: Number(n), ETag })) };
      await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
      const bytes = await readBytes(s3, { Bucket, Key });
      const expected = etags.map(([, etag]) => model.partsByEtag.get(etag) ?? Buffer.alloc(0));
      if (!Buffer.concat(expected).equals(bytes))
        wrong.push(`${place} is not made of the parts that were acknowledged`);
    }
  }
  const again = { Bucket: VERSIONED, Key: 'after/the/fault' };
  await s3.send(new PutObjectCommand({ ...again, Body: 'well again' }));
  if (Buffer.from(await readBytes(s3, again)).toString() !== 'well again')
    wrong.push('the lake does not take writes any more');
  return wrong;
}
