import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  PutObjectTaggingCommand,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { etagOfParts, type KeyState, type KnownVersion, type Model, md5Of, sha256Of } from './model.ts';
import { framesSignedByHand, signByHand } from './signed-by-hand.ts';

/** Both tell EventBridge of their changes. */
export const VERSIONED = 'versioned';
export const UNVERSIONED = 'unversioned';

const PART_BYTES = 5 << 20;

/**
 * What clients do to S3, one request after the other, each entered into the model. Keys begin with `name`, so that
 * several workloads can run side by side. Ends with the first request that is not answered.
 */
export class Workload {
  readonly #s3: S3Client;
  readonly #model: Model;
  readonly #name: string;
  #bodies = 0;

  constructor(s3: S3Client, model: Model, name: string) {
    this.#s3 = s3;
    this.#model = model;
    this.#name = name;
  }

  async run(): Promise<void> {
    await this.#simpleObjects();
    await this.#conditions();
    await this.#deletions();
    await this.#uploads();
  }

  async #simpleObjects(): Promise<void> {
    await this.#put(VERSIONED, 'a', this.#body(300));
    await this.#put(VERSIONED, 'a', this.#body(1_200_000));
    await this.#put(UNVERSIONED, 'a', this.#body(1));
    await this.#putSigned(UNVERSIONED, 'a', [this.#body(70_000), this.#body(10)]);
    // The SDK sends a stream in chunks with a checksum behind them.
    const body = this.#body(100_000);
    await this.#put(VERSIONED, 'b', body, { Body: Readable.from([body]), ContentLength: body.length });
    await this.#put(UNVERSIONED, 'empty', Buffer.alloc(0));
  }

  async #conditions(): Promise<void> {
    const first = this.#body(400);
    await this.#put(VERSIONED, 'c', first, { IfNoneMatch: '*' });
    await this.#refused(VERSIONED, 'c', { IfNoneMatch: '*' });
    const body = this.#body(500);
    await this.#put(VERSIONED, 'c', body, { IfMatch: md5Of(first) });
    await this.#refused(VERSIONED, 'c', { IfMatch: md5Of(Buffer.from('another')) });
    await this.#tag(VERSIONED, 'c');
    await this.#copy(VERSIONED, 'c', UNVERSIONED, 'd', body);
    await this.#copy(VERSIONED, 'c', UNVERSIONED, 'd', body);
  }

  async #deletions(): Promise<void> {
    await this.#delete(VERSIONED, 'a');
    await this.#deleteVersion(VERSIONED, 'a', 2);
    await this.#deleteVersion(VERSIONED, 'a', 0);
    await this.#delete(UNVERSIONED, 'a');
    await this.#delete(VERSIONED, 'b');
  }

  async #uploads(): Promise<void> {
    const first = this.#body(PART_BYTES);
    const whole = await this.#create(VERSIONED, 'whole');
    await this.#part(VERSIONED, 'whole', whole, 1, first);
    await this.#part(VERSIONED, 'whole', whole, 2, this.#body(1000));
    await this.#part(VERSIONED, 'whole', whole, 2, this.#body(2000));
    await this.#complete(VERSIONED, 'whole', whole);
    await this.#put(UNVERSIONED, 'small', this.#body(10));
    const small = await this.#create(UNVERSIONED, 'small');
    await this.#part(UNVERSIONED, 'small', small, 1, this.#body(6000));
    await this.#complete(UNVERSIONED, 'small', small);
    const aborted = await this.#create(VERSIONED, 'aborted');
    await this.#part(VERSIONED, 'aborted', aborted, 1, this.#body(3000));
    await this.#abort(VERSIONED, 'aborted', aborted);
    const odd = await this.#create(VERSIONED, 'odd');
    await this.#part(VERSIONED, 'odd', odd, 1, this.#body(PART_BYTES));
    // A number is left out, so that the parts have to be put together anew.
    await this.#copyPart(VERSIONED, 'odd', odd, 3, 'whole', first);
    await this.#complete(VERSIONED, 'odd', odd);
    const open = await this.#create(VERSIONED, 'open');
    await this.#part(VERSIONED, 'open', open, 1, this.#body(PART_BYTES));
    await this.#part(VERSIONED, 'open', open, 2, this.#body(2000));
    await this.#part(VERSIONED, 'open', open, 2, this.#body(3000));
  }

  /** Bytes that no other body has. */
  #body(size: number): Buffer {
    const bytes = Buffer.alloc(size, `${this.#name} ${++this.#bodies} `);
    return bytes;
  }

  #key(key: string): string {
    return `${this.#name}/${key}`;
  }

  #place(bucket: string, key: string): string {
    return `${bucket}/${this.#key(key)}`;
  }

  async #write<A extends { VersionId?: string }>(
    bucket: string,
    key: string,
    version: KnownVersion,
    etag: string,
    send: () => Promise<A>,
    more: Partial<KeyState> = {},
  ): Promise<A> {
    const place = this.#place(bucket, key);
    const before = this.#model.get(place);
    const after = (made: KnownVersion): KeyState => ({
      ...before,
      versions: bucket === VERSIONED ? [made, ...before.versions] : [made],
      events: [...before.events, `created ${etag}`],
      ...more,
    });
    return this.#model.change(place, after(version), send, ({ VersionId }) => after({ ...version, id: VersionId }));
  }

  async #put(bucket: string, key: string, body: Buffer, more: Partial<PutObjectCommandInput> = {}): Promise<void> {
    const command = new PutObjectCommand({ Bucket: bucket, Key: this.#key(key), Body: body, ...more });
    await this.#write(bucket, key, { sha256: sha256Of(body) }, md5Of(body), () => this.#s3.send(command));
  }

  async #putSigned(bucket: string, key: string, chunks: Buffer[]): Promise<void> {
    const body = Buffer.concat(chunks);
    const endpoint = await this.#s3.config.endpoint?.();
    const url = `http://${endpoint?.hostname}:${endpoint?.port}/${bucket}/${this.#key(key)}`;
    const signer = { credentials: await this.#s3.config.credentials(), region: await this.#s3.config.region() };
    const payload = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
    const signed = signByHand(signer, 'PUT', url, payload, {
      'content-encoding': 'aws-chunked',
      'x-amz-decoded-content-length': String(body.length),
    });
    const { host: _, ...headers } = signed.headers;
    await this.#write(bucket, key, { sha256: sha256Of(body) }, md5Of(body), async () => {
      const frames = new Uint8Array(framesSignedByHand(signed, chunks));
      const answer = await fetch(url, { method: 'PUT', headers, body: frames });
      if (!answer.ok) throw new Error(`a signed body was refused: ${await answer.text()}`);
      return {};
    });
  }

  async #refused(bucket: string, key: string, conditions: Partial<PutObjectCommandInput>): Promise<void> {
    const command = new PutObjectCommand({ Bucket: bucket, Key: this.#key(key), Body: 'refused', ...conditions });
    const outcome = await this.#s3.send(command).catch((error: Error) => error);
    if (!(outcome instanceof Error)) throw new Error(`${JSON.stringify(conditions)} was no obstacle`);
    if (outcome.name !== 'PreconditionFailed') throw outcome;
  }

  async #tag(bucket: string, key: string): Promise<void> {
    const place = this.#place(bucket, key);
    const { versions, ...rest } = this.#model.get(place);
    const [latest, ...older] = versions;
    const after = { ...rest, versions: [{ ...latest, tags: '{"colour":"green"}' }, ...older] };
    const Tagging = { TagSet: [{ Key: 'colour', Value: 'green' }] };
    const command = new PutObjectTaggingCommand({ Bucket: bucket, Key: this.#key(key), Tagging });
    await this.#model.change(place, after, () => this.#s3.send(command));
  }

  async #copy(from: string, key: string, bucket: string, newKey: string, body: Buffer): Promise<void> {
    const CopySource = `${from}/${this.#key(key)}`;
    const command = new CopyObjectCommand({ Bucket: bucket, Key: this.#key(newKey), CopySource });
    const { tags } = this.#model.get(this.#place(from, key)).versions[0] ?? {};
    await this.#write(bucket, newKey, { sha256: sha256Of(body), tags }, md5Of(body), () => this.#s3.send(command));
  }

  async #delete(bucket: string, key: string): Promise<void> {
    const place = this.#place(bucket, key);
    const before = this.#model.get(place);
    const after = (id?: string): KeyState =>
      bucket === VERSIONED
        ? { ...before, versions: [{ id }, ...before.versions], events: [...before.events, 'marker'] }
        : { ...before, versions: [], events: [...before.events, 'gone'] };
    const command = new DeleteObjectCommand({ Bucket: bucket, Key: this.#key(key) });
    await this.#model.change(
      place,
      after(),
      () => this.#s3.send(command),
      ({ VersionId }) => after(VersionId),
    );
  }

  async #deleteVersion(bucket: string, key: string, index: number): Promise<void> {
    const place = this.#place(bucket, key);
    const before = this.#model.get(place);
    const VersionId = before.versions[index]?.id;
    const versions = before.versions.toSpliced(index, 1);
    const after = { ...before, versions, events: [...before.events, 'gone'] };
    const command = new DeleteObjectCommand({ Bucket: bucket, Key: this.#key(key), VersionId });
    await this.#model.change(place, after, () => this.#s3.send(command));
  }

  async #create(bucket: string, key: string): Promise<string> {
    const place = this.#place(bucket, key);
    const before = this.#model.get(place);
    const after = (id?: string): KeyState => ({ ...before, uploads: [{ id, parts: {} }] });
    const command = new CreateMultipartUploadCommand({ Bucket: bucket, Key: this.#key(key) });
    const { UploadId = '' } = await this.#model.change(
      place,
      after(),
      () => this.#s3.send(command),
      (answer) => after(answer.UploadId),
    );
    return UploadId;
  }

  async #part(bucket: string, key: string, UploadId: string, PartNumber: number, body: Buffer): Promise<void> {
    const command = new UploadPartCommand({ Bucket: bucket, Key: this.#key(key), UploadId, PartNumber, Body: body });
    await this.#keepPart(bucket, key, UploadId, PartNumber, body, () => this.#s3.send(command));
  }

  async #copyPart(bucket: string, key: string, UploadId: string, PartNumber: number, from: string, bytes: Buffer) {
    const [version] = this.#model.get(this.#place(bucket, from)).versions;
    const command = new UploadPartCopyCommand({
      Bucket: bucket,
      Key: this.#key(key),
      UploadId,
      PartNumber,
      CopySource: `${bucket}/${this.#key(from)}?versionId=${version?.id}`,
      CopySourceRange: 'bytes=10-1009',
    });
    await this.#keepPart(bucket, key, UploadId, PartNumber, bytes.subarray(10, 1010), () => this.#s3.send(command));
  }

  async #keepPart(
    bucket: string,
    key: string,
    id: string,
    partNumber: number,
    body: Buffer,
    send: () => Promise<unknown>,
  ): Promise<void> {
    const place = this.#place(bucket, key);
    const before = this.#model.get(place);
    const etag = md5Of(body);
    this.#model.partsByEtag.set(etag, body);
    const parts = { ...before.uploads[0]?.parts, [partNumber]: etag };
    await this.#model.change(place, { ...before, uploads: [{ id, parts }] }, send);
  }

  async #complete(bucket: string, key: string, UploadId: string): Promise<void> {
    const parts = this.#model.get(this.#place(bucket, key)).uploads[0]?.parts ?? {};
    const bodies = Object.values(parts).map((etag) => this.#model.partsByEtag.get(etag) ?? Buffer.alloc(0));
    const Parts = Object.entries(parts).map(([n, ETag]) => ({ PartNumber: Number(n), ETag }));
    const input = { Bucket: bucket, Key: this.#key(key), UploadId, MultipartUpload: { Parts } };
    const etag = etagOfParts(Object.values(parts));
    const version = { sha256: sha256Of(Buffer.concat(bodies)) };
    const send = () => this.#s3.send(new CompleteMultipartUploadCommand(input));
    await this.#write(bucket, key, version, etag, send, { uploads: [] });
  }

  async #abort(bucket: string, key: string, UploadId: string): Promise<void> {
    const place = this.#place(bucket, key);
    const command = new AbortMultipartUploadCommand({ Bucket: bucket, Key: this.#key(key), UploadId });
    await this.#model.change(place, { ...this.#model.get(place), uploads: [] }, () => this.#s3.send(command));
  }
}
